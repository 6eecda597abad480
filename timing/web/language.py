"""The reader's language: ``?lang=``, else what the browser asks for. Public pages keep no cookie.

The race office, where everybody has a session, remembers what was chosen.
"""

from __future__ import annotations

from typing import Protocol

from flask import Flask, Response, request, session
from flask_babel import Babel, get_locale, gettext, lazy_gettext

from timing.core.refusal import Problem, Refusal
from timing.core.sentence import Sentence

LANGUAGES = {"en": "English", "de": "Deutsch", "it": "Italiano", "fr": "Français", "es": "Español"}
"""The languages of the pages, in their own words."""
KEPT = "lang"
"""Under which the session of somebody in the office keeps the language that they chose."""


ROLES = (
    lazy_gettext("administrator"),
    lazy_gettext("organiser"),
    lazy_gettext("timer"),
    lazy_gettext("desk"),
    lazy_gettext("judge"),
    lazy_gettext("announcer"),
)
"""The roles of the race office as words of a reader's language."""


class Sayable(Protocol):
    """Whatever carries a sentence for people: a problem, a notice, a doubt."""

    @property
    def said(self) -> Sentence | str: ...


def chosen() -> str:
    """Give the language for the present request."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    if in_office() and session.get(KEPT) in LANGUAGES:
        return str(session[KEPT])
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def in_office() -> bool:
    """Whether the page is one of the race office, whose readers have a session."""
    return request.path.startswith("/staff")


def said(what: Sayable | Sentence | str) -> str:
    """Say a problem, a doubt or a sentence in the reader's language.

    What is plain text already (a translated one, or what another program said) stays as it is.
    """
    sentence = what if isinstance(what, Sentence | str) else what.said
    return sentence.text(translated) if isinstance(sentence, Sentence) else sentence


def all_said(refusal: Refusal) -> list[str]:
    """Every problem of a refusal in the reader's language, with the place in a file."""
    return [placed(problem) for problem in refusal.problems]


def placed(problem: Problem) -> str:
    """One problem in the reader's language, ``FILE:LINE: `` before it where it stands in a file."""
    return str(problem._replace(said=said(problem)))


def translated(text: str) -> str:
    """A text of ours in the reader's language."""
    return str(gettext(text))


def furnish(app: Flask) -> None:
    """Switch translations on."""
    Babel(app, locale_selector=chosen, default_translation_directories="web/translations")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters["said"] = said

    @app.before_request
    def _remembered() -> None:
        asked = request.args.get("lang", "")
        if in_office() and asked in LANGUAGES and session.get(KEPT) != asked:
            session[KEPT] = asked

    @app.after_request
    def _told_to_caches(answer: Response) -> Response:
        if not request.path.startswith(("/static/", "/staff")):
            answer.vary.add("Accept-Language")
        return answer

    @app.context_processor
    def _names() -> dict[str, object]:
        return {"locale": str(get_locale() or "en"), "languages": LANGUAGES}
