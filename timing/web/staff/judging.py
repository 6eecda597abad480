"""The judge's page on a phone, and the referee's list of proposals."""

from __future__ import annotations

import re

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, lazy_gettext

from timing.core.clock import Instant
from timing.core.permissions import Verb, may
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.rulesets import Infraction, text_in
from timing.services.raceday import judging
from timing.services.raceday.judging import Report, Sent
from timing.web import access
from timing.web.language import said as told
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import line_of
from timing.web.staff.office import Door

desk = Blueprint("judging", __name__, url_prefix="/staff/<slug>/judge")
office.DOORS.append(
    Door(
        "judging.page", Verb.JUDGE, lazy_gettext("Judge"),
        lazy_gettext("Write down what you see on the course."),
    )
)  # fmt: skip
_DEVICE, _NUMBER = re.compile(r"judge-[0-9a-f]{24}"), re.compile(r"[1-9]\d{0,8}")
_STAMP = re.compile(r"\d{1,17}")


@desk.get("")
@access.needs(Verb.JUDGE)
def page(slug: str) -> str:
    """Show the form and the log."""
    return _page(slug, Report("", ""), ())


@desk.post("")
@access.needs(Verb.JUDGE)
def report(slug: str) -> ResponseReturnValue:
    """Write a report down; a device with scripts has kept it, and asks in JSON."""
    form, scripted = request.form, request.accept_mimetypes.best == "application/json"
    said = Report(
        form.get("bib", "").strip(), form.get("code", ""), form.get("post", "").strip()[:30],
        form.get("note", "").strip()[:200],
    )  # fmt: skip
    try:
        judging.report(the_house(), slug, said, access.whoever(), _sent())
    except Refusal as refusal:
        if scripted:
            return jsonify(problems=[told(problem) for problem in refusal.problems]), 422
        return _page(slug, said, refusal.problems), 422
    if scripted:
        return jsonify(kept=said.bib)
    return redirect(url_for(".page", slug=slug, post=said.post, kept=said.bib))


def _sent() -> Sent | None:
    """Read how the device has numbered and stamped its report."""
    device, n, at = (request.form.get(name, "") for name in ("device", "n", "at"))
    if not _DEVICE.fullmatch(device) or not _NUMBER.fullmatch(n):
        return None
    return Sent((device, int(n)), Instant(int(at)) if _STAMP.fullmatch(at) else None)


@desk.post("/back")
@access.needs(Verb.JUDGE)
def take_back(slug: str) -> ResponseReturnValue:
    """Take an own report back."""
    line = line_of(request.form.get("line", ""))
    judging.take_back(the_house(), slug, line, access.whoever())
    return redirect(url_for(".page", slug=slug, post=request.form.get("post", "")))


@desk.get("/proposals")
@access.needs(Verb.RULE)
def proposals(slug: str) -> str:
    """Show what waits for the referee."""
    found = judging.log(the_house(), slug)
    return render_template("judging/proposals.html", event=found.event, log=found, text=_text)


def _page(slug: str, said: Report, problems: tuple[Problem, ...]) -> str:
    found = judging.log(the_house(), slug)
    somebody = access.present()
    return render_template(
        "judging/page.html", event=found.event, log=found, said=said, problems=problems,
        infractions=judging.infractions().values(), text=_text,
        post=said.post or request.args.get("post", ""), kept=request.args.get("kept", ""),
        referee=somebody is not None and may(somebody.role, Verb.RULE),
    )  # fmt: skip


def _text(entry: judging.Entry | Infraction) -> str:
    """Say an infraction in the reader's language."""
    known = entry.infraction if isinstance(entry, judging.Entry) else entry
    if known is None:
        return entry.code
    return text_in(known.text, str(get_locale() or "en"))
