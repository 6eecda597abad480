"""What is not held as announced, at the head of every page: the same words as on paper."""

from __future__ import annotations

from flask import Flask
from flask_babel import get_locale

from timing.core.setup.called_off import CalledOff
from timing.core.setup.event import Event
from timing.printing.phrases import Phrases, phrases_of
from timing.printing.sheets.notices import Notice, notices_of, word_of
from timing.services.live import as_ruled
from timing.web.pages import the_house


def called_off(event: Event, contest: str = "") -> list[Notice]:
    """Tell what is called off: of a contest, or of the event. event: as it was ruled."""
    return notices_of(_say(), event, contest)


def called_off_now(slug: str) -> list[Notice]:
    """The same of an event as it stands at this moment, for who has only its setup."""
    event = the_house().live.ask(slug, as_ruled)
    return [] if event is None else called_off(event)


def told_on(page: object, event: object) -> list[Notice]:
    """What stands at the head of a page of everybody: about its contests, else about its event.

    page, event: of the template, where it has them.
    """
    about = getattr(page, "event", event)
    if not isinstance(about, Event):
        return []
    contests = [each.contest for each in getattr(page, "starts", ())]
    contests += filter(None, [getattr(page, "contest", None)])
    told = [each for one in contests for each in called_off(about, one.code)]
    return list(dict.fromkeys(told)) if contests else called_off(about)


def told_to_devices(slug: str) -> list[dict[str, str]]:
    """The same for the pages of links, which are open for hours: fate, text and reason."""
    return [
        {"fate": each.fate.value, "text": each.text, "reason": each.reason}
        for each in called_off_now(slug)
    ]


def fate_word(event: Event, contest: str = "") -> str:
    """What became of a contest, or of the event, in one word."""
    return word_of(_say(), event, contest)


def fate_said(fate: CalledOff) -> str:
    """The same of a fate alone."""
    return _say()(f"called_off.{fate.fate.value}")


def _say() -> Phrases:
    return phrases_of(str(get_locale() or "en"))


def furnish(app: Flask) -> None:
    """Hand these to the templates."""
    app.jinja_env.filters |= {
        "called_off": called_off,
        "fate_word": fate_word,
        "fate_said": fate_said,
    }
    app.jinja_env.globals |= {"called_off_now": called_off_now, "told_on": told_on}
