"""The desk for personal data: how the young are shown, search engines, and erasing a person."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _, lazy_gettext
from werkzeug.wrappers import Response as Answer

from timing.core.permissions import Verb
from timing.core.setup.event import Minors
from timing.core.whole_number import whole
from timing.services.office import privacy
from timing.services.public import results, shown
from timing.web import access
from timing.web.asking import text
from timing.web.pages import the_house
from timing.web.staff.office import DOORS, Door

desk = Blueprint("privacy", __name__)
DOORS.append(
    Door("privacy.event", Verb.SET_UP, lazy_gettext("Personal data"),
         lazy_gettext("How the young are shown, search engines, erasing a person."))
)  # fmt: skip


@desk.get("/staff/<slug>/privacy")
@access.needs(Verb.SET_UP)
def event(slug: str) -> str:
    """Show what is chosen, and who would be erased."""
    snapshot = the_house().live.snapshot(slug, fresh=True)
    if snapshot is None:
        abort(404, _("There is no event called %(slug)s here.", slug=slug[:60]))
    bib = text("bib")
    return render_template(
        "privacy/event.html", event=snapshot.event, ways=list(Minors), bib=bib,
        found=privacy.wearer(the_house(), slug, bib),
    )  # fmt: skip


@desk.post("/staff/<slug>/privacy")
@access.needs(Verb.SET_UP)
def choose(slug: str) -> Answer:
    """Change how the young are shown and what search engines may do."""
    robots = bool(request.form.get("robots"))
    privacy.show(the_house(), slug, request.form.get("minors", ""), robots=robots)
    flash(_("Saved."))
    return redirect(url_for("privacy.event", slug=slug))


@desk.post("/staff/<slug>/privacy/erase")
@access.needs(Verb.SET_UP)
def erase(slug: str) -> Answer:
    """Erase a person for good, if the bib was typed once more."""
    bib, entry = request.form.get("bib", ""), whole(request.form.get("entry", ""))
    if not bib or request.form.get("again") != bib or entry is None:
        flash(_("Nothing was erased: the bib was not typed once more."))
        return redirect(url_for("privacy.event", slug=slug, bib=bib))
    privacy.erase(the_house(), slug, entry)
    flash(_("The personal data is erased. All places stay as they were."))
    return redirect(url_for("privacy.event", slug=slug))


@desk.get("/robots.txt")
def robots() -> Response:
    """Tell search engines what they may not keep."""
    closed = [f"/{event.slug}" for event in results.events(the_house()) if not event.robots]
    lines = ["User-agent: *", *(f"Disallow: {way}" for way in ("/staff/", "/s/", *closed))]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def furnish(app: Flask) -> None:
    """Tell search engines on every public page of an event whether they may keep it."""

    @app.after_request
    def _robots(answer: Response) -> Response:
        slug = (request.view_args or {}).get("slug")
        if slug and answer.status_code == 200 and not request.path.startswith("/staff"):
            snapshot = shown.public(the_house(), slug)
            if snapshot is not None and not snapshot.event.robots:
                answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer
