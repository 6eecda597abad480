"""The page of a volunteer's phone at a timing point, and the address to which its lines go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing import resources
from timing.services.office import stations
from timing.services.office.stations import Permit
from timing.services.raceday import capture, expecting
from timing.services.raceday.capture import NoBatchError, Receipt
from timing.web import notices
from timing.web.errors import problem
from timing.web.pages import the_house

desk = Blueprint("capture", __name__)
_TEXTS: Mapping[str, Any] = {
    "saved": lazy_gettext("saved here"),
    "sent": lazy_gettext("sent"),
    "accepted": lazy_gettext("accepted"),
    "look": lazy_gettext("look at this"),
    "undone": lazy_gettext("taken back"),
    "noBib": lazy_gettext("no bib"),
    "noTime": lazy_gettext("no time"),
    "unknown": lazy_gettext("unknown bib"),
    "addBib": lazy_gettext("add bib"),
    "otherBib": lazy_gettext("other bib"),
    "unsent": lazy_gettext("%d not sent yet, safe on this device."),
    "allSent": lazy_gettext("Everything sent and accepted."),
    "offline": lazy_gettext("No connection; go on working."),
    "kept": lazy_gettext("Your lines stay on this device."),
    "notSaved": lazy_gettext("NOT SAVED: the storage of this device is full or closed."),
    "clock": lazy_gettext("clock %s s off, corrected"),
    "clockGood": lazy_gettext("clock ±%s s"),
    "halfRead": lazy_gettext("read in part"),
    "clockWild": lazy_gettext(
        "The clock of this device is %s off. Times are corrected; please set it."
    ),
    "noClock": lazy_gettext("clock not compared yet"),
    "record": lazy_gettext("TIME"),
    "recordBib": lazy_gettext("TIME for %s"),
    "bibOnly": lazy_gettext("BIB"),
    "otherWhy": lazy_gettext("change"),
    "note": lazy_gettext("note"),
    "keep": lazy_gettext("Save"),
    "takeBack": lazy_gettext("take back"),
    "lap": lazy_gettext("lap %s"),
    "lapOf": lazy_gettext("lap %s of %s"),
    "finish": lazy_gettext("last time here"),
    "tooMany": lazy_gettext("more than %s laps"),
    "bell": lazy_gettext("ring the bell"),
    "lapped": lazy_gettext("%s lap behind"),
    "lappedBy": lazy_gettext("%s laps behind"),
    "lappedSoon": lazy_gettext("is being lapped"),
}
"""The words that the page shows by itself."""


@desk.get("/s/<token>")
def station(token: str) -> ResponseReturnValue:
    """Open the station of a link."""
    permit = stations.permit(the_house(), token)
    if permit.desk == stations.CHECK_IN:
        return redirect(url_for("desk_link.page", token=token))
    if permit.desk in ("announcer", "screen"):
        return redirect(url_for(f"announcing.{permit.desk}", token=token))
    snapshot = the_house().live.snapshot(permit.slug)
    if snapshot is None:
        abort(404)
    point = next((each for each in snapshot.event.points if each.code == permit.point), None)
    if point is None:
        abort(404, _("This link is for no timing point of the event."))
    return render_template(
        "capture/station.html",
        event=snapshot.event,
        point=point,
        permit=permit,
        token=token,
        texts={name: str(text) for name, text in _TEXTS.items()},
    )


@desk.get("/s/worker.js")
def worker() -> Response:
    """Give the script that keeps the page when there is no network (secure contexts only)."""
    folder = resources.folder("static") / "js" / "capture"
    return send_from_directory(folder, "worker.js", mimetype="text/javascript", max_age=0)


@desk.post("/api/v1/stations/lines")
def take() -> ResponseReturnValue:
    """Take lines down; the answer names each of them with what became of it."""
    permit = _permit()
    try:
        batch = capture.read_batch(request.get_data())
    except NoBatchError as error:
        expected = _("Expected the id of a station, 8 to 64 characters, and at most 1000 lines.")
        return problem(400, _("This is no batch of lines"), expected, reason=str(error))
    house = the_house()
    receipts = [_told(receipt) for receipt in capture.take(house, permit, batch)]
    # Only a sign of life asks what the device is called: it costs the lines nothing.
    name = "" if batch.lines else stations.name_of(house, permit.event, batch.station)
    return jsonify(receipts=receipts, server_time=house.clock(), name=name)


def _told(receipt: Receipt) -> dict[str, Any]:
    """Say in the reader's language what is wrong; the exact reason stands beside the kept line."""
    wrong = _("This line cannot be read; it is kept as it came.") if receipt.sentence else ""
    return receipt._replace(sentence=wrong)._asdict()


@desk.get("/api/v1/stations/expected")
def expected() -> Response:
    """List who may come to the timing point of the link, who comes next first; what is off."""
    permit = _permit()
    people = expecting.expected(the_house(), permit)
    told = {"people": people, "notices": notices.told_to_devices(permit.slug)}
    return Response(msgspec.json.encode(told), mimetype="application/json")


@desk.get("/api/v1/clock")
def clock() -> Response:
    """Give the time of the server in microseconds since 1970, to compare a device's clock with."""
    answer = jsonify(server_time=the_house().clock())
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _permit() -> Permit:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401, _("The link of the station is missing; open it again."))
    found = stations.permit(the_house(), token)
    if not found.writes:
        abort(403, _("This link is for another desk."))
    return found
