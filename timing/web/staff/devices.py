"""Stations: links and QR codes for volunteers, and how their devices are doing."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.services.office import setting_up, stations
from timing.web import access
from timing.web.language import said
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.qr import qr_code

desk = Blueprint("devices", __name__, url_prefix="/staff/<slug>/stations")

office.DOORS.append(
    office.Door(
        "devices.board", Verb.STATIONS, lazy_gettext("Stations"),
        lazy_gettext("Links and QR codes for volunteers; who is alive and what is unsent."),
    )
)  # fmt: skip
DESK_PLACES = {"check-in": lazy_gettext("Check-in desk")}
"""Desks that a link may open, besides the timing points of the event."""
_DESK = "desk:"


@desk.get("/")
@access.needs(Verb.STATIONS)
def board(slug: str) -> str:
    """Show links and devices."""
    return _page(slug)


@desk.post("/")
@access.needs(Verb.STATIONS)
def change(slug: str) -> ResponseReturnValue:
    """Make a link, which is shown once, or close one."""
    if request.form.get("do") == "revoke":
        known = {link.token_hash for link in stations.links(the_house(), slug)}
        if request.form.get("link", "") in known:
            stations.revoke(the_house(), request.form["link"])
            flash(_("The link is closed."))
        return redirect(url_for(".board", slug=slug))
    place, name = request.form.get("place", ""), request.form.get("name", "").strip()[:60]
    try:
        token = _make(slug, place, name)
    except Refusal as refusal:
        return _page(slug, problems=[said(problem) for problem in refusal.problems]), 422
    return _page(slug, address=url_for("capture.station", token=token, _external=True), name=name)


def _make(slug: str, place: str, name: str) -> str:
    event = setting_up.loaded(the_house(), slug)
    if not name:
        raise Refusal(Problem("name", _("Say who gets the link, so that it can be closed.")))
    if place.startswith(_DESK) and place.removeprefix(_DESK) in DESK_PLACES:
        at = {"desk": place.removeprefix(_DESK)}
    elif place in {point.code for point in event.points}:
        at = {"point": place}
    else:
        raise Refusal(Problem("place", _("Choose a timing point or a desk.")))
    return stations.make_link(the_house(), slug, name, access.whoever(), **at)


def _page(
    slug: str, *, problems: list[str] | None = None, address: str = "", name: str = ""
) -> str:
    house = the_house()
    event = setting_up.loaded(house, slug)
    places = [(f"{_DESK}{code}", word) for code, word in DESK_PLACES.items()]
    places += [(point.code, point.name) for point in event.points if point.code != "check-in"]
    words = dict(places) | DESK_PLACES
    code = qr_code(address) if address else ""
    return render_template(
        "devices/board.html", event=event, links=stations.links(house, slug),
        devices=stations.devices(house, slug), places=places, words=words, now=house.clock(),
        problems=problems or [], address=address, name=name, typed=request.form,
        code=code, alone=address and opens_here_only(address),
    )  # fmt: skip


def opens_here_only(address: str) -> bool:
    """Whether an address leads a phone to itself instead of to this computer."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
