"""One shape for every form that decides something: look at what changes, give a reason, do, undo.

A desk turns its form into rulings; the same form comes back from the look with ``step=do``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext, ngettext

from timing.core.clock import TimeTextError
from timing.core.journal.lines import LineId
from timing.core.journal.rulings import Act
from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import words_of
from timing.core.setup.event import Event
from timing.core.whole_number import whole
from timing.services.preview import Preview, preview
from timing.services.rulings import rule
from timing.web import access
from timing.web.pages import the_house

_OURS = ("csrf_token", "step", "reason")
OPEN = {
    "rule": lazy_gettext("Rule"), "time": lazy_gettext("Time"), "other": lazy_gettext("Bib"),
    "bibs": lazy_gettext("Bibs"), "point": lazy_gettext("Timing point"),
    "after": lazy_gettext("Only from this time on"), "heat": lazy_gettext("Heat"),
    "lane": lazy_gettext("Lane"), "post": lazy_gettext("Post"),
    "body": lazy_gettext("Listed by"), "category": lazy_gettext("Class"),
    "ago": lazy_gettext("So long ago"), "day": lazy_gettext("or at this time of day"),
    "new_day": lazy_gettext("New day, when it is known"),
    "new_time": lazy_gettext("New start, when it is known"),
    "stands": lazy_gettext("As it stood at this time of day (empty: now)"),
    "offsets": lazy_gettext("A bib and its time after the gun a line"),
}  # fmt: skip
"""What is typed into a form that decides; after a refusal it can be mended where it is told."""
ASKED = "asked"
"""The field with the moment of the first look, from which "so long ago" is counted."""
_MOST = 200  # moves shown on one page
DONE = "done"
"""The category of the message that something was decided, with the lines that undo it."""


class Question(NamedTuple):
    """What is about to be decided. back: where to go afterwards. reasons: usual ones to pick.

    hint: what to know about the reason.
    """

    event: Event
    title: str
    back: str
    reasons: Sequence[str] = ()
    hint: str = ""


def look_or_do(question: Question, decided: Callable[[], Sequence[Act]]) -> ResponseReturnValue:
    """Show what the rulings of a form would change, or make them.

    A form that cannot be read is shown again with what was typed.
    """
    slug = question.event.slug
    reason = request.form.get("reason", "").strip()
    problems: tuple[Problem, ...] = ()
    seen: Preview | None = None
    try:
        acts = list(decided())
        if request.form.get("step") == "do" and (reason or request.form.get("quick")):
            return _done(question, acts, reason)
        seen = preview(the_house(), slug, acts)
    except Refusal as refusal:
        problems = refusal.problems
    except TimeTextError as error:
        problems = (Problem("time", words_of(error)),)
    if request.form.get("step") == "do" and not problems:
        problems = (Problem("reason", _("Please give a reason; it is kept with the decision.")),)
    mended = [pair for pair in _typed() if seen is None and pair[0] in OPEN]
    page = render_template(
        "officials/look.html", event=question.event, question=question, preview=seen,
        moves=seen.moves[:_MOST] if seen else (), problems=problems, reason=reason,
        told=told(seen) if seen else "", mended=mended, labels=OPEN,
        fields=[pair for pair in _typed() if pair not in mended],
    )  # fmt: skip
    return page, 422 if problems else 200


def _typed() -> list[tuple[str, str]]:
    """Give what was typed, and when it was first looked at, to be sent again."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _OURS]
    if ASKED not in request.form:
        fields.append((ASKED, str(the_house().clock())))
    return fields


def _done(question: Question, acts: Sequence[Act], reason: str) -> ResponseReturnValue:
    lines = rule(the_house(), question.event.slug, acts, reason=reason, author=access.whoever())
    tell(question.title, lines)
    return redirect(question.back)


def tell(title: str, lines: Sequence[LineId]) -> None:
    """Say on the next page what was done, with the key that undoes it."""
    message: Any = (title, [f"{station}:{n}" for station, n in lines])
    flash(message, DONE)


def told(seen: Preview) -> str:
    """Say it in a sentence: 2 results and 3 places change."""
    if not seen.moves:
        return str(_("No result and no place changes."))
    results = ngettext("%(num)d result", "%(num)d results", seen.results)
    places = ngettext("%(num)d place", "%(num)d places", seen.places)
    return str(_("%(results)s and %(places)s change.", results=results, places=places))


def line_of(text: str) -> LineId:
    """Read the identity of a line, ``station:n``. Raises Refusal."""
    station, _colon, number = text.rpartition(":")
    n = whole(number, 18)
    if not station or n is None:
        raise refused("line", "{text!r} is no line; expected STATION:NUMBER", text=text[:60])
    return (station, n)
