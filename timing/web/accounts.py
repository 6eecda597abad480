"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from timing.core.permissions import Verb
from timing.services import accounts
from timing.web import access
from timing.web.pages import the_house

desk = Blueprint("accounts", __name__, url_prefix="/staff")


@desk.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for name and password."""
    if request.method == "GET":
        return render_template("accounts/sign_in.html", error="", name="")
    name = request.form.get("name", "")
    somebody = accounts.sign_in(the_house(), name, request.form.get("password", ""))
    if somebody is None:
        error = _("Name or password is not right.")
        return render_template("accounts/sign_in.html", error=error, name=name), 401
    access.enter(somebody)
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
    """List the accounts."""
    return render_template("accounts/list.html", accounts=accounts.everybody(the_house()))


def _inside(address: str) -> str:
    """Go back to where somebody came from, but never to another site."""
    inside = address.startswith("/staff") and "//" not in address and "\\" not in address
    return address if inside else url_for("office.home")
