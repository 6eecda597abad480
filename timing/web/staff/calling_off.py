"""The desk at which an event or contests of it are cancelled, postponed or stopped."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _, lazy_gettext

from timing.core.clock import Instant
from timing.core.journal.rulings import Act, CallOff
from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.core.setup.event import Event
from timing.core.whole_number import whole
from timing.printing.phrases import phrases_of
from timing.printing.sheets.notices import ruled_text
from timing.services.raceday import calling_off
from timing.services.raceday.calling_off import Wish
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import ASKED, Question, look_or_do
from timing.web.staff.office import Door

desk = Blueprint("calling_off", __name__, url_prefix="/staff/<slug>/call-off")
office.DOORS.append(
    Door(
        "calling_off.page", Verb.RULE, lazy_gettext("Cancel, postpone, stop"),
        lazy_gettext("The event or a contest is not held as announced; everybody is told at once."),
    )
)  # fmt: skip


@desk.get("")
@access.needs(Verb.RULE)
def page(slug: str) -> str:
    """Show what is called off, and the form that calls something off."""
    found = calling_off.page(the_house(), slug)
    return render_template("calling_off/page.html", event=found.event, page=found, said=said)


@desk.post("")
@access.needs(Verb.RULE)
def decide(slug: str) -> ResponseReturnValue:
    """Look at what it would change, or call it off."""
    event = calling_off.page(the_house(), slug).event
    made: Sequence[Act] | Refusal
    title = str(_("Cancel, postpone, stop"))
    try:
        act = _read(slug)
        made, title = [act], said(event, act)
    except Refusal as refusal:
        made = refusal
    question = Question(
        event, title, url_for(".page", slug=slug), _reasons(),
        _("Everybody reads it, on every page and every sheet."),
    )  # fmt: skip
    return look_or_do(question, lambda: _or_raise(made))


def said(event: Event, act: CallOff) -> str:
    """What everybody will read."""
    return ruled_text(phrases_of(str(get_locale() or "en")), event, act)


def _read(slug: str) -> CallOff:
    form = request.form
    since = whole(form.get(ASKED, ""), 18)
    now = the_house().clock() if since is None else Instant(since)
    wish = Wish(
        form.get("fate", ""), form.getlist("contests"), form.get("new_day", ""),
        form.get("new_time", ""), form.get("counts", ""), form.get("stands", ""),
    )  # fmt: skip
    return calling_off.call_off_act(the_house(), slug, wish, now)


def _or_raise(made: Sequence[Act] | Refusal) -> Sequence[Act]:
    if isinstance(made, Refusal):
        raise made
    return made


def _reasons() -> tuple[str, ...]:
    return (
        _("Storm"), _("Lightning"), _("Hot weather"), _("The course is not safe"),
        _("By order of the authorities"), _("An accident on the course"), _("Too few entries"),
    )  # fmt: skip
