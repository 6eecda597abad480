"""Timing boxes: which are read, how they are doing, what could not be used, how to start one."""

from __future__ import annotations

import shlex

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext

from timing.core.permissions import Verb
from timing.services.office import setting_up
from timing.services.readers import boxes
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office

desk = Blueprint("readers", __name__, url_prefix="/staff/<slug>/readers")

office.DOORS.append(
    office.Door(
        "readers.board", Verb.STATIONS, lazy_gettext("Timing boxes"),
        lazy_gettext("Boxes and files that are read, and lines that could not be used."),
    )
)  # fmt: skip


@desk.get("/")
@access.needs(Verb.STATIONS)
def board(slug: str) -> str:
    """Show the readers, and the words that start another one on the computer at the box."""
    event = setting_up.loaded(the_house(), slug)
    return render_template(
        "readers/board.html", event=event, cards=boxes.cards(the_house(), slug),
        formats=boxes.formats(), asked=request.args, command=_command(slug),
        points=[(point.code, point.name) for point in event.points],
        waves=[(wave.code, wave.name) for wave in event.waves],
        words={point.code: point.name for point in event.points},
    )  # fmt: skip


def _command(slug: str) -> str:
    """Give the command line of what was asked for; "" before everything is said."""
    said = {key: request.args.get(key, "").strip()[:200] for key in ("format", "where", "point")}
    if not all(said.values()):
        return ""
    words = ["timing", "reader", said["format"], said["where"]]
    words += ["--event", slug, "--point", said["point"]]
    for option in ("wave", "name"):
        if value := request.args.get(option, "").strip()[:60]:
            words += [f"--{option}", value]
    return shlex.join(words)
