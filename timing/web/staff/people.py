"""Two entrants who may be one person: somebody decides, and it is remembered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.services.entrants import people
from timing.services.entrants.entry_facts import facts_of
from timing.web import access
from timing.web.language import all_said
from timing.web.pages import the_house

desk = Blueprint("people", __name__, url_prefix="/staff/<slug>/people")
_SHOWN = 50


@desk.get("/")
@access.needs(Verb.ENTER)
def alike(slug: str) -> str:
    """List the pairs that nobody has decided on."""
    return _page(slug)


@desk.post("/")
@access.needs(Verb.ENTER)
def decide(slug: str) -> ResponseReturnValue:
    """Join two people, or remember that they are two."""
    one, other = (request.form.get(name, 0, type=int) for name in ("one", "other"))
    try:
        if request.form.get("do") == "join":
            people.join(the_house(), slug, one, other, by=access.whoever())
            flash(_("Noted as one person."))
        elif request.form.get("do") == "part":
            people.part(the_house(), slug, one, other, by=access.whoever())
            flash(_("Noted as two people."))
    except Refusal as refusal:
        return _page(slug, all_said(refusal)), 422
    return redirect(url_for(".alike", slug=slug))


def _page(slug: str, problems: list[str] | None = None) -> str:
    event = facts_of(the_house(), slug).event
    pairs = people.alike(the_house(), slug)
    return render_template(
        "people/alike.html", event=event, pairs=pairs[:_SHOWN], many=len(pairs),
        problems=problems or [],
    )  # fmt: skip
