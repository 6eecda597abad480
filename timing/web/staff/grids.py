"""Grids: a heat by lane, and lists from paper. Both only write lines down."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, ngettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.services.raceday import heat_grid, heat_sheet, paper_grid
from timing.services.raceday.heat_cells import WATCHES, Typed
from timing.services.raceday.heat_grid import HeatGrid
from timing.services.raceday.heat_sheet import Field
from timing.services.raceday.paper_grid import COLUMNS, Paper, PaperLine
from timing.web import access, words
from timing.web.language import said
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import tell
from timing.web.staff.office import Door

desk = Blueprint("grids", __name__, url_prefix="/staff/<slug>/grids")
office.DOORS.append(
    Door(
        "grids.choose", Verb.CAPTURE, lazy_gettext("Grids"),
        lazy_gettext("Heats by lane, and lists from paper."),
    )
)  # fmt: skip


@desk.context_processor
def _words() -> dict[str, object]:
    return {"words": words, "WATCHES": WATCHES}


@desk.get("")
@access.needs(Verb.CAPTURE)
def choose(slug: str) -> str:
    """List the heats."""
    event, heats = heat_grid.heats(the_house(), slug)
    return render_template("grids/choose.html", event=event, heats=heats)


@desk.get("/<contest>/<round_code>/<int:heat>")
@access.needs(Verb.CAPTURE)
def heat(slug: str, contest: str, round_code: str, heat: int) -> str:
    """Show a heat by lane."""
    grid = heat_grid.heat_grid(the_house(), slug, contest, round_code, heat)
    return _heat_page(grid, [_as_typed(lane) for lane in grid.lanes], ())


@desk.post("/<contest>/<round_code>/<int:heat>")
@access.needs(Verb.CAPTURE)
def save(slug: str, contest: str, round_code: str, heat: int) -> ResponseReturnValue:
    """Write a heat down; with ``next`` go on to the following one."""
    grid = heat_grid.heat_grid(the_house(), slug, contest, round_code, heat)
    typed = [_row(number) for number in range(1, len(grid.lanes) + 1)]
    try:
        wind = Field(*(request.form.get(name, "")[:20] for name in ("wind", "had-wind")))
        lines = heat_sheet.save_heat(the_house(), slug, grid, typed, access.whoever(), wind)
    except Refusal as refusal:
        return _heat_page(grid, typed, refusal.problems), 422
    count = len(lines)
    tell(ngettext("%(num)d line written.", "%(num)d lines written.", count), lines)
    following = grid.following
    if "next" in request.form and following is not None:
        code, after, number = following
        target = url_for(".heat", slug=slug, contest=code, round_code=after, heat=number)
        return redirect(target)
    return redirect(request.path)


@desk.get("/paper")
@access.needs(Verb.CAPTURE)
def paper(slug: str) -> str:
    """Show the grid for lists."""
    return _paper_page(slug, Paper("", "bib time", ""), (), ())


@desk.post("/paper")
@access.needs(Verb.CAPTURE)
def take_paper(slug: str) -> ResponseReturnValue:
    """Check a list, or write it down."""
    typed = _paper()
    try:
        if request.form.get("step") == "do":
            lines = paper_grid.save_paper(the_house(), slug, typed, access.whoever())
            tell(ngettext("%(num)d line written.", "%(num)d lines written.", lines), [])
            return redirect(request.path)
        checked = paper_grid.check_paper(the_house(), slug, typed)
    except Refusal as refusal:
        return _paper_page(slug, typed, refusal.problems, ()), 422
    return _paper_page(slug, typed, (), checked)


@desk.post("/paper/check")
@access.needs(Verb.CAPTURE)
def check(slug: str) -> ResponseReturnValue:
    """Say of each line of a list how it is understood, while it is typed."""
    try:
        lines = paper_grid.check_paper(the_house(), slug, _paper())
    except Refusal as refusal:
        return jsonify(lines=[], problem=said(refusal.problems[0]))
    return jsonify(lines=[_told(line) for line in lines], problem="")


def _told(line: PaperLine) -> dict[str, object]:
    return {**line._asdict(), "problem": said(line.problem) if line.problem else ""}


def _heat_page(grid: HeatGrid, typed: list[Typed], problems: tuple[Problem, ...]) -> str:
    rows = list(zip(grid.lanes, typed, strict=True))
    return render_template(
        "grids/heat.html", event=grid.event, grid=grid, rows=rows, problems=problems
    )


def _paper_page(slug: str, typed: Paper, problems: tuple[Problem, ...], checked: object) -> str:
    event, _heats = heat_grid.heats(the_house(), slug)
    return render_template(
        "grids/paper.html", event=event, paper=typed, problems=problems, checked=checked,
        columns=COLUMNS,
    )  # fmt: skip


def _row(number: int) -> Typed:
    """Read one lane of the form."""
    form = request.form
    times = tuple(form.get(f"time-{number}-{watch}", "")[:30] for watch in range(1, WATCHES + 1))
    return Typed(
        bib=form.get(f"bib-{number}", "").strip(),
        times=times,
        photo="photo" in form,
        place=form.get(f"place-{number}", ""),
        reaction=form.get(f"reaction-{number}", "")[:12],
        had_place=form.get(f"had-place-{number}", "")[:12],
        had_reaction=form.get(f"had-reaction-{number}", "")[:12],
    )


def _as_typed(lane: heat_grid.Lane) -> Typed:
    times = (lane.status, "", "") if lane.status else lane.times
    before = lane.place, lane.reaction
    return Typed(lane.bib, times, lane.photo, *before, *before)


def _paper() -> Paper:
    form = request.form
    return Paper(
        text=form.get("text", ""), columns=form.get("columns", ""), point=form.get("point", ""),
        clock=form.get("clock", "elapsed"), wave=form.get("wave", ""),
    )  # fmt: skip
