"""The organiser's own categories, prizes and record books: a table or a file, checked when kept."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.records import STATUSES
from timing.core.setup.event import Event
from timing.files.rulebook import record_codes, scheme_names
from timing.services.office import own_schemes, setting_up
from timing.services.office.own_books import HEAD, SURFACES
from timing.services.office.own_schemes import COLUMNS, COUNTED, KINDS, MOST_ROWS, Table
from timing.services.office.setting_up import Change
from timing.web import access
from timing.web.pages import the_house
from timing.web.staff.entry_import import handed_in
from timing.web.staff.setting_up import kept_or_looked, moves_of, told_of

desk = Blueprint("own_schemes", __name__, url_prefix="/staff/<slug>/setup/schemes")

KIND_WORDS = {
    "categories": lazy_gettext("Own categories"),
    "prizes": lazy_gettext("Own prizes"),
    "records": lazy_gettext("Own record book"),
}
COUNTED_WORDS = {
    "day": lazy_gettext("the age on the day of the race"),
    "year": lazy_gettext("the age reached in the calendar year"),
}
_SPARE_ROWS = 4


@desk.route("/<kind>/", methods=["GET", "POST"], defaults={"name": ""})
@desk.route("/<kind>/<name>", methods=["GET", "POST"])
@access.needs(Verb.SET_UP)
def scheme(slug: str, kind: str, name: str) -> ResponseReturnValue:
    """Make or change a scheme; a new one may begin like one that is there."""
    event = setting_up.loaded(the_house(), slug)
    if kind not in KINDS or (name and f"{kind}/{name}" not in event.schemes):
        abort(404, _("There is no such scheme."))
    begun = own_schemes.table_of(event, kind, name or request.args.get("like", ""))
    called = name or request.form.get("name", "").strip()

    def change() -> Change:
        if request.form.get("do") == "remove":
            return own_schemes.without_scheme(the_house(), slug, kind, name)
        return own_schemes.scheme_change(the_house(), slug, kind, called, _text(kind))

    problems, look, done = kept_or_looked(slug, change)
    if done:
        return redirect(url_for("setting_up.event", slug=slug) + "#schemes")
    page = render_template(
        "setting_up/scheme.html", event=event, kind=kind, name=name, problems=problems,
        look=look, told=told_of(look), moves=moves_of(look), kinds=KIND_WORDS,
        counted_words=COUNTED_WORDS, columns=COLUMNS[kind], likes=scheme_names(event, kind),
        statuses=STATUSES, surfaces=SURFACES, codes=record_codes(),
        disciplines=[each.discipline for each in event.contests],
        reason=request.form.get("reason", ""), **_typed(event, kind, name, begun),
    )  # fmt: skip
    return page, 422 if problems else 200


def _text(kind: str) -> str:
    """The scheme as the text of a rule file: of a file that was handed in, else of the form."""
    name, content = handed_in("file")
    if name:
        try:
            return content.decode()
        except UnicodeDecodeError:
            told = _("The file is not UTF-8 text; expected a scheme as a TOML file.")
            raise Refusal(Problem("file", str(told))) from None
    if text := request.form.get("text", "").strip():
        return str(text)
    return own_schemes.text_of_table(request.form, kind)


def _typed(event: Event, kind: str, name: str, begun: Table | None) -> dict[str, object]:
    """What stands in the form: what was typed, else the scheme that is changed."""
    plain = begun is None or begun.plain
    like = name or request.args.get("like", "")
    text = "" if plain else own_schemes.text_of(event, kind, like)
    if request.method == "POST":
        rows = own_schemes.rows_typed(request.form, kind)
        title, counted = request.form.get("title", ""), request.form.get("counted", "")
        head = {name: request.form.get(name, "") for name in HEAD}
        text = request.form.get("text", "")
    else:
        rows = [dict(row) for row in begun.rows] if begun else []
        title = begun.title if begun and name else ""
        counted = begun.counted if begun else COUNTED[0]
        head = dict(begun.head) if begun else {}
    spare: list[dict[str, str]] = [{} for _row in range(_SPARE_ROWS)]
    return {
        "rows": [*rows, *spare][:MOST_ROWS], "title": title, "counted": counted, "text_shown": text,
        "head": head, "plain": plain, "called": name or request.form.get("name", ""),
    }  # fmt: skip
