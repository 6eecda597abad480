"""Public pages: events, result lists, one runner. Order is always the rank."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask_babel import gettext as _

from timing.services.public import results
from timing.services.publications.standing import standing_of
from timing.web.asking import ask, text
from timing.web.pages import the_house
from timing.web.public.legend import classes_of, legend_of

desk = Blueprint("results", __name__)


@desk.get("/")
def events() -> str:
    """List the events: those of today, those to come and those that are over."""
    return render_template("results/events.html", calendar=results.calendar(the_house()))


@desk.get("/<slug>", strict_slashes=False)
def event(slug: str) -> str:
    """Show one event and the state of its contests."""
    page = results.event_page(the_house(), slug) or abort(404, no_event(slug))
    return render_template("results/event.html", page=page)


@desk.get("/<slug>/find")
def find(slug: str) -> str:
    """Search the entrants of an event."""
    words = text("q")
    found = results.find(the_house(), slug, words) or abort(404, no_event(slug))
    event, people = found
    return render_template("results/find.html", event=event, people=people, words=words)


@desk.get("/<slug>/<contest>", strict_slashes=False)
def contest(slug: str, contest: str) -> str:
    """Show the results of one contest."""
    return show(_page(slug, contest))


def show(page: results.ContestPage, template: str = "results/contest.html", **more: object) -> str:
    """Draw the results of one contest, with what is published of them."""
    return render_template(
        template,
        page=page,
        legend=legend_of(page.event, page.lines, _marks(page)),
        classes=classes_of(page.event, page.contest, page.lines),
        standing=standing_of(the_house(), page.event.slug, page.contest.code),
        **more,
    )


def _marks(page: results.ContestPage) -> set[str]:
    return {mark for line in page.lines for mark in page.marks.get(line.entry, ())}


@desk.get("/<slug>/<contest>.csv")
def contest_csv(slug: str, contest: str) -> Response:
    """Give the results of one contest as a table for a spreadsheet."""
    content = results.contest_csv(_page(slug, contest))
    return _file(content.encode(), "text/csv; charset=utf-8", f"{slug}-{contest}.csv")


@desk.get("/<slug>/<contest>.json")
def contest_json(slug: str, contest: str) -> Response:
    """Give the results of one contest to a program."""
    content = results.contest_json(_page(slug, contest))
    return Response(content, mimetype="application/json")


def _page(slug: str, contest: str) -> results.ContestPage:
    if results.event_page(the_house(), slug) is None:
        abort(404, no_event(slug))
    page = results.contest_page(the_house(), slug, contest, text("round"), ask())
    if page is None:
        abort(404, _no_contest(slug, contest))
    return page


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def no_event(slug: str) -> str:
    return str(_("There is no event called %(slug)s here.", slug=slug[:60]))


def _no_contest(slug: str, contest: str) -> str:
    where = {"slug": slug[:60], "contest": contest[:60]}
    return str(_("There is no contest %(contest)s at %(slug)s.", **where))
