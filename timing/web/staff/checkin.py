"""The check-in desk: one search box, one card, Enter confirms, Escape goes back to the box."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext
from werkzeug.wrappers import Response

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.core.telling.checkin import ITEMS
from timing.services.entrants import attendance, checkin
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.desk_link import own_code

desk = Blueprint("checkin", __name__, url_prefix="/staff/<slug>/checkin")

office.DOORS.insert(
    0,
    office.Door(
        "checkin.search", Verb.CHECK_IN, lazy_gettext("Check-in"),
        lazy_gettext("Find people, see what is missing, hand out bibs."),
    ),
)  # fmt: skip


@desk.get("/")
@access.needs(Verb.CHECK_IN)
def search(slug: str) -> str | Response:
    """Search; somebody found alone is shown at once."""
    words = request.args.get("q", "")[:80]
    people = checkin.find(the_house(), slug, words) if words.strip() else []
    if len(people) == 1:
        return redirect(url_for("checkin.card", slug=slug, entry=people[0].entries[0].id))
    return _page(slug, "checkin/search.html", words=words, people=people)


@desk.get("/<int:entry>")
@access.needs(Verb.CHECK_IN)
def card(slug: str, entry: int) -> str:
    """Show the card of a person."""
    found = checkin.card(the_house(), slug, entry) or abort(404, _("Nobody has this entry."))
    code = own_code(slug, entry)
    return _page(slug, "checkin/card.html", card=found, items=ITEMS, own_code=code)


@desk.post("/<int:entry>")
@access.needs(Verb.CHECK_IN)
def act(slug: str, entry: int) -> str | Response | tuple[str, int]:
    """Do what the pressed button says; a refusal is shown on the card."""
    by, form, house = access.whoever(), request.form, the_house()
    try:
        if bib := form.get("bib", "").strip():
            checkin.hand_out(house, slug, entry, bib, by=by)
        if items := form.getlist("item"):
            checkin.confirm(house, slug, entry, items, by=by)
        match form.get("do"):
            case "in":
                found = checkin.check_in(house, slug, entry, by=by)
                flash(_("%(name)s is checked in.", name=found.person.name))
                return redirect(url_for("checkin.search", slug=slug))
            case "out":
                checkin.check_out(house, slug, entry, by=by)
            case _:
                pass
    except Refusal as refusal:
        found = checkin.card(house, slug, entry) or abort(404)
        page = _page(slug, "checkin/card.html", card=found, items=ITEMS, refusal=str(refusal))
        return page, 422
    return redirect(url_for("checkin.card", slug=slug, entry=entry))


@desk.get("/absent")
@access.needs(Verb.CHECK_IN)
def absent(slug: str) -> str:
    """List who is not here yet, for the call room."""
    contest = request.args.get("contest", "")
    cards = checkin.absent(the_house(), slug, contest)
    return _page(slug, "checkin/absent.html", cards=cards, contest=contest)


def _page(slug: str, template: str, **values: object) -> str:
    event, counters = attendance.overview(the_house(), slug)
    return render_template(template, event=event, counters=counters, **values)
