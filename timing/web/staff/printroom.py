"""The print room: every sheet of an event, with a picture of its first page."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from flask import Blueprint, Response, abort, render_template, request
from flask_babel import get_locale, lazy_gettext

from timing.core.permissions import Verb
from timing.services.paper import sheets
from timing.services.paper.sheets import KINDS, Wanted
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office

desk = Blueprint("printroom", __name__, url_prefix="/staff/<slug>/print")

office.DOORS.append(
    office.Door(
        "printroom.room", Verb.LOOK, lazy_gettext("Print room"),
        lazy_gettext("Start lists, result sheets, labels and certificates."),
    )
)  # fmt: skip

_CHOICES = ("kind", "contest", "round", "language", "paper", "large")
_DOTS = 0.9  # pixels a point: a page is about 540 wide


@desk.get("/")
@access.needs(Verb.LOOK)
def room(slug: str) -> str:
    """Choose a sheet."""
    snapshot = the_house().live.snapshot(slug) or abort(404)
    return render_template(
        "printroom/room.html", event=snapshot.event, kinds=list(KINDS), wanted=_wanted(),
        kind=_kind(), asked=_asked(),
    )  # fmt: skip


@desk.get("/sheet.pdf")
@access.needs(Verb.LOOK)
def sheet(slug: str) -> Response:
    """Give the sheet."""
    drawn = sheets.print_sheet(the_house(), slug, _kind(), _wanted())
    answer = Response(drawn.pdf, mimetype="application/pdf")
    name = "-".join(part for part in (slug, _wanted().contest, _kind()) if part)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@desk.get("/preview.png")
@access.needs(Verb.LOOK)
def preview(slug: str) -> Response:
    """Give a picture of the first page."""
    drawn = sheets.print_sheet(the_house(), slug, _kind(), _wanted())
    return Response(picture_of(drawn.pdf), mimetype="image/png")


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


def _asked() -> dict[str, str]:
    """What was chosen, for the addresses of the sheet and of its picture; nothing else goes on."""
    return {name: request.args[name] for name in _CHOICES if name in request.args}


def _kind() -> str:
    return request.args.get("kind", "results")


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        contest=asked.get("contest", ""),
        round=asked.get("round", ""),
        language=asked.get("language") or str(get_locale() or "en"),
        paper=asked.get("paper", "A4"),
        large=bool(asked.get("large")),
    )
