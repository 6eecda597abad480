"""The entries desk: the list, one entry on the day, one entry amended, the list as a file."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.services.entrants import amending, checkin, entries, line_ups
from timing.services.entrants.entry_facts import Facts, facts_of
from timing.services.entrants.entry_lists import export_entries, listing
from timing.web import access, meanwhile, words
from timing.web.asking import number
from timing.web.language import said
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.entry_words import ANSWER, CHOICE_WORDS, answers_of

desk = Blueprint("entries", __name__, url_prefix="/staff/<slug>/entries")

office.DOORS.insert(
    0,
    office.Door(
        "entries.everybody", Verb.ENTER, lazy_gettext("Entries"),
        lazy_gettext("Import lists, enter people on the day, change an entry."),
    ),
)  # fmt: skip

_FORM = (
    "name", "born", "sex", "contest", "wave", "club", "nation", "bib", "category", "age",
    "delegation", "team", "external", "note", "out_of_competition", "family", "hidden",
)  # fmt: skip
_LONGEST = 500
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@desk.get("/")
@access.needs(Verb.ENTER)
def everybody(slug: str) -> str:
    """List the entries, narrowed by words and contest."""
    words, contest = request.args.get("q", "")[:80], request.args.get("contest", "")[:60]
    found = listing(the_house(), slug, words=words, contest=contest, page=number("page", 1))
    return render_template(
        "entries/list.html", event=found.event, found=found, words=words, contest=contest
    )


@desk.get("/export.<form>")
@access.needs(Verb.ENTER)
def export(slug: str, form: str) -> Response:
    """Give the entries as a file that a spreadsheet opens."""
    if form not in _TYPES:
        abort(404)
    content = export_entries(the_house(), slug, form)
    answer = Response(content, mimetype=_TYPES[form].partition(";")[0], content_type=_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-entries.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.route("/new", methods=["GET", "POST"])
@access.needs(Verb.ENTER)
def new(slug: str) -> ResponseReturnValue:
    """Enter somebody on the day; what is doubtful is asked before anything is written."""
    facts, fields = facts_of(the_house(), slug), _typed()
    if request.method == "GET":
        fields = {key: request.args.get(key, "")[:_LONGEST] for key in ("name", "contest")}
    problems: list[str] = []
    doubts = []
    if request.method == "POST":
        answers = answers_of(request.form)
        try:
            entry = entries.enter_one(the_house(), slug, fields, answers, author=access.whoever())
            flash(_("%(name)s is entered.", name=fields.get("name", "")))
            return redirect(_next(slug, entry))
        except Refusal as refusal:
            lines = entries.plan_one(the_house(), slug, fields, answers).lines
            doubts = [doubt for each in lines for doubt in each.doubts]
            asked = {doubt.said for doubt in doubts}
            problems = [said(p) for p in refusal.problems if p.said not in asked]
    page = render_template(
        "entries/new.html", event=facts.event, fields=fields, problems=problems, doubts=doubts,
        choice_words=CHOICE_WORDS, answer=ANSWER, chosen=request.form,
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _next(slug: str, entry: int) -> str:
    """Go on with the next person, or check this one in."""
    if request.form.get("then") == "checkin":
        return url_for("checkin.card", slug=slug, entry=entry)
    return url_for("entries.new", slug=slug, contest=request.form.get("contest", "")[:_LONGEST])


def _typed() -> dict[str, str]:
    """Give what was typed; a box that is not ticked is absent."""
    return {name: request.form[name][:_LONGEST] for name in _FORM if name in request.form}


@desk.route("/<int:entry>", methods=["GET", "POST"])
@access.needs(Verb.ENTER)
def one(slug: str, entry: int) -> ResponseReturnValue:
    """Show one entry and change it."""
    facts = facts_of(the_house(), slug)
    if entry not in facts.entries:
        abort(404, _("Nobody has this entry."))
    problems: list[str] = []
    now = fields = _shown(facts, entry)
    if request.method == "POST":
        boxes = {"out_of_competition": "", "hidden": ""}
        fields, clashes = meanwhile.merged(now, {**boxes, **_typed()})
        reason = request.form.get("reason", "").strip()
        try:
            meanwhile.hold(clashes)
            amending.amend_one(
                the_house(), slug, entry, fields, reason=reason, author=access.whoever()
            )
            flash(_("Kept."))
            return redirect(url_for("entries.one", slug=slug, entry=entry))
        except Refusal as refusal:
            problems = [said(problem) for problem in refusal.problems]
    page = render_template(
        "entries/one.html", event=facts.event, entry=facts.entries[entry], fields=fields, now=now,
        facts=facts, problems=problems, card=checkin.card(the_house(), slug, entry),
        reason=request.form.get("reason", ""),
    )  # fmt: skip
    return page, 422 if problems else 200


@desk.route("/<int:entry>/line-up", methods=["GET", "POST"])
@access.needs(Verb.ENTER)
def line_up(slug: str, entry: int) -> ResponseReturnValue:
    """Say who runs which leg of a relay team."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        typed = {name: value[:_LONGEST] for name, value in request.form.items()}
        reason, anyway = typed.get("reason", "").strip(), bool(typed.get("anyway"))
        try:
            line_ups.name_runners(
                the_house(),
                slug,
                entry,
                typed,
                reason=reason,
                author=access.whoever(),
                anyway=anyway,
            )
            flash(_("Kept."))
            return redirect(url_for("entries.line_up", slug=slug, entry=entry))
        except Refusal as refusal:
            problems = refusal.problems
    found = line_ups.line_up(the_house(), slug, entry)
    page = render_template(
        "entries/line_up.html", event=found.event, found=found, typed=request.form,
        problems=[said(problem) for problem in problems],
        doubtful=words.doubt, against=any(problem.code != "reason" for problem in problems),
    )  # fmt: skip
    return page, 422 if problems else 200


def _shown(facts: Facts, number_of: int) -> dict[str, str]:
    """Give the values of an entry as a form shows them."""
    entry = facts.entries[number_of]
    values = {name: getattr(entry, name, "") for name in _FORM}
    return {
        name: ("yes" if value else "") if isinstance(value, bool) else entries.text(value)
        for name, value in values.items()
    }
