"""The check-in desk: one search box, one card, Enter confirms, Escape goes back to the box."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext
from werkzeug.wrappers import Response

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.core.telling.checkin import ITEMS
from timing.services.entrants import amending, attendance, checkin
from timing.services.entrants.cards import Card
from timing.services.entrants.entry_facts import first_round
from timing.services.entrants.line_ups import line_up
from timing.services.public.results import LEAF, leaf_of
from timing.web import access, asking, meanwhile, words
from timing.web.language import said
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.card_words import told
from timing.web.staff.desk_link import entry_of, own_code

desk = Blueprint("checkin", __name__, url_prefix="/staff/<slug>/checkin")
desk.add_app_template_filter(told, "history_line")

office.DOORS.insert(
    0,
    office.Door(
        "checkin.search", Verb.CHECK_IN, lazy_gettext("Check-in"),
        lazy_gettext("Find people, see what is missing, hand out bibs."),
    ),
)  # fmt: skip

REASONS = (
    lazy_gettext("wrong in the list"), lazy_gettext("wish of the entrant"),
    lazy_gettext("shorter race: injured or ill"), lazy_gettext("came too late for the wave"),
)  # fmt: skip
"""Why something is changed at the desk, to choose from."""
_BIB_PAGE = re.compile(r"/bib/([^/?#\s]+)")


@desk.get("/")
@access.needs(Verb.CHECK_IN)
def search(slug: str) -> str | Response:
    """Search; somebody found alone is shown at once."""
    words = _meant(slug, request.args.get("q", "")[:300])
    if isinstance(words, int):
        return redirect(url_for("checkin.card", slug=slug, entry=words))
    people = checkin.find(the_house(), slug, words[:80]) if words.strip() else []
    if len(people) == 1:
        return redirect(url_for("checkin.card", slug=slug, entry=people[0].entries[0].id))
    arrived = attendance.bibs_here(the_house(), slug) if people else frozenset()
    return _page(slug, "checkin/search.html", words=words[:80], people=people, arrived=arrived)


def _meant(slug: str, scanned: str) -> str | int:
    """Say whom a scanned code means: an entry by its own link, a bib by its page, else words."""
    entry = entry_of(slug, scanned)
    if entry is not None:
        return entry
    page = _BIB_PAGE.search(scanned)
    return page[1] if page else scanned


@desk.get("/<int:entry>")
@access.needs(Verb.CHECK_IN)
def card(slug: str, entry: int) -> str:
    """Show the card of a person."""
    found = _known(slug, entry)
    return _card(slug, found, entry)


@desk.post("/<int:entry>")
@access.needs(Verb.CHECK_IN)
def act(slug: str, entry: int) -> str | Response | tuple[str, int]:
    """Do what the pressed button says; a refusal is shown on the card, with what was typed."""
    try:
        found = _done(slug, entry, request.form.get("do", ""))
    except Refusal as refusal:
        known = _known(slug, entry)
        sentences = [said(problem) for problem in refusal.problems]
        return _card(slug, known, entry, sentences), 422
    if found is None:
        return redirect(url_for("checkin.card", slug=slug, entry=entry))
    _tell(found)
    return redirect(url_for("checkin.search", slug=slug))


def _done(slug: str, entry: int, what: str) -> Card | None:
    """Do it; gives the card of somebody who is checked in now."""
    by, form, house = access.whoever(), request.form, the_house()
    if what == "change":
        typed, clashes = meanwhile.merged(_shown(_known(slug, entry)), form)
        meanwhile.hold(clashes)
        if amending.amend_at_desk(
            house, slug, _wanted(slug, entry, typed), reason=_reason(), author=by
        ):
            flash(_("Changed."))
        return None
    if what == "out":
        checkin.check_out(house, slug, entry, by=by)
        return None
    if bib := form.get("bib", "").strip():
        checkin.hand_out(house, slug, entry, bib, by=by)
    items = form.getlist("item") if what != "all" else form.getlist("asked")
    if items:
        checkin.confirm(house, slug, entry, items, by=by)
    return checkin.check_in(house, slug, entry, by=by) if what in ("in", "all") else None


def _tell(found: Card) -> None:
    """Say who is in, and what has to be seen of them yet."""
    flash(_("%(name)s is checked in.", name=found.person.name))
    entry = found.person.entries[0].id
    flash(url_for("checkin.card", slug=found.event.slug, entry=entry), "card")
    if found.missing:
        missing = ", ".join(_(ITEMS[code].word) for code in found.missing)
        flash(_("Still missing: %(items)s.", items=missing), "warning")


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())[:200]


def _known(slug: str, entry: int) -> Card:
    return checkin.card(the_house(), slug, entry) or abort(404, _("Nobody has this entry."))


def _shown(found: Card) -> dict[str, str]:
    """What the form of a change shows: name and club of the first entry, each contest."""
    first = found.person.entries[0]
    contests = {f"contest-{part.entry.id}": part.contest.code for part in found.parts}
    return {"name": first.name, "club": first.club, **contests}


def _wanted(slug: str, entry: int, typed: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What the form says of each entry of a person: name and club of all, the rest of each."""
    shared = {name: typed[name][:200] for name in ("name", "club") if name in typed}
    return {
        part.entry.id: shared | {
            name: value[:60] for name in ("contest", "wave")
            if (value := typed.get(f"{name}-{part.entry.id}", ""))
        }
        for part in _known(slug, entry).parts
    }  # fmt: skip


@desk.get("/absent")
@access.needs(Verb.CHECK_IN)
def absent(slug: str) -> str:
    """List who is not here yet, or, for the call room, who may not start yet and why."""
    contest, who = request.args.get("contest", "")[:60], request.args.get("who", "")
    listed = attendance.awaited if who == "unready" else attendance.absent
    cards = listed(the_house(), slug, contest)
    leaf = leaf_of(len(cards), asking.number("page", 1)) or abort(404)
    return _page(
        slug, "checkin/absent.html", cards=cards[leaf.first : leaf.first + LEAF], leaf=leaf,
        contest=contest, who=who, items=ITEMS,
    )  # fmt: skip


def _card(slug: str, found: Card, entry: int, problems: list[str] | None = None) -> str:
    drawn = {each.code for each in found.event.contests if first_round(each) is None}
    now, typed = _shown(found), request.form.copy()
    merged, _clashes = meanwhile.merged(now, request.form)
    for name in merged.keys() & now.keys() & typed.keys():
        typed[name] = merged[name]
    return _page(
        slug, "checkin/card.html", card=found, items=ITEMS, problems=problems or [],
        own_code=own_code(slug, entry), now=now, reasons=REASONS, typed=typed, drawn=drawn,
        doubtful=words.doubt, teams=[
            line_up(the_house(), slug, part.entry.id)
            for part in found.parts
            if part.contest.legs_of > 1
        ],
    )  # fmt: skip


def _page(slug: str, template: str, **values: object) -> str:
    event, counters = attendance.overview(the_house(), slug)
    return render_template(template, event=event, counters=counters, **values)
