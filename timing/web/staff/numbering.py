"""Bibs and chips: ranges, reserved and lost numbers, chips, a swap in one step."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext, ngettext

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.services.entrants import checkin, numbering
from timing.services.entrants.giving_out import Wish
from timing.services.office import tray
from timing.services.office.tray import Upload
from timing.web import access
from timing.web.language import placed, said
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.entry_import import handed_in
from timing.web.staff.giving_out import ORDER_WORDS

desk = Blueprint("numbering", __name__, url_prefix="/staff/<slug>/bibs")

office.DOORS.insert(
    1,
    office.Door(
        "numbering.board", Verb.ENTER, lazy_gettext("Bibs and chips"),
        lazy_gettext("Give out numbers by rule, note lost ones, bind chips, swap bibs."),
    ),
)  # fmt: skip

KEPT_WORDS = {"reserved": lazy_gettext("reserved"), "lost": lazy_gettext("lost")}


@desk.get("/")
@access.needs(Verb.ENTER)
def board(slug: str) -> str:
    """Show contests with their ranges, and all that can be done."""
    return _page(slug)


@desk.post("/")
@access.needs(Verb.ENTER)
def change(slug: str) -> ResponseReturnValue:
    """Do what the pressed button says; a refusal keeps what was typed."""
    try:
        told = _DEEDS.get(request.form.get("do", ""), _nothing)(slug)
    except Refusal as refusal:
        return _page(slug, [said(problem) for problem in refusal.problems]), 422
    if told:
        flash(told)
    return redirect(url_for(".board", slug=slug))


def _page(slug: str, problems: list[str] | None = None) -> str:
    found = numbering.board(the_house(), slug)
    entry = request.args.get("entry", type=int)
    bib = found.facts.bibs.get(entry or 0, "")
    return render_template(
        "numbering/board.html", event=found.event, board=found, problems=problems or [],
        typed=request.form, orders=ORDER_WORDS, wish=Wish(), kept=KEPT_WORDS, bib=bib, entry=entry,
        given=found.facts.entries.get(entry or 0),
    )  # fmt: skip


def _ranges(slug: str) -> str:
    form = request.form
    ranges = {key.removeprefix("range-"): v for key, v in form.items() if key.startswith("range-")}
    numbering.set_ranges(the_house(), slug, ranges)
    return str(_("Ranges kept."))


def _keep(slug: str) -> str:
    numbers, why = request.form.get("numbers", ""), request.form.get("why", "")
    count = numbering.keep(the_house(), slug, numbers, why)
    return str(ngettext("%(num)d number noted.", "%(num)d numbers noted.", count))


def _swap(slug: str) -> str:
    one, other = (request.form.get(name, "").strip().upper() for name in ("one", "other"))
    reason = request.form.get("reason", "").strip()
    numbering.swap(the_house(), slug, one, other, reason=reason, by=access.whoever())
    return str(_("Bibs %(one)s and %(other)s are swapped.", one=one, other=other))


def _chip(slug: str) -> str:
    chip, bib = request.form.get("chip", ""), request.form.get("bib", "")
    numbering.bind_chip(the_house(), slug, chip, bib, by=access.whoever())
    return str(_("Chip %(chip)s noted.", chip=chip.strip()))


def _give(slug: str) -> str:
    entry, bib = request.form.get("entry", type=int) or 0, request.form.get("bib", "")
    card = checkin.hand_out(the_house(), slug, entry, bib, by=access.whoever())
    return str(_("%(name)s has bib %(bib)s.", name=card.person.name, bib=card.person.bib))


def _chips(slug: str) -> str:
    name, content = handed_in("file")
    name = name[-80:]
    upload = Upload(name=name, slug=slug, owner=access.whoever(), at=the_house().clock())
    kept = tray.get(tray.put(content, upload), slug, access.whoever())
    try:
        done = numbering.bind_chips(the_house(), slug, kept.path, name, by=access.whoever())
    finally:
        tray.drop(kept)
    for problem in done.problems[:20]:
        flash(placed(problem))
    return str(ngettext("%(num)d chip noted.", "%(num)d chips noted.", done.bound))


def _nothing(_slug: str) -> str:
    return ""


_DEEDS = {
    "ranges": _ranges, "keep": _keep, "swap": _swap, "chip": _chip, "chips": _chips, "give": _give,
}  # fmt: skip
"""What a button of the page does."""
