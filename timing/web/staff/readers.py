"""Timing boxes: which are read, how they are doing, what could not be used, how to start one."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.core.setup.event import Event
from timing.files.feeds.bundle import zipped
from timing.files.feeds.lynx import ENCODINGS
from timing.services.office import setting_up
from timing.services.publications import exchange
from timing.services.readers import boxes
from timing.services.readers.boxes import Order
from timing.services.readers.running import Crew
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import tell

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
    return _page(slug, request.args, ())


@desk.post("/")
@access.needs(Verb.STATIONS)
def start(slug: str) -> ResponseReturnValue:
    """Let the server read a box, or only show the words that do it elsewhere."""
    form = request.form
    if form.get("step") != "start":
        return _page(slug, form, ())
    said = {key: form.get(key, "").strip()[:200] for key in ("format", "where", "point", "wave")}
    name = form.get("name", "").strip()[:60] or f"{said['format']} {said['where']} {said['point']}"
    order = Order(slug, said["format"], said["where"], said["point"], said["wave"], name)
    try:
        crew().start(order)
    except Refusal as refusal:
        return _page(slug, form, refusal.problems), 422
    tell(_("%(name)s is read by this server.", name=name), [])
    return redirect(url_for(".board", slug=slug))


@desk.post("/stop")
@access.needs(Verb.STATIONS)
def stop(slug: str) -> ResponseReturnValue:
    """Stop reading a box."""
    name = request.form.get("name", "")
    crew().stop(slug, name)
    tell(_("%(name)s is read no more.", name=name), [])
    return redirect(url_for(".board", slug=slug))


@desk.get("/lynx.zip")
@access.needs(Verb.STATIONS)
def lynx(slug: str) -> Response:
    """Give the start lists for FinishLynx, all or those of one contest or round."""
    contest, _slash, stage = request.args.get("races", "").partition("/")
    encoding = request.args.get("encoding", "utf-8")
    files = exchange.lynx_start_lists(the_house(), slug, contest, stage, encoding)
    answer = Response(zipped(files), mimetype="application/zip")
    name = "-".join(filter(None, (slug, contest, stage, "lynx")))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _races(event: Event) -> list[tuple[str, str]]:
    """What start lists may be asked for: contests, and rounds where there are several."""
    found = []
    for contest in event.contests:
        found.append((contest.code, contest.name))
        if len(contest.rounds) > 1:
            rounds = [(each.code, each.name or each.code) for each in contest.rounds]
            found += [
                (f"{contest.code}/{code}", f"{contest.name} · {name}") for code, name in rounds
            ]
    return found


def crew() -> Crew:
    """Give the readers of this server."""
    found: Crew = current_app.extensions.setdefault("readers", Crew(the_house()))
    return found


def _page(slug: str, asked: Mapping[str, str], problems: tuple[Problem, ...]) -> str:
    event = setting_up.loaded(the_house(), slug)
    cards = boxes.cards(the_house(), slug)
    return render_template(
        "readers/board.html", event=event, cards=cards, problems=problems,
        running={card.reader.name for card in cards if crew().runs(slug, card.reader.name)},
        live=boxes.live_formats(), formats=boxes.formats(),
        races=_races(event), encodings=[(each, each.upper()) for each in ENCODINGS],
        asked=asked, command=_command(slug, asked),
        points=[(point.code, point.name) for point in event.points],
        waves=[(wave.code, wave.name) for wave in event.waves],
        words={point.code: point.name for point in event.points},
    )  # fmt: skip


def _command(slug: str, asked: Mapping[str, str]) -> str:
    """Give the command line of what was asked for; "" before everything is said."""
    said = {key: asked.get(key, "").strip()[:200] for key in ("format", "where", "point")}
    if not all(said.values()):
        return ""
    words = ["timing", "reader", said["format"], said["where"]]
    words += ["--event", slug, "--point", said["point"]]
    for option in ("wave", "name"):
        if value := asked.get(option, "").strip()[:60]:
            words += [f"--{option}", value]
    return shlex.join(words)
