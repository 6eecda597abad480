"""Sheets for everybody, as PDFs; and whether a sheet of paper still says what is true."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, abort, render_template
from flask_babel import get_locale, gettext as _

from timing.core.refusal import Refusal
from timing.services.paper import public_sheets
from timing.services.paper.certificate import certificate
from timing.services.public import results, shown
from timing.web.asking import ask, text
from timing.web.pages import the_house
from timing.web.paper_words import SHEETS
from timing.web.public.results import show

desk = Blueprint("sheets", __name__)


@desk.get("/<slug>/<contest>.pdf")
def results_pdf(slug: str, contest: str) -> Response:
    """Give the sheet of the newest publication, or a provisional one."""
    return _sheet(slug, "results", contest, f"{slug}-{contest}.pdf")


@desk.get("/<slug>/sheets")
def sheets(slug: str) -> str:
    """List the sheets that everybody may have."""
    snapshot = shown.public(the_house(), slug) or _no_sheet()
    offered = public_sheets.on_offer(the_house(), slug)
    return render_template(
        "printroom/sheets.html", event=snapshot.event, offered=offered, words=SHEETS
    )


@desk.get("/<slug>/sheets/<kind>.pdf")
def of_event(slug: str, kind: str) -> Response:
    """Give a sheet of the whole event."""
    return _sheet(slug, kind, "", f"{slug}-{kind}.pdf")


@desk.get("/<slug>/sheets/<contest>/<kind>.pdf")
def of_contest(slug: str, contest: str, kind: str) -> Response:
    """Give a sheet of one contest."""
    return _sheet(slug, kind, contest, f"{slug}-{contest}-{kind}.pdf")


@desk.get("/<slug>/sheets/<contest>/certificate/<bib>.pdf")
def certificate_pdf(slug: str, contest: str, bib: str) -> Response:
    """Give the certificate of a runner, once the results are official."""
    language = str(get_locale() or "en")
    pdf = certificate(the_house(), slug, contest, bib, language)
    if pdf is None:
        abort(404, _("There is no certificate: the result is not official, or there is none."))
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="certificate.pdf"'
    return answer


@desk.get("/<slug>/sheet/<kind>/<contest>/<token>")
def check(slug: str, kind: str, contest: str, token: str) -> str:
    """Tell whether a sheet of paper is current, above the results as they stand."""
    house = the_house()
    found = public_sheets.check(house, slug, kind, contest, token[:40], text("round"))
    snapshot = shown.public(house, slug)
    if found is None or snapshot is None:
        _no_sheet()
    page = results.contest_page(house, slug, found.contest, text("round"), ask())
    values = {"event": snapshot.event, "checked": found, "word": SHEETS[kind]}
    if page is None:
        return render_template("printroom/checked.html", **values)
    return show(page, "printroom/checked_results.html", **values)


def _sheet(slug: str, kind: str, contest: str, name: str) -> Response:
    language = str(get_locale() or "en")
    try:
        pdf = public_sheets.public_pdf(the_house(), slug, kind, contest, language)
    except Refusal:
        abort(404, _("There is nothing on this sheet yet."))
    answer = Response(pdf or _no_sheet(), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _no_sheet() -> NoReturn:
    abort(404, _("There is no such sheet."))
