"""The draw of a first round, and the next one: who goes on, and the start list that follows."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.services.raceday import advancing, draw_writing, drawing, first_rounds
from timing.services.raceday.heat_counts import tables_of
from timing.services.rulings import rule
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff.decide import tell

desk = Blueprint("advancing", __name__, url_prefix="/staff/<slug>/rounds")


@desk.get("")
@access.needs(Verb.LOOK)
def choose(slug: str) -> str:
    """List the first rounds to be drawn, and the rounds that another one follows."""
    event, rounds = advancing.rounds(the_house(), slug)
    firsts = first_rounds.first_rounds(the_house(), slug)
    return render_template("advancing/choose.html", event=event, rounds=rounds, firsts=firsts)


@desk.get("/<contest>")
@access.needs(Verb.LOOK)
def look(slug: str, contest: str) -> ResponseReturnValue:
    """Show a draw of the first round, before anything is written."""
    first = first_rounds.first_round(the_house(), slug, contest)
    return _draw_page(first, _wish(request.args))


@desk.post("/<contest>")
@access.needs(Verb.RULE)
def draw(slug: str, contest: str) -> ResponseReturnValue:
    """Write the heats of a draw that was looked at."""
    first = first_rounds.first_round(the_house(), slug, contest)
    wish = _wish(request.form)
    try:
        drawn = drawing.still(drawing.draw(first, wish), request.form.get("stamp", ""))
    except Refusal as refusal:
        return _draw_page(first, wish, refusal.problems)
    reason = _("Heats drawn with the seed: %(seed)s", seed=drawn.seed)
    draw_writing.write_draw(the_house(), drawn, reason=reason, by=access.whoever())
    tell(_("The heats of %(round)s are written.", round=first.round.name), [])
    return redirect(url_for(".look", slug=slug, contest=contest, **wish._asdict()))


@desk.post("/<contest>/draw/back")
@access.needs(Verb.RULE)
def take_back(slug: str, contest: str) -> ResponseReturnValue:
    """Take the last draw of the first round back, and the heats that it made."""
    first = first_rounds.first_round(the_house(), slug, contest)
    reason = _("The draw is taken back")
    try:
        draw_writing.take_back(the_house(), first, reason=reason, by=access.whoever())
    except Refusal as refusal:
        return _draw_page(first, first_rounds.Wish(), refusal.problems)
    tell(_("The draw is taken back."), [])
    return redirect(url_for(".look", slug=slug, contest=contest))


def _wish(fields: Mapping[str, str]) -> first_rounds.Wish:
    heats = fields.get("heats", "")
    return first_rounds.Wish(
        int(heats[:3]) if heats.isdecimal() else 0, fields.get("table", ""),
        fields.get("apart", "delegation"), fields.get("order", ""), fields.get("going", "")[:9],
        fields.get("seed", "")[:200],
    )  # fmt: skip


def _draw_page(
    first: first_rounds.FirstRound, wish: first_rounds.Wish, problems: tuple[Problem, ...] = ()
) -> ResponseReturnValue:
    """The draw as wished, or why it cannot be, above the form that asked for it."""
    drawn: drawing.Drawn | None = None
    try:
        drawn = drawing.draw(first, wish)
    except Refusal as refusal:
        problems = refusal.problems
    page = render_template(
        "advancing/draw.html", event=first.event, first=first, wish=wish, drawn=drawn,
        problems=problems, tables=tables_of(first.contest),
        last=draw_writing.last_draw(the_house(), first),
    )  # fmt: skip
    return page, 422 if problems else 200


@desk.get("/<contest>/<code>")
@access.needs(Verb.LOOK)
def following(slug: str, contest: str, code: str) -> ResponseReturnValue:
    """Show who goes on, with heat and lane."""
    return _next_page(slug, contest, code, _next_wish(request.args))


@desk.post("/<contest>/<code>")
@access.needs(Verb.RULE)
def fill(slug: str, contest: str, code: str) -> ResponseReturnValue:
    """Put the qualifiers on the next start list, as they were looked at."""
    wish = _next_wish(request.form)
    try:
        found = advancing.next_round(the_house(), slug, contest, code, wish)
        acts = advancing.acts_of(the_house(), advancing.still(found, request.form.get("stamp", "")))
    except Refusal as refusal:
        return _next_page(slug, contest, code, wish, refusal.problems)
    reason = _("Qualified; lots drawn with the seed: %(seed)s", seed=found.seed)
    lines = rule(the_house(), slug, acts, reason=reason, author=access.whoever())
    tell(_("The start list of %(round)s is written.", round=found.following.name), lines)
    return redirect(url_for(".following", slug=slug, contest=contest, code=code, seed=found.seed))


def _next_wish(fields: MultiDict[str, str]) -> advancing.Wish:
    """Bibs come as boxes that were ticked, and as words of a field."""

    def bibs(name: str) -> tuple[str, ...]:
        words = " ".join(fields.getlist(name))[:500].replace(",", " ").split()
        return tuple(dict.fromkeys(words))

    return advancing.Wish(bibs("out"), bibs("referee"), bibs("jury"), fields.get("seed", "")[:200])


def _next_page(
    slug: str, contest: str, code: str, wish: advancing.Wish, problems: tuple[Problem, ...] = ()
) -> ResponseReturnValue:
    """The next round as wished; as it would be without a wish that cannot be."""
    try:
        found = advancing.next_round(the_house(), slug, contest, code, wish)
    except Refusal as refusal:
        problems = problems or refusal.problems
        found = advancing.next_round(the_house(), slug, contest, code)
    page = render_template(
        "advancing/round.html", event=found.event, found=found, wish=wish, problems=problems
    )
    return page, 422 if problems else 200
