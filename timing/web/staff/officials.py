"""The officials' desk: the queue, one bib, the history, the two streams, who is still out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _, lazy_gettext

from timing.core.permissions import Verb, may
from timing.core.rulebook.rulesets import text_in
from timing.core.setup.event import Event
from timing.files.rulebook import books_of, known_records, vocabulary
from timing.services.public import enquiries
from timing.services.public.results import LEAF, leaf_of
from timing.services.publications import contesting
from timing.services.raceday import alignment, deciding, history, judging, oncourse, repair
from timing.services.rulings import rule
from timing.web import access, asking, words
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import Question, line_of, look_or_do, tell
from timing.web.staff.office import Door
from timing.web.staff.spans import in_minutes

desk = Blueprint("officials", __name__, url_prefix="/staff/<slug>/officials")
office.DOORS.append(
    Door(
        "officials.queue", Verb.LOOK, lazy_gettext("Officials"),
        lazy_gettext("What wants a look, and how to settle it."),
    )
)  # fmt: skip


@desk.context_processor
def _words() -> dict[str, object]:
    return {"words": words}


@desk.app_context_processor
def _permitted() -> dict[str, object]:
    """Let the way between the desks show only those that one's role may use."""

    def permitted(verb: str) -> bool:
        somebody = access.present()
        return somebody is not None and may(somebody.role, Verb(verb))

    return {"permitted": permitted}


@desk.get("")
@access.needs(Verb.LOOK)
def queue(slug: str) -> str:
    """List what wants a look, the gravest first."""
    found = repair.queue(the_house(), slug, request.args.get("kind", ""))
    most = 30 if "all" not in request.args else 2000
    asked = enquiries.everything(the_house(), slug, only_open=True)
    return render_template(
        "officials/queue.html", event=found.event, queue=found, shown=found.cases[:most],
        asked=asked, terms=contesting.terms(the_house(), slug, asked),
    )  # fmt: skip


@desk.get("/news")
@access.needs(Verb.LOOK)
def news(slug: str) -> ResponseReturnValue:
    """Say how far the journal is, so that a page knows when it is out of date."""
    snapshot = the_house().live.snapshot(slug)
    if snapshot is None:
        abort(404)
    waiting = sum(not each.cleared for each in snapshot.anomalies)
    asked = enquiries.everything(the_house(), slug, only_open=True)
    return jsonify(seq=snapshot.seq, open=waiting, asked=len(asked))


@desk.post("/decide")
@access.needs(Verb.RULE)
def decide(slug: str) -> ResponseReturnValue:
    """Look at what a decision would change, or make it."""
    event = _event(slug)
    kind = request.form.get("kind", "")
    question = Question(event, _title(kind, request.form.get("bib", "")), _back(slug), _reasons())
    return look_or_do(question, lambda: deciding.acts_of(the_house(), slug, request.form))


@desk.post("/undo")
@access.needs(Verb.RULE)
def undo(slug: str) -> ResponseReturnValue:
    """Take back all the lines that one decision or one grid made."""
    lines = [line_of(each) for each in request.form.getlist("line")]
    acts = deciding.undo_acts(the_house(), slug, lines)
    reason = request.form.get("reason", "").strip() or _("Undone")
    made = rule(the_house(), slug, acts, reason=reason, author=access.whoever())
    tell(_("Taken back."), made)
    return redirect(_back(slug))


@desk.get("/history")
@access.needs(Verb.LOOK)
def journal(slug: str) -> str:
    """Read the rulings aloud."""
    bib = request.args.get("bib", "").strip()
    number = asking.number("page", 1)
    found = history.history(the_house(), slug, bib, first=max(0, number - 1) * LEAF)
    leaf = leaf_of(found.found, number) or abort(404)
    return render_template(
        "officials/history.html", event=found.event, history=found, bib=bib, leaf=leaf
    )


@desk.get("/bib")
@access.needs(Verb.LOOK)
def person(slug: str) -> str:
    """Show every line about a bib, and the forms that repair it."""
    bib = request.args.get("bib", "").strip()
    found = history.person(the_house(), slug, bib)
    asked = [each for each in enquiries.everything(the_house(), slug) if each.bib == bib]
    return render_template(
        "officials/person.html", event=found.event, person=found, bib=bib, asked=asked,
        terms=contesting.terms(the_house(), slug, asked),
        infractions=[
            (each.code, each.rule, text_in(each.text, str(get_locale() or "en")))
            for each in judging.infractions().values()
        ],
        **_records(found.event),
    )  # fmt: skip


@desk.post("/enquiries/<int:number>")
@access.needs(Verb.RULE)
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Answer a question of a runner; the answer stands on the page that the runner kept."""
    text = request.form.get("answer", "")[: enquiries.LONGEST]
    if not enquiries.answer(the_house(), slug, number, text, access.whoever()):
        abort(404, _("There is no such question."))
    tell(_("Question %(number)d is answered.", number=number), [])
    return redirect(_back(slug))


@desk.get("/streams")
@desk.get("/streams/<point>")
@access.needs(Verb.LOOK)
def streams(slug: str, point: str = "") -> str:
    """Show times and bibs side by side."""
    found = alignment.alignment(the_house(), slug, point)
    return render_template("officials/streams.html", event=found.event, page=found)


@desk.get("/on-course")
@access.needs(Verb.LOOK)
def on_course(slug: str) -> str:
    """Show who is still out."""
    contest, category = request.args.get("contest", ""), request.args.get("category", "")
    found = oncourse.on_course(the_house(), slug, contest, category)
    return render_template(
        "officials/on_course.html", event=found.event, page=found, contest=contest,
        category=category, minutes=in_minutes,
    )  # fmt: skip


def _records(event: Event) -> dict[str, list[Any]]:
    """The codes of records with their meanings, those of the books first, and who lists them."""
    language, codes = str(get_locale() or "en"), vocabulary()
    asked = [
        (record.code or book.code, record.body)
        for contest in event.contests
        for book in books_of(event, contest)
        for record in book.record
        if record.discipline == contest.discipline
    ]
    first = {code for code, _body in asked}
    told = [
        (code, own or text_in(codes[code].meaning, language))
        for code, own in known_records(event).items()
    ]
    told.sort(key=lambda pair: pair[0] not in first)
    return {"records": told, "bodies": sorted({body for _code, body in asked})}


def _event(slug: str) -> Event:
    snapshot = the_house().live.snapshot(slug)
    return snapshot.event if snapshot else abort(404)


def _back(slug: str) -> str:
    """Go back to the desk from which somebody came, but never to another site."""
    back = request.form.get("back", "").rstrip("?")
    inside = back.startswith(f"/staff/{slug}/") and "//" not in back and "\\" not in back
    return back if inside else url_for(".queue", slug=slug)


def _title(kind: str, bib: str) -> str:
    names = {
        "void": _("Do not use the reading"),
        "attribute": _("The reading belongs to bib %(bib)s", bib=bib),
        "retime": _("Give the reading another time"),
        "repoint": _("The reading was made elsewhere"),
        "swap": _("Swap the readings of two bibs"),
        "move_reads": _("Move readings to another bib"),
        "set_time": _("Set a time for bib %(bib)s", bib=bib),
        "status": _("Status of bib %(bib)s", bib=bib),
        "penalty": _("Penalty for bib %(bib)s", bib=bib),
        "caution": _("Caution for bib %(bib)s", bib=bib),
        "record": _("Record of bib %(bib)s", bib=bib),
        "photo_finish": _("Order of the photo finish"),
        "dead_heat": _("Declare a dead heat"),
        "move_start": _("Move bib %(bib)s to another start", bib=bib),
        "bind_bib": _("Hand out another bib"),
        "set_clock": _("Correct the clock of a station"),
        "close": _("Close the round"),
        "clear": _("Explain it: it is in order as it stands"),
        "note": _("Remark"),
        "withdraw": _("Take a ruling back"),
    }
    return str(names.get(kind, _("Decide")))


def _reasons() -> tuple[str, ...]:
    return (
        _("Seen at the line"), _("Seen on the video"), _("Bib misread"), _("Typing slip"),
        _("Two bibs swapped"), _("Report of the judge"), _("Protest accepted"), _("Read twice"),
    )  # fmt: skip
