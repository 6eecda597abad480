"""The print room: every sheet of an event, with a picture of its first page, and long runs."""

from __future__ import annotations

from io import BytesIO
from textwrap import wrap
from typing import Any

import pypdfium2
from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _, lazy_gettext

from timing.core.permissions import Verb, may
from timing.core.refusal import Refusal
from timing.services.paper import batches, sheets
from timing.services.paper.batches import Run, Stage
from timing.services.paper.card_kinds import CARDS
from timing.services.paper.wanted import Wanted
from timing.web import access
from timing.web.mishaps import refusal_of
from timing.web.pages import the_house
from timing.web.paper_words import GROUPS, LABEL_SHEETS, SHEETS
from timing.web.staff import office

desk = Blueprint("printroom", __name__, url_prefix="/staff/<slug>/print")

office.DOORS.append(
    office.Door(
        "printroom.room", Verb.LOOK, lazy_gettext("Print room"),
        lazy_gettext("Start lists, result sheets, labels and certificates."),
    )
)  # fmt: skip

_CHOICES = (
    "kind", "contest", "round", "language", "paper", "large", "labels", "skip", "bib", "laps",
)  # fmt: skip
_DOTS = 0.9  # pixels a point: a page is about 540 wide
_LETTERS = 40  # in a line of the picture that says why there is none
_LINKS = "station-posters"


@desk.get("/")
@access.needs(Verb.LOOK)
def room(slug: str) -> str:
    """Choose a sheet."""
    snapshot = the_house().live.snapshot(slug) or abort(404)
    kind = _kind()
    return render_template(
        "printroom/room.html", event=snapshot.event, groups=GROUPS, words=SHEETS, wanted=_wanted(),
        kind=kind, asked=_asked(), cards=kind in CARDS, links=kind == _LINKS,
        label_sheets=LABEL_SHEETS, runs=batches.runs(slug), stages=Stage,
    )  # fmt: skip


@desk.get("/sheet.pdf")
@access.needs(Verb.LOOK)
def sheet(slug: str) -> Response:
    """Give the sheet; what is long is printed as a run."""
    answer = Response(
        sheets.sheet_once(the_house(), slug, _kind(), _wanted()), mimetype="application/pdf"
    )
    name = "-".join(part for part in (slug, _wanted().contest, _kind()) if part)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@desk.get("/preview.png")
@access.needs(Verb.LOOK)
def preview(slug: str) -> Response:
    """Give a picture of the first page; no other page is drawn.

    ``?picture=1``: where there is nothing to print, a picture that says so.
    """
    try:
        drawn = sheets.print_sheet(the_house(), slug, _kind(), _wanted(), most=1)
    except Refusal as refusal:
        if not request.args.get("picture"):
            raise
        lines = wrap(refusal_of(refusal), _LETTERS)
        return Response(
            render_template("printroom/nothing.svg", lines=lines), mimetype="image/svg+xml"
        )
    return Response(picture_of(drawn.pdf), mimetype="image/png")


@desk.post("/runs")
@access.needs(Verb.LOOK)
def start(slug: str) -> ResponseReturnValue:
    """Begin a long run in the background."""
    form = request.form
    kind = form.get("kind", "")
    author = ""
    if kind == _LINKS:
        somebody = access.present()
        if somebody is None or not may(somebody.role, Verb.STATIONS):
            abort(403, _("Only who looks after the stations may make links for them."))
        author = somebody.name
    wanted = _wanted(form, author)
    run = batches.start(the_house(), slug, kind, wanted, each=bool(form.get("each")))
    return redirect(url_for(".run", slug=slug, number=run.id))


@desk.get("/runs/<number>")
@access.needs(Verb.LOOK)
def run(slug: str, number: str) -> str:
    """Show how far a run is."""
    snapshot = the_house().live.snapshot(slug) or abort(404)
    return render_template(
        "printroom/run.html", event=snapshot.event, run=_run(slug, number), words=SHEETS,
        stages=Stage,
    )  # fmt: skip


@desk.get("/runs/<number>/state.json")
@access.needs(Verb.LOOK)
def state(slug: str, number: str) -> dict[str, Any]:
    """Tell a script how far a run is."""
    found = _run(slug, number)
    return {"stage": found.stage.value, "step": found.step, "steps": found.steps}


@desk.post("/runs/<number>/stop")
@access.needs(Verb.LOOK)
def stop(slug: str, number: str) -> ResponseReturnValue:
    """Stop a run; nothing of it is kept."""
    batches.stop(_run(slug, number))
    return redirect(url_for(".run", slug=slug, number=number))


@desk.get("/runs/<number>/file")
@access.needs(Verb.LOOK)
def taken(slug: str, number: str) -> Response:
    """Give what a run has made."""
    found = _run(slug, number)
    if found.stage is not Stage.DONE or not found.file.is_file():
        abort(404, _("This run has no file."))
    return send_file(found.file, as_attachment=True, download_name=found.name)


def picture_of(pdf: bytes) -> bytes:
    """Turn the first page of a PDF into a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=_DOTS).to_pil()
        page.close()
    finally:
        document.close()
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _run(slug: str, number: str) -> Run:
    return batches.find(slug, number) or abort(404, _("There is no such print run."))


def _asked() -> dict[str, str]:
    """What was chosen, for the addresses of the sheet and of its picture; nothing else goes on."""
    return {name: request.args[name] for name in _CHOICES if name in request.args}


def _kind() -> str:
    return request.args.get("kind", "results")


def _wanted(asked: Any = None, author: str = "") -> Wanted:
    chosen = request.args if asked is None else asked
    return Wanted(
        contest=chosen.get("contest", ""),
        round=chosen.get("round", ""),
        language=chosen.get("language") or str(get_locale() or "en"),
        paper=chosen.get("paper", "A4"),
        large=bool(chosen.get("large")),
        labels=chosen.get("labels", ""),
        skip=_number(chosen.get("skip", "")),
        laps=_number(chosen.get("laps", "")),
        bib=chosen.get("bib", "").strip(),
        author=author,
    )


def _number(text: str) -> int:
    """A small number; what is none is nothing."""
    return min(int(text), 999) if text.isascii() and text.isdecimal() else 0
