"""A file of entrants on the page: choose it, look at what it means, decide, and say yes."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.core.whole_number import whole
from timing.files.tables.encodings import readings
from timing.services.entrants import entries
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.incoming import Source, fields
from timing.services.office import tray
from timing.services.office.tray import Kept, Upload
from timing.web import access
from timing.web.language import all_said, said
from timing.web.pages import the_house
from timing.web.staff.entry_words import (
    ANSWER,
    CHOICE_WORDS,
    FIELD_WORDS,
    KIND_WORDS,
    WHAT_WORDS,
    answers_of,
)

desk = Blueprint("entry_import", __name__, url_prefix="/staff/<slug>/entries/import")

ENCODINGS = ("", "utf-8", "cp1252", "cp1250", "cp1251", "iso8859-15", "mac-roman", "utf-16-le")
_OLDER = tuple(name for name in ENCODINGS if name and not name.startswith("utf"))
_SHOWN = 100  # rows of each list on the page


@desk.route("/", methods=["GET", "POST"])
@access.needs(Verb.ENTER)
def choose(slug: str) -> ResponseReturnValue:
    """Take a file in. Nothing is entered yet."""
    event = facts_of(the_house(), slug).event
    error = ""
    if request.method == "POST":
        name, content = handed_in("file")
        if name and content:
            upload = Upload(
                name=name[-80:], slug=slug, owner=access.whoever(), at=the_house().clock()
            )
            return redirect(url_for(".look", slug=slug, word=tray.put(content, upload)))
        error = _("Please choose a file with entrants; an empty file has none.")
    page = render_template("entries/choose.html", event=event, error=error)
    return page, 422 if error else 200


@desk.route("/<word>", methods=["GET", "POST"])
@access.needs(Verb.ENTER)
def look(slug: str, word: str) -> ResponseReturnValue:
    """Show what the file means and what is open; write it when it is said so."""
    house, error = the_house(), ""
    kept = tray.get(word, slug, access.whoever())
    source, answers = _source(kept), answers_of(request.form)
    if request.form.get("do") == "write":
        try:
            done = entries.import_entries(house, slug, source, answers, author=access.whoever())
        except Refusal as refusal:
            many = len(refusal.problems)
            error = ngettext(
                "Nothing was entered: %(num)d decision is open.",
                "Nothing was entered: %(num)d decisions are open.",
                many,
            )
            if not entries.is_open(refusal):
                error = "\n".join(all_said(refusal))
        else:
            tray.drop(kept)
            flash(_told(done))
            return redirect(url_for("entries.everybody", slug=slug))
    return _page(slug, kept, source, answers, error)


def handed_in(field: str) -> tuple[str, bytes]:
    """Give the name and the bytes of a file that a form sends; a large one is closed again."""
    file = request.files.get(field)
    if file is None:
        return "", b""
    with file.stream as stream:
        return file.filename or "", stream.read()


def _page(
    slug: str, kept: Kept, source: Source, answers: dict[str, str], error: str
) -> ResponseReturnValue:
    event = facts_of(the_house(), slug).event
    unreadable: tuple[str, ...] = ()
    letters: dict[str, str] = {}
    preview = None
    try:
        preview = entries.plan_import(the_house(), slug, source, answers)
    except Refusal as refusal:
        unreadable = tuple(all_said(refusal))
        if {problem.code for problem in refusal.problems} == {"encoding"}:
            letters = readings(kept.path, _OLDER)
    doubtful = [each for each in preview.plan.lines if each.doubts] if preview else []
    page = render_template(
        "entries/look.html", event=event, kept=kept, source=source, answers=answers,
        preview=preview, unreadable=unreadable, letters=letters, error=error,
        doubtful=doubtful[:_SHOWN],
        more=max(0, len(doubtful) - _SHOWN), shown=_SHOWN, fields=fields(), encodings=ENCODINGS,
        answer=ANSWER, choice_words=CHOICE_WORDS, kind_words=KIND_WORDS, what_words=WHAT_WORDS,
        field_words=FIELD_WORDS, faults=_faults(preview.problems) if preview else {},
    )  # fmt: skip
    return page, 422 if error or unreadable else 200


def _faults(problems: Iterable[Problem]) -> dict[str, str]:
    """What is wrong, said once -> the lines of which it is true, such as ``2-6, 9``."""
    lines: dict[str, list[int]] = {}
    for problem in problems:
        lines.setdefault(said(problem), []).extend([] if problem.line is None else [problem.line])
    return {sentence: spans_of(found) for sentence, found in lines.items()}


def spans_of(numbers: Iterable[int]) -> str:
    """Numbers as people write them: ``2-6, 9``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ", ".join("-".join(map(str, span)) for span in spans)


def _source(kept: Kept) -> Source:
    """Read how the file is to be read; without a form as it is proposed."""
    form = request.form
    chosen = {
        number: value
        for key, value in form.items()
        if key.startswith("column-") and (number := whole(key.removeprefix("column-"))) is not None
    }
    encoding = form.get("encoding", "")
    return Source(
        kept.path,
        kept.upload.name,
        encoding if encoding in ENCODINGS and encoding else None,
        chosen or None,
        form.get("dates", "") if form.get("dates") in ("dmy", "mdy") else "",
        {"header": False, "entrant": True}.get(form.get("first", "")),
    )


def _told(done: entries.Imported) -> str:
    parts = [
        ngettext("%(num)d entered", "%(num)d entered", done.new),
        ngettext("%(num)d changed", "%(num)d changed", done.changed),
        ngettext("%(num)d as before", "%(num)d as before", done.same),
    ]
    if done.skipped or done.refused:
        parts.append(ngettext("%(num)d left out", "%(num)d left out", done.skipped + done.refused))
    return ", ".join(parts) + "."
