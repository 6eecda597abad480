"""Event setup: make an event, copy last year's, edit its facts and contests."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import available_timezones

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext as _, lazy_gettext, ngettext

from timing.core.permissions import Verb
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.prizes import PrizeScheme
from timing.core.setup.event import Event
from timing.core.telling.checkin import ITEMS
from timing.core.whole_number import whole
from timing.files.race.presets import presets, rules_of
from timing.files.rulebook import (
    book_at,
    prizes_at,
    rule_files,
    ruleset_of,
    scheme_at,
    scheme_names,
    team_presets,
)
from timing.printing.phrases import phrases_of
from timing.printing.sheets.contest_facts import ranked_by
from timing.services.entrants import waves
from timing.services.office import setting_up
from timing.services.office.contest_form import POINT_FIELDS, TIMINGS
from timing.services.office.contest_words import other_rounding, words_of
from timing.services.office.round_form import MOST_ROUNDS, ROUND_FIELDS, wave_words
from timing.services.office.setting_up import LANGUAGES, Change
from timing.services.public import results
from timing.web import access, meanwhile
from timing.web.language import LANGUAGES as LANGUAGE_NAMES
from timing.web.pages import the_house
from timing.web.staff import office
from timing.web.staff.decide import told

desk = Blueprint("setting_up", __name__, url_prefix="/staff")

office.DOORS.append(
    office.Door(
        "setting_up.event", Verb.SET_UP, lazy_gettext("Event setup"),
        lazy_gettext("Dates, contests, courses, rounds, rules and what the desk asks for."),
    )
)  # fmt: skip

_MOST = 2000  # characters of one field
_MOVES = 50
_SPARE_ROWS = 2
_FIRST = {"preset": "club-road", "records-backward": "yes"}
"""What the first contest begins with."""
_LIKE_THE_LAST = ("preset", "categories", "prizes", "timing", "direction", "surface", "day")


@desk.route("/new", methods=["GET", "POST"])
@access.needs(Verb.SET_UP)
def new() -> ResponseReturnValue:
    """Make an event."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            copy_of = request.form.get("copy_of", "")
            slug, warnings = setting_up.create(the_house(), _typed(), copy_of)
        except Refusal as refusal:
            problems = refusal.problems
        else:
            for warning in warnings:
                flash(warning, "warning")
            flash(_("The event is made."))
            return redirect(url_for(".event", slug=slug))
    fields = _typed() or {"timezone": "Europe/Berlin", "public": "yes", "language-en": "yes"}
    page = render_template(
        "setting_up/new.html", fields=fields, problems=problems, event=None,
        events=results.all_events(the_house()), **_choices(),
    )  # fmt: skip
    return page, 422 if problems else 200


@desk.route("/<slug>/setup", methods=["GET", "POST"])
@access.needs(Verb.SET_UP)
def event(slug: str) -> ResponseReturnValue:
    """Show and change the facts of an event; list its contests."""
    found = setting_up.loaded(the_house(), slug)
    facts, moments = _event_words(found), wave_words(found)
    fields = facts | moments
    of_waves = request.form.get("do") == "waves"
    now, other = (moments, facts | moments) if of_waves else (facts, moments)
    clashes: tuple[Problem, ...] = ()
    if request.method == "POST":
        typed, clashes = meanwhile.merged(now, _typed())
        fields = other | typed

    def change() -> Change:
        meanwhile.hold(clashes)
        if of_waves:
            return setting_up.waves_change(the_house(), slug, fields)
        return setting_up.event_change(the_house(), slug, fields)

    problems, look, done = kept_or_looked(slug, change)
    if done:
        return redirect(url_for(".event", slug=slug))
    return _event_page(found, fields, problems, look)


@desk.post("/<slug>/setup/wave")
@access.needs(Verb.SET_UP)
def put_into_wave(slug: str) -> ResponseReturnValue:
    """Let everybody with these bibs start in a wave."""
    found = setting_up.loaded(the_house(), slug)
    typed = _typed()
    bibs, wave, why = (typed.get(name, "") for name in ("bibs", "wave", "why"))
    try:
        moved = waves.put_into_wave(
            the_house(), slug, bibs, wave, reason=why.strip(), author=access.whoever()
        )
    except Refusal as refusal:
        return _event_page(found, _event_words(found) | wave_words(found) | typed, refusal.problems)
    flash(ngettext("%(num)d starter was moved.", "%(num)d starters were moved.", moved))
    return redirect(url_for(".event", slug=slug, _anchor="waves"))


def _event_page(
    found: Event, fields: dict[str, str], problems: tuple[Problem, ...], look: Change | None = None
) -> ResponseReturnValue:
    page = render_template(
        "setting_up/event.html", event=found, fields=fields, problems=problems, look=look,
        checks=setting_up.scheme_checks(), own=found.schemes,
        reason=request.form.get("reason", ""), **_choices(found), facts_now=_event_words(found),
        waves_now=wave_words(found), told=told_of(look), moves=moves_of(look),
        starters=waves.starters_of(the_house(), found.slug),
    )  # fmt: skip
    return page, 422 if problems else 200


@desk.route("/<slug>/setup/contest", methods=["GET", "POST"], defaults={"code": ""})
@desk.route("/<slug>/setup/contest/<code>", methods=["GET", "POST"])
@access.needs(Verb.SET_UP)
def contest(slug: str, code: str) -> ResponseReturnValue:
    """Make or change a contest, or take it out."""
    found = setting_up.loaded(the_house(), slug)
    old = found.contest(code)
    if code and old is None:
        abort(404, _("There is no such contest."))
    now = words_of(found, old) if old is not None else {}
    fields, clashes = meanwhile.merged(now, _typed())
    if request.method != "POST":
        fields = now if old is not None else _like_the_last(found)

    def change() -> Change:
        if request.form.get("do") == "remove":
            return setting_up.without_contest(the_house(), slug, code)
        meanwhile.hold(clashes)
        return setting_up.contest_change(the_house(), slug, code, fields)

    problems, look, done = kept_or_looked(slug, change)
    if done:
        return redirect(url_for(".event", slug=slug))
    page = render_template(
        "setting_up/contest.html", event=found, contest=old, fields=fields, now=now,
        problems=problems, look=look, told=told_of(look), moves=moves_of(look),
        rows=_rows(fields, new=old is None),
        reason=request.form.get("reason", ""), items=ITEMS, presets=_presets(), timings=TIMINGS,
        teams=list(team_presets()), point_fields=POINT_FIELDS, **_choices(found),
        rounds=_rounds(fields, new=old is None),
        rounding=other_rounding(old) if old is not None else None,
    )  # fmt: skip
    return page, 422 if problems else 200


def _like_the_last(found: Event) -> dict[str, str]:
    """What a new contest begins with: the rules and the ground of the one that was made last."""
    if not found.contests:
        return dict(_FIRST)
    words = words_of(found, found.contests[-1])
    words |= {
        "direction": words.get("leg-1-direction", ""),
        "surface": words.get("leg-1-surface", ""),
    }
    books = {name for name in words if name.startswith("records-")}
    return {name: words[name] for name in (*_LIKE_THE_LAST, *books) if words.get(name)}


def kept_or_looked(
    slug: str, change: Callable[[], Change]
) -> tuple[tuple[Problem, ...], Change | None, bool]:
    """Make a change, or say what keeps it from being made; after the gun show it first."""
    if request.method != "POST":
        return (), None, False
    look: Change | None = None
    try:
        look = change()
        if look.preview is not None and request.form.get("step") != "do":
            return (), look, False
        reason = request.form.get("reason", "").strip()
        setting_up.save(the_house(), slug, look, reason=reason, by=access.whoever())
    except Refusal as refusal:
        return refusal.problems, look, False
    flash(_("Kept."))
    return (), None, True


def told_of(look: Change | None) -> str:
    """Say in a sentence what a change would change."""
    return told(look.preview) if look is not None and look.preview is not None else ""


def moves_of(look: Change | None) -> tuple[object, ...]:
    """Give the lines that a change would change, as many as a page shows."""
    return look.preview.moves[:_MOVES] if look is not None and look.preview is not None else ()


def _typed() -> dict[str, str]:
    ours = {"csrf_token", meanwhile.FIELD, "do", "step", "reason", "copy_of"}
    return {key: value[:_MOST] for key, value in request.form.items() if key not in ours}


def _event_words(found: Event) -> dict[str, str]:
    names = ("slug", "name", "date", "last_date", "place", "timezone", "organiser", "note")
    words = {name: str(getattr(found, name)) for name in (*names, "ruleset")}
    boxes = {f"language-{each}": "yes" for each in found.languages}
    boxes |= {name: "yes" for name in ("public", "self_checkin") if getattr(found, name)}
    return words | boxes


def _choices(found: Event | None = None) -> dict[str, object]:
    return {
        "zones": sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"),
        "language_names": {code: LANGUAGE_NAMES[code] for code in LANGUAGES},
        "rulesets": [(code, _ruleset(code)) for code in rule_files("rulesets")],
        "categories": _schemes(found, "categories", scheme_at),
        "prizes": _schemes(found, "prizes", prizes_at),
        "books": _books(found) if found is not None else {},
    }


def _books(found: Event) -> dict[str, str]:
    """The record books that an event may use, each with its name in words."""
    books = {name: book_at(found, name) for name in scheme_names(found, "records")}
    return {name: book.name or name for name, book in books.items() if book is not None}


def _ruleset(code: str) -> str:
    found = ruleset_of(code)
    return found.named(str(get_locale())) if found else code


def _schemes(
    event: Event | None, kind: str, at: Callable[[Event, str], Scheme | PrizeScheme | None]
) -> list[tuple[str, str]]:
    """Each scheme that an event may use with its name."""
    if event is None:
        return []
    found = {code: at(event, code) for code in scheme_names(event, kind)}
    return [(code, scheme.name if scheme else code) for code, scheme in found.items()]


def _presets() -> list[tuple[str, str]]:
    """Each preset of rules with what it ranks and how it rounds."""
    say = phrases_of(str(get_locale()))
    return [(code, f"{code}: {ranked_by(say, rules_of(code, {}))}") for code in presets()]


def _rounds(fields: dict[str, str], *, new: bool) -> list[dict[str, str]]:
    """The rounds of a contest with two to spare; a new one begins with the short question."""
    filled = [n for n in range(MOST_ROUNDS) if fields.get(f"round-{n}-name")]
    if new and not filled:
        return []
    count = min(max(filled, default=0) + 1 + _SPARE_ROWS, MOST_ROUNDS)
    return [
        {field: fields.get(f"round-{n}-{field}", "") for field in ROUND_FIELDS}
        for n in range(count)
    ]


def _rows(fields: dict[str, str], *, new: bool) -> list[dict[str, str]]:
    """The rows of the course with some to spare; a new contest begins with laps instead."""
    filled = [
        number for key, value in fields.items()
        if key.startswith("leg-") and value and (number := whole(key.split("-")[1])) is not None
    ]  # fmt: skip
    if new and not filled:
        return []
    last = max(filled, default=1)
    spare = {"direction": fields.get(f"leg-{last}-direction", "")}
    return [
        {field: fields.get(f"leg-{number}-{field}", "") for field in POINT_FIELDS}
        | (spare if number > last else {})
        for number in range(min(last + 1 + _SPARE_ROWS, 61))
    ]
