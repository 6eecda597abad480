"""Check-in with a link: a desk that works without the network, and the entrant's own phone."""

from __future__ import annotations

import re

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup

from timing.core.refusal import Refusal
from timing.core.telling.checkin import ITEMS
from timing.services.entrants import checkin, desk_link
from timing.services.office import setting_up, stations
from timing.services.office.stations import Permit
from timing.web import notices
from timing.web.language import all_said
from timing.web.pages import the_house
from timing.web.staff.qr import qr_code

desk = Blueprint("desk_link", __name__)
PLACE = "check-in"
_HERE = "checked-in-already"
_OWN = re.compile(r"/s/([^/?#\s]+)/me")


@desk.get("/s/<token>/checkin")
def page(token: str) -> str:
    """Open the check-in desk of a link."""
    permit = _right(stations.permit(the_house(), token))
    event = setting_up.loaded(the_house(), permit.slug)
    words = {code: {"word": _(item.word), "sentence": _(item.sentence)}
             for code, item in ITEMS.items()}  # fmt: skip
    return render_template(
        "checkin/station.html", event=event, permit=permit, token=token, texts=_texts(), words=words
    )


@desk.get("/api/v1/stations/people")
def people() -> Response:
    """List everybody for the device of a check-in desk, and what is called off."""
    _scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    permit = _right(stations.permit(the_house(), token))
    found = desk_link.everybody(the_house(), permit.slug)
    told = notices.told_to_devices(permit.slug)
    answer = jsonify(people=[person._asdict() for person in found], notices=told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.route("/s/<key>/me", methods=["GET", "POST"])
def oneself(key: str) -> ResponseReturnValue:
    """Let an entrant say that they are here, where the organiser allows it."""
    slug, entry = _opened(key)
    event = setting_up.loaded(the_house(), slug)
    if not event.self_checkin:
        abort(403, _("Please come to the check-in desk; checking in by phone is switched off."))
    problem = ""
    if request.method == "POST":
        try:
            checkin.check_in(the_house(), slug, entry, by="self")
        except Refusal as refusal:
            problem = "\n".join(all_said(refusal))
            known = {each.code for each in refusal.problems}
        else:
            known = {_HERE}
        if known == {_HERE}:  # pressed twice is here once, and a reload asks nothing
            return redirect(url_for(".oneself", key=key), 303)
    card = checkin.card(the_house(), slug, entry) or abort(404)
    shown = render_template(
        "checkin/oneself.html", event=event, card=card, items=ITEMS, problem=problem
    )
    answer = Response(shown, 422 if problem else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def own_address(slug: str, entry: int) -> str:
    """Give the address at which an entrant checks in."""
    return url_for("desk_link.oneself", key=_keys().dumps([slug, entry]), _external=True)


def entry_of(slug: str, scanned: str) -> int | None:
    """Give the entry of this event whose own address was scanned, None for any other text."""
    found = _OWN.search(scanned)
    if found is None:
        return None
    try:
        named, entry = _keys().loads(found[1])
    except (BadSignature, ValueError):
        return None
    return int(entry) if named == slug else None


def own_code(slug: str, entry: int) -> Markup:
    """Draw it as a QR code."""
    return qr_code(own_address(slug, entry))


def _opened(key: str) -> tuple[str, int]:
    try:
        slug, entry = _keys().loads(key)
    except (BadSignature, ValueError):
        abort(404, _("This is no link to check in with."))
    return str(slug), int(entry)


def _keys() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="self-checkin")


def _right(permit: Permit) -> Permit:
    if permit.desk != PLACE:
        abort(403, _("This link is for another desk."))
    return permit


def _texts() -> dict[str, str]:
    """Give the words that the page shows by itself."""
    return {
        "unsent": _("%d not sent yet, safe on this device."),
        "allSent": _("Everything sent and accepted."),
        "offline": _("No connection; go on working."),
        "kept": _("Your lines stay on this device."),
        "notSaved": _("NOT SAVED: the storage of this device is full or closed."),
        "loading": _("The list of entrants is loading."),
        "people": _("%d people on this device"),
        "nobody": _("Nobody found."),
        "here": _("HERE"),
        "hereAlready": _("here"),
        "ready": _("READY"),
        "missing": _("MISSING"),
        "notHere": _("NOT HERE YET"),
        "noBib": _("No bib yet: send them to the office desk."),
        "checkIn": _("Check in"),
        "allSeen": _("All seen: check in"),
        "allSeenHere": _("All seen"),
        "asTicked": _("Only what is ticked"),
        "by": _("Checked in by %s."),
        "elsewhere": _("%s was checked in at another desk, too: %s. The earlier one counts."),
        "undo": _("Not here after all"),
        "done": _("%s is checked in."),
        "undone": _("Taken back for %s."),
        "cancel": _("Cancel (Esc)"),
        "camera": _("Read a code with the camera"),
    }
