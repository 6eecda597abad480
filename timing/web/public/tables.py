"""What is won and what is open: winners, prizes, teams, medals, records, who is still out."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from timing.core.rulebook.editions import edition_of
from timing.services.public import honours, onway, recordbook, shown
from timing.services.publications import excerpts, publishing
from timing.web.pages import the_house
from timing.web.public.legend import class_words

desk = Blueprint("tables", __name__)


@desk.get("/<slug>/<contest>/prizes")
def prizes(slug: str, contest: str) -> str:
    """Show the winners of categories and prizes, the teams and the legs of relays."""
    page = honours.honours(the_house(), slug, contest)
    if page is None:
        abort(404, _("There is no contest %(contest)s at %(slug)s.",
                     contest=contest[:60], slug=slug[:60]))  # fmt: skip
    classes = class_words(page.event, page.contest)
    return render_template("tables/prizes.html", page=page, classes=classes)


@desk.get("/<slug>/medals")
def medals(slug: str) -> str:
    """Show the medal table over delegations."""
    page = honours.medals(the_house(), slug) or _no_event(slug)
    return render_template("tables/medals.html", page=page)


@desk.get("/<slug>/records")
def records(slug: str) -> str:
    """Show the records that matter at the event, and who attacks them."""
    page = recordbook.record_page(the_house(), slug) or _no_event(slug)
    return render_template("tables/records.html", page=page)


@desk.get("/<slug>/on-course")
def on_course(slug: str) -> str:
    """Show who is still out."""
    page = onway.on_course(the_house(), slug) or _no_event(slug)
    return render_template("tables/on_course.html", page=page, most=onway.MOST)


@desk.get("/<slug>/<contest>/versions")
def versions(slug: str, contest: str) -> str:
    """Show what was published when, and what each version changed."""
    snapshot = shown.public(the_house(), slug) or _no_event(slug)
    found = snapshot.event.contest(contest)
    if found is None:
        abort(404, _("There is no contest %(contest)s at %(slug)s.",
                     contest=contest[:60], slug=slug[:60]))  # fmt: skip
    house = the_house()
    listed = [each for each in publishing.versions(house, slug) if each.contest == contest]
    changes = {
        each.version: excerpts.changes(house, snapshot, contest, each.version - 1, each.version)
        for each in listed
        if each.version > 1
    }
    states = [each.state for each in listed]
    editions = {each.version: edition_of(states[:n]) for n, each in enumerate(listed, 1)}
    return render_template(
        "tables/versions.html", event=snapshot.event, contest=found, versions=listed[::-1],
        changes=changes, editions=editions,
    )  # fmt: skip


def _no_event(slug: str) -> NoReturn:
    abort(404, _("There is no event called %(slug)s here.", slug=slug[:60]))
