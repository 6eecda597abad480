"""Other systems that are told of publications and changed results: who, and what they answered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext
from werkzeug.wrappers import Response

from timing.core.permissions import Verb
from timing.core.refusal import Refusal
from timing.services.office import setting_up, telling, webhooks
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff import office

desk = Blueprint("webhooks", __name__, url_prefix="/staff/<slug>/webhooks")

office.DOORS.append(
    office.Door(
        "webhooks.board", Verb.SET_UP, lazy_gettext("Other systems"),
        lazy_gettext("Who is told of new results by itself, and what they answered."),
    )
)  # fmt: skip


@desk.get("/")
@access.needs(Verb.SET_UP)
def board(slug: str) -> str:
    """List the addresses and the last posts with their answers."""
    return _board(slug)


@desk.post("/")
@access.needs(Verb.SET_UP)
def add(slug: str) -> str | tuple[str, int]:
    """Tell an address from now on; its secret is shown once."""
    url = request.form.get("url", "").strip()
    try:
        hook = webhooks.add(the_house(), slug, url, access.whoever())
    except Refusal:
        error = _("That is no address to post to; expected one such as https://host/path.")
        return _board(slug, url=url, error=error), 422
    return _board(slug, new=hook)


@desk.post("/<int:number>/try")
@access.needs(Verb.SET_UP)
def test(slug: str, number: int) -> Response:
    """Post to an address at once, and say what it answered."""
    answer = telling.test(the_house(), slug, number, telling.post)
    if not answer.status:
        flash(_("Number %(number)d: nobody answers there.", number=number), "bad")
    elif answer.fault:
        flash(_("Number %(number)d answered %(status)d; expected 200 to 299.",
                number=number, status=answer.status), "bad")  # fmt: skip
    else:
        flash(_("Number %(number)d answered %(status)d. It works.",
                number=number, status=answer.status))  # fmt: skip
    return _back(slug)


@desk.post("/<int:number>/switch")
@access.needs(Verb.SET_UP)
def switch(slug: str, number: int) -> Response:
    """Tell an address no longer, or again."""
    on = request.form.get("on") == "yes"
    webhooks.switch(the_house(), slug, number, on=on)
    flash(_("Switched on.") if on else _("Switched off."))
    return _back(slug)


@desk.post("/<int:number>/remove")
@access.needs(Verb.SET_UP)
def remove(slug: str, number: int) -> Response:
    """Forget an address and its posts."""
    webhooks.remove(the_house(), slug, number)
    flash(_("Removed."))
    return _back(slug)


def _board(
    slug: str, *, new: webhooks.HookRow | None = None, url: str = "", error: str = ""
) -> str:
    return render_template(
        "webhooks/board.html", event=setting_up.loaded(the_house(), slug), new=new, url=url,
        error=error, hooks=webhooks.listed(the_house(), slug),
        posts=webhooks.posts(the_house(), slug),
    )  # fmt: skip


def _back(slug: str) -> Response:
    return redirect(url_for("webhooks.board", slug=slug), 303)
