"""Signing in and out, and the accounts of the race office."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext, ngettext
from werkzeug.wrappers import Response

from timing.core.clock import SECOND
from timing.core.permissions import ALLOWED, Role, Verb
from timing.core.refusal import Problem, Refusal
from timing.services.office import accounts
from timing.services.office.throttle import Throttle
from timing.web import access, interrupted
from timing.web.language import said
from timing.web.page_rules import asked_from
from timing.web.pages import the_house

desk = Blueprint("accounts", __name__, url_prefix="/staff")

ROLE_WORDS = {
    "administrator": lazy_gettext("Administrator: everything, accounts too"),
    "organiser": lazy_gettext("Organiser: everything but accounts"),
    "timer": lazy_gettext("Timer: starts, capture, decisions, publishing"),
    "desk": lazy_gettext("Desk: entries and check-in"),
    "judge": lazy_gettext("Judge: cautions and disqualifications"),
    "announcer": lazy_gettext("Announcer: looks and speaks"),
}


@desk.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and password; who guesses has to wait longer and longer."""
    if request.method == "GET":
        return interrupted.sign_in_page(None)
    kept, house, name = interrupted.carried(), the_house(), request.form.get("name", "")
    keys = (f"name:{name[:60]}", f"from:{asked_from()[:60]}")
    wait = _throttle().wait(keys, house.clock())
    if wait:
        seconds = -(-wait // SECOND)
        error = ngettext(
            "Too many wrong passwords. Please wait %(num)d second.",
            "Too many wrong passwords. Please wait %(num)d seconds.",
            seconds,
        )
        return interrupted.sign_in_page(kept, error, name), 429
    somebody = accounts.sign_in(house, name, request.form.get("password", ""))
    if somebody is None:
        _throttle().wrong(keys, house.clock())
        error = _("Name or password is not right.")
        return interrupted.sign_in_page(kept, error, name), 401
    _throttle().right(keys[0])
    access.enter(somebody)
    if kept is not None:
        return interrupted.once_more(kept)
    return redirect(_inside(request.args.get("next", "")))


@desk.post("/sign-out")
def sign_out() -> Response:
    """Leave this device, or all devices."""
    somebody = access.present()
    if somebody is not None and request.form.get("everywhere"):
        accounts.sign_out_everywhere(the_house(), somebody.name)
    access.leave()
    return redirect(url_for("accounts.sign_in"))


@desk.get("/accounts")
@access.needs(Verb.ACCOUNTS)
def everybody() -> str:
    """List the accounts, and who may do what."""
    return _page()


@desk.post("/accounts")
@access.needs(Verb.ACCOUNTS)
def change() -> ResponseReturnValue:
    """Add an account, or change one. A new password is shown on the answer and never again."""
    name, role = request.form.get("name", "").strip(), request.form.get("role", "")
    password = ""
    house = the_house()
    try:
        match request.form.get("do"):
            case "add":
                password = accounts.add(house, name, role)
            case "role":
                _not_oneself(name)
                accounts.set_role(house, name, role)
                flash(_("%(name)s has another role now.", name=name))
            case "password":
                password = accounts.renew_password(house, name)
            case "out":
                accounts.sign_out_everywhere(house, name)
                flash(_("%(name)s is signed out everywhere.", name=name))
            case "close":
                _not_oneself(name)
                accounts.disable(house, name)
                flash(_("%(name)s may not sign in any more.", name=name))
            case _:
                pass
    except Refusal as refusal:
        return _page(problems=[said(problem) for problem in refusal.problems]), 422
    if password:
        return _page(name=name, password=password)
    return redirect(url_for(".everybody"))


def _not_oneself(name: str) -> None:
    """Nobody locks themselves out: the last administrator would be gone."""
    if name == access.whoever():
        sentence = _("You cannot do this to your own account; ask another administrator.")
        raise Refusal(Problem("oneself", sentence))


def _page(*, problems: list[str] | None = None, name: str = "", password: str = "") -> str:
    return render_template(
        "accounts/list.html", accounts=accounts.everybody(the_house()), problems=problems or [],
        roles=ROLE_WORDS, name=name, password=password, allowed=ALLOWED, all_roles=list(Role),
        verbs=list(Verb), typed=request.form,
    )  # fmt: skip


def _throttle() -> Throttle:
    kept: Throttle = current_app.extensions.setdefault("throttle", Throttle())
    return kept


def _inside(address: str) -> str:
    """Go back to where somebody came from, but never to another site."""
    return address if interrupted.inside(address) else url_for("office.home")
