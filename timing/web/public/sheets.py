"""Sheets for everybody: the results of a contest as a PDF, as published, else as they stand."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask_babel import get_locale

from timing.services.paper import sheets
from timing.web.pages import the_house

desk = Blueprint("sheets", __name__)


@desk.get("/<slug>/<contest>.pdf")
def results(slug: str, contest: str) -> Response:
    """Give the sheet of the newest publication, or a provisional one."""
    language = str(get_locale() or "en")
    pdf = sheets.public_results(the_house(), slug, contest, language) or abort(404)
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}-{contest}.pdf"'
    return answer
