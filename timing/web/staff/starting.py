"""Start control: one key a gun, starts noted late, recalls, offsets."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext, ngettext

from timing.core.clock import SECOND, Duration, Instant
from timing.core.journal.rulings import Act
from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal, refused
from timing.core.whole_number import whole
from timing.services.raceday import starting
from timing.services.raceday.starting import Board, Press, WaveCard
from timing.services.raceday.wall_time import said_ago, said_time
from timing.web import access
from timing.web.pages import clock_time, the_house
from timing.web.staff import office
from timing.web.staff.decide import ASKED, Question, look_or_do, tell
from timing.web.staff.office import Door
from timing.web.staff.spans import in_minutes, in_words

desk = Blueprint("starting", __name__, url_prefix="/staff/<slug>/start")
office.DOORS.append(
    Door(
        "starting.board", Verb.START, lazy_gettext("Start"),
        lazy_gettext("Guns, false starts, starts noted late."),
    )
)  # fmt: skip


@desk.get("")
@access.needs(Verb.START)
def board(slug: str) -> str:
    """Show the waves, the next one armed."""
    return _page(starting.board(the_house(), slug))


@desk.get("/state")
@access.needs(Verb.START)
def state(slug: str) -> ResponseReturnValue:
    """Say which waves have started or are called off: every screen at the start shows the same."""
    found = starting.board(the_house(), slug)
    guns = {card.wave.code: card.gun for card in found.waves}
    fates = {card.wave.code: card.called_off.fate for card in found.waves if card.called_off}
    return jsonify(guns=guns, fates=fates, server_time=found.now)


@desk.post("/<wave>/gun")
@access.needs(Verb.START)
def gun(slug: str, wave: str) -> ResponseReturnValue:
    """Start a wave: now, or when its key was pressed on the device.

    A device with scripts has asked by itself whether a start before its time is meant; the others
    are asked here, once.
    """
    found = starting.board(the_house(), slug)
    card, scripted = _card(found, wave), request.accept_mimetypes.best == "application/json"
    due = card.due or found.now
    if found.now < due and card.gun is None and not scripted and "sure" not in request.form:
        return _page(found, asked=wave)
    at = starting.fire(the_house(), slug, wave, _press(found), access.whoever())
    if scripted:
        return jsonify(gun=at)
    card = _card(starting.board(the_house(), slug), wave)
    tell(_("%(wave)s has started.", wave=card.wave.name), [card.gun_line] if card.gun_line else [])
    return redirect(url_for(".board", slug=slug))


@desk.post("/<wave>/time")
@access.needs(Verb.START)
def time(slug: str, wave: str) -> ResponseReturnValue:
    """Note a start late, or correct it: so long ago, or at a time of day."""
    found = starting.board(the_house(), slug)
    card = _card(found, wave)
    title = _("Start of %(wave)s", wave=card.wave.name)
    reasons = (_("Gun missed"), _("Seen on the video"), _("Time of the starter"))
    question = Question(found.event, title, url_for(".board", slug=slug), reasons)

    def acts() -> list[Act]:
        return starting.gun_acts(the_house(), slug, wave, _said(found))

    return look_or_do(question, acts)


@desk.post("/<wave>/recall")
@access.needs(Verb.START)
def recall(slug: str, wave: str) -> ResponseReturnValue:
    """Call a wave back after a false start."""
    found = starting.board(the_house(), slug)
    card = _card(found, wave)
    bibs = request.form.get("bibs", "").replace(",", " ").split()
    title = _("False start of %(wave)s", wave=card.wave.name)
    reasons = (_("Moved before the gun"), _("Disturbance"), _("Fault of the starter"))
    question = Question(found.event, title, url_for(".board", slug=slug), reasons)
    return look_or_do(question, lambda: starting.recall_acts(the_house(), slug, wave, bibs))


@desk.post("/<wave>/offsets")
@access.needs(Verb.START)
def offsets(slug: str, wave: str) -> ResponseReturnValue:
    """Set how long after the gun each starter left."""
    found = starting.board(the_house(), slug)
    card = _card(found, wave)
    text = request.form.get("offsets", "")
    lines = sum(bool(line.strip()) for line in text.splitlines())
    title = ngettext(
        "Start offsets of %(wave)s, %(num)d starter",
        "Start offsets of %(wave)s, %(num)d starters", lines, wave=card.wave.name,
    )  # fmt: skip
    reasons = (_("Pursuit start"), _("Individual start"))
    question = Question(found.event, title, url_for(".board", slug=slug), reasons)
    return look_or_do(question, lambda: starting.offset_acts(the_house(), slug, wave, text))


def _page(found: Board, asked: str = "") -> str:
    return render_template(
        "starting/board.html", event=found.event, board=found, asked=asked, span=in_words,
        minutes=in_minutes,
    )  # fmt: skip


def _press(found: Board) -> Press:
    """Read the press of a device; one that asked first says when it was pressed at first."""
    if "stamp" not in request.form:
        return Press()
    if not request.form.get("offset"):
        return Press(Instant(_micros("stamp")), remark=_asked(found, Duration(0)))
    offset = Duration(_micros("offset"))
    sent = Instant(_micros("sent")) if request.form.get("sent") else None
    return Press(Instant(_micros("stamp")), offset, sent, _asked(found, offset))


def _asked(found: Board, offset: Duration) -> str:
    if not request.form.get("first"):
        return ""
    at = Instant(_micros("first") + offset)
    tenth = at // (SECOND // 10) % 10
    time = f"{clock_time(at, found.event.timezone)}.{tenth}"
    return str(_("Before its time: pressed at %(time)s, asked, then confirmed.", time=time))


def _said(found: Board) -> Instant:
    """Read the moment of a form; "ago" counts from the first look and does not go on running."""
    ago, day = request.form.get("ago", "").strip(), request.form.get("day", "").strip()
    if ago:
        since = whole(request.form.get(ASKED, ""), 18)
        now = the_house().clock() if since is None else Instant(since)
        return said_ago(ago, now)
    if day:
        return said_time(day, found.event.timezone, the_house().clock())
    sentence = _("Say how long ago it was, or the time of day.")
    raise Refusal(Problem("time", sentence))


def _card(found: Board, wave: str) -> WaveCard:
    for card in found.waves:
        if card.wave.code == wave:
            return card
    raise refused("unknown-wave", "there is no wave {wave!r} at this event", wave=wave)


def _micros(field: str) -> int:
    text = request.form.get(field, "") or "0"
    found = whole(text.removeprefix("-"), 18)
    if found is None:
        raise refused(field, "{text!r} is no number of microseconds", text=text[:20])
    return -found if text.startswith("-") else found
