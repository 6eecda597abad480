"""Ready to publish: what must be zero or explained, then provisional or official results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.protest import protest_until
from timing.core.setup.event import Contest
from timing.services.house import UnknownEventError
from timing.services.publications import publishing
from timing.services.publications.frozen import Change
from timing.services.publications.publishing import Order
from timing.services.raceday import ready as readiness, repair
from timing.services.raceday.repair import Case
from timing.web import access, words
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import tell
from timing.web.staff.office import Door

desk = Blueprint("publishing", __name__, url_prefix="/staff/<slug>/publish")
office.DOORS.append(
    Door(
        "publishing.ready", Verb.LOOK, lazy_gettext("Publish"),
        lazy_gettext("What must be zero or explained; versions."),
    )
)  # fmt: skip


class _Page(NamedTuple):
    """One contest on the way to its publication. repairs: of anomalies, by their keys."""

    contest: Contest
    found: readiness.Readiness
    versions: tuple[publishing.Version, ...]
    pending: tuple[Change, ...]
    repairs: Mapping[str, Case]


@desk.context_processor
def _words() -> dict[str, object]:
    return {"words": words}


@desk.get("")
@access.needs(Verb.LOOK)
def ready(slug: str) -> ResponseReturnValue:
    """Show what is open in a contest."""
    return _page(slug, request.args.get("contest", ""), ())


@desk.post("/<contest>")
@access.needs(Verb.PUBLISH)
def publish(slug: str, contest: str) -> ResponseReturnValue:
    """Publish a contest; what stands in the way is listed and nothing is published."""
    form = request.form
    order = Order(
        access.whoever(), official=form.get("state") == "official",
        force=bool(form.get("force")), reason=form.get("reason", "").strip(),
    )  # fmt: skip
    try:
        made = publishing.publish(the_house(), slug, contest, order)
    except Refusal as refusal:
        return _page(slug, contest, refusal.problems)
    tell(_("Version %(number)d is published.", number=made.version), [])
    return redirect(url_for(".ready", slug=slug, contest=contest))


@desk.get("/<contest>/<int:version>.pdf")
@access.needs(Verb.LOOK)
def sheet(slug: str, contest: str, version: int) -> Response:
    """Give the bytes that were frozen."""
    kept = publishing.sheet(the_house(), slug, contest, version)
    if kept is None:
        abort(404, _("There is no such version."))
    answer = Response(kept.pdf, mimetype="application/pdf")
    name = f"{slug}-{contest}-v{version}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@desk.get("/<contest>/<int:version>")
@access.needs(Verb.LOOK)
def changes(slug: str, contest: str, version: int) -> str:
    """Say what changed since the version before."""
    if publishing.sheet(the_house(), slug, contest, version) is None:
        abort(404, _("There is no such version."))
    told = publishing.difference(the_house(), slug, contest, version - 1, version)
    found = readiness.readiness(the_house(), slug, contest)
    return render_template(
        "publishing/changes.html", event=found.snapshot.event, contest=found.contest,
        version=version, changes=told,
    )  # fmt: skip


def _page(slug: str, code: str, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    snapshot = the_house().live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    contests = publishing.contests_of(snapshot)
    chosen = next((each for each in contests if code in ("", each.code)), None)
    page = None
    if chosen is not None:
        versions = publishing.versions(the_house(), slug)
        page = _Page(
            contest=chosen,
            found=readiness.readiness(the_house(), slug, chosen.code),
            versions=tuple(each for each in versions if each.contest == chosen.code),
            pending=tuple(publishing.pending(the_house(), slug, chosen.code)),
            repairs={case.anomaly.key: case for case in repair.queue(the_house(), slug).cases},
        )
    now = the_house().clock()
    shown = render_template(
        "publishing/ready.html", event=snapshot.event, contests=contests, page=page, now=now,
        deadline=protest_until(page.versions[-1].published_at) if page and page.versions else None,
        problems=[each for each in problems if not each.code.startswith("open-")],
        blocked=any(each.code.startswith("open-") for each in problems),
    )  # fmt: skip
    return shown, 422 if problems else 200
