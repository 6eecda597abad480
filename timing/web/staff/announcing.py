"""The announcer's desk, the big screen and the kiosk: for the staff and by secret links."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext
from werkzeug.wrappers import Response as Answer

from timing.core.permissions import Verb
from timing.services.office import stations
from timing.services.public import announcing, runners
from timing.web import access
from timing.web.asking import text
from timing.web.pages import the_house
from timing.web.staff.office import DOORS, Door

desk = Blueprint("announcing", __name__)
DOORS.append(
    Door(
        "announcing.office_page", Verb.ANNOUNCE, lazy_gettext("Announcer"),
        lazy_gettext("Who comes next, which podium is safe, big screen and kiosk."),
    )
)  # fmt: skip


@desk.get("/staff/<slug>/announcer")
@access.needs(Verb.ANNOUNCE)
def office_page(slug: str) -> str:
    """Show the announcer's desk to somebody signed in, with the links to hand out."""
    return render_template(
        "announcing/office.html",
        page=announcing.desk(the_house(), slug),
        found=_found(slug),
        links=stations.links(the_house(), slug, announcing.DESKS),
        base="",
    )


@desk.post("/staff/<slug>/announcer/links")
@access.needs(Verb.ANNOUNCE)
def make_link(slug: str) -> str:
    """Make a link; its address is shown once and kept nowhere."""
    kind = request.form.get("desk", "")
    if kind not in announcing.DESKS:
        abort(422, _("There is no such desk."))
    name = request.form.get("name", "").strip()[:60] or kind
    token = stations.make_link(the_house(), slug, name, access.whoever(), desk=kind)
    view = "announcing.announcer" if kind == "announcer" else "announcing.screen"
    address = url_for(view, token=token, _external=True)
    event = announcing.desk(the_house(), slug).event
    return render_template("announcing/link.html", event=event, address=address, name=name)


@desk.post("/staff/<slug>/announcer/links/<key>/close")
@access.needs(Verb.ANNOUNCE)
def close_link(slug: str, key: str) -> Answer:
    """Close a link at once."""
    own = stations.links(the_house(), slug, announcing.DESKS)  # no station's and no other desk's
    if key not in {each.token_hash for each in own}:
        abort(404, _("There is no such link."))
    stations.revoke(the_house(), key)
    flash(_("The link is closed."))
    return redirect(url_for("announcing.office_page", slug=slug))


@desk.get("/s/<token>/announcer")
def announcer(token: str) -> Answer:
    """Show the announcer's desk to who has the link."""
    slug = _slug(token, "announcer")
    page = announcing.desk(the_house(), slug)
    return _unkept(render_template("announcing/desk.html", page=page, found=_found(slug)))


@desk.get("/s/<token>/screen")
def screen(token: str) -> Answer:
    """Show a list in big type, leaf by leaf."""
    page = announcing.screen(the_house(), _slug(token, *announcing.DESKS), text("contest"))
    return _unkept(render_template("announcing/screen.html", page=page))


@desk.get("/s/<token>/kiosk")
def kiosk(token: str) -> Answer:
    """Let runners look themselves up on a touch screen."""
    slug = _slug(token, *announcing.DESKS)
    event = announcing.desk(the_house(), slug).event
    bib = text("bib")
    found = runners.runner(the_house(), slug, bib, hidden_too=True) if bib else None
    return _unkept(render_template("announcing/kiosk.html", event=event, found=found, bib=bib))


def _slug(token: str, *desks: str) -> str:
    permit = stations.permit(the_house(), token)
    if permit.desk not in desks:
        abort(403, _("This link is for another desk."))
    return permit.slug


def _found(slug: str) -> runners.RunnerPage | None:
    bib = text("bib")
    return runners.runner(the_house(), slug, bib, hidden_too=True) if bib else None


def _unkept(shown: str) -> Answer:
    answer = Response(shown)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)
