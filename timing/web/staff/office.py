"""The staff's front door: the events, and for each the desks that one's role may use."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import ALLOWED, Role, Verb, may
from timing.services.public import results
from timing.web import access
from timing.web.pages import the_house

desk = Blueprint("office", __name__, url_prefix="/staff")


class Door(NamedTuple):
    """The way to a desk of an event. endpoint: a view that takes the slug."""

    endpoint: str
    verb: Verb
    name: str
    about: str


DOORS: list[Door] = [
    Door(
        "results.event", Verb.LOOK, lazy_gettext("Results"),
        lazy_gettext("What runners and spectators see."),
    ),
]  # fmt: skip
"""All desks; a blueprint adds its own."""

PHASES = (
    (
        lazy_gettext("Before the day"),
        ("setting_up", "entries", "numbering", "printroom", "devices", "readers"),
    ),
    (
        lazy_gettext("On the day"),
        ("checkin", "starting", "judging", "officials", "grids", "publishing", "results",
         "announcing", "calling_off"),
    ),
    (lazy_gettext("Besides"), ("privacy", "webhooks")),
)  # fmt: skip
"""When the desks are needed, each in its order; others come behind the last."""


def _when(door: Door) -> tuple[int, int]:
    """Give the phase of a desk and its place in it."""
    word = door.endpoint.partition(".")[0]
    last = (len(PHASES) - 1, len(DOORS))
    places = ((n, desks.index(word)) for n, (_name, desks) in enumerate(PHASES) if word in desks)
    return next(places, last)


class Way(NamedTuple):
    """A door as somebody sees it."""

    address: str
    name: str
    about: str


@desk.get("/")
@access.needs(Verb.LOOK)
def home() -> str:
    """List the events, hidden ones too."""
    somebody = access.present()
    verbs = ALLOWED[Role(somebody.role)] if somebody is not None else frozenset()
    events = results.all_events(the_house())
    return render_template("office/home.html", events=events, verbs=verbs)


@desk.get("/<slug>/")
@access.needs(Verb.LOOK)
def event(slug: str) -> str:
    """Show the desks of an event."""
    snapshot = the_house().live.snapshot(slug, fresh=True)
    if snapshot is None:
        abort(404, _("There is no event called %(slug)s here.", slug=slug[:60]))
    somebody = access.present()
    doors = [each for each in DOORS if somebody is not None and may(somebody.role, each.verb)]
    phases = [
        (PHASES[phase][0], [Way(url_for(each.endpoint, slug=slug), each.name, each.about)
                            for each in desks])
        for phase, desks in groupby(sorted(doors, key=_when), key=lambda door: _when(door)[0])
    ]  # fmt: skip
    return render_template("office/event.html", event=snapshot.event, phases=phases)
