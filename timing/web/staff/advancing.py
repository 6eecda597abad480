"""The next round: who goes on, and the start list that follows from it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from timing.core.permissions import Verb
from timing.services.raceday import advancing
from timing.services.rulings import rule
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff.decide import tell

desk = Blueprint("advancing", __name__, url_prefix="/staff/<slug>/rounds")


@desk.get("")
@access.needs(Verb.LOOK)
def choose(slug: str) -> str:
    """List the rounds that another one follows."""
    event, rounds = advancing.rounds(the_house(), slug)
    return render_template("advancing/choose.html", event=event, rounds=rounds)


@desk.get("/<contest>/<code>")
@access.needs(Verb.LOOK)
def following(slug: str, contest: str, code: str) -> str:
    """Show who goes on, with heat and lane."""
    found = advancing.next_round(the_house(), slug, contest, code, request.args.get("seed", ""))
    return render_template("advancing/round.html", event=found.event, found=found)


@desk.post("/<contest>/<code>")
@access.needs(Verb.RULE)
def fill(slug: str, contest: str, code: str) -> ResponseReturnValue:
    """Put the qualifiers on the next start list."""
    seed = request.form.get("seed", "")[:200]
    found = advancing.next_round(the_house(), slug, contest, code, seed)
    acts = advancing.acts_of(the_house(), found)
    reason = _("Qualified; lots drawn with the seed: %(seed)s", seed=found.seed)
    lines = rule(the_house(), slug, acts, reason=reason, author=access.whoever())
    tell(_("The start list of %(round)s is written.", round=found.following.name), lines)
    return redirect(url_for(".following", slug=slug, contest=contest, code=code, seed=found.seed))
