"""Numbers by rule: first who would get which is shown, of the whole event, then it is given."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, ngettext
from werkzeug.datastructures import MultiDict

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.core.setup.numbering import spans
from timing.services.entrants import giving_out
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.giving_out import Wish
from timing.web import access
from timing.web.language import all_said
from timing.web.pages import the_house

desk = Blueprint("giving_out", __name__, url_prefix="/staff/<slug>/bibs/numbers")

ORDER_WORDS = {
    "alphabet": lazy_gettext("by name"), "club": lazy_gettext("by club"),
    "seed": lazy_gettext("by seed time"), "entry": lazy_gettext("in the order of entry"),
}  # fmt: skip
FILL, ON = "fill", "on"
"""What is done with free numbers between worn ones: they are given out, or left."""
_ROWS, _SPANS = 100, 12


@desk.get("")
@access.needs(Verb.ENTER)
def offer(slug: str) -> ResponseReturnValue:
    """Show who would get which number; nothing is written."""
    return _page(slug, _wish(request.args))


@desk.post("")
@access.needs(Verb.ENTER)
def assign(slug: str) -> ResponseReturnValue:
    """Give the numbers that were looked at."""
    wish = _wish(request.form)
    seen = request.form.get("seen", "")
    try:
        given = giving_out.assign(the_house(), slug, wish, seen=seen, by=access.whoever())
    except Refusal as refusal:
        return _page(slug, wish, all_said(refusal))
    flash(_told(len(given.bibs), len(given.short)))
    return redirect(url_for("numbering.board", slug=slug))


def _wish(form: MultiDict[str, str]) -> Wish:
    return Wish(
        form.get("contest", ""), form.get("order", "alphabet"), form.get("gaps", FILL) == FILL
    )


def _page(slug: str, wish: Wish, problems: Iterable[str] = ()) -> ResponseReturnValue:
    found, wrong = None, list(problems)
    try:
        found = giving_out.propose(the_house(), slug, wish)
    except Refusal as refusal:
        wrong = all_said(refusal)
    page = render_template(
        "numbering/offer.html", event=facts_of(the_house(), slug).event, offer=found,
        wish=wish, problems=wrong, orders=ORDER_WORDS, rows=_ROWS, shortly=shortly,
    )  # fmt: skip
    return page, 422 if problems else 200


def _told(count: int, short: int) -> str:
    told = ngettext("%(num)d bib given out.", "%(num)d bibs given out.", count)
    if not short:
        return str(told)
    without = ngettext(
        "%(num)d entrant is without one: the range is used up.",
        "%(num)d entrants are without one: the range is used up.",
        short,
    )
    return f"{told} {without}"


def shortly(bibs: Iterable[str]) -> str:
    """Write numbers as people do; of very many pieces the first ones."""
    pieces = spans(bibs).split(", ")
    return ", ".join(pieces[:_SPANS]) + (", …" if len(pieces) > _SPANS else "")
