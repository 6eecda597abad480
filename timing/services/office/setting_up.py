"""Events and contests are set up: freely until the gun, afterwards with a look and a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from timing.core.clock import Instant, datetime_of, instant_of
from timing.core.journal import rulings as act
from timing.core.refusal import Problem, Refusal, refused
from timing.core.rulebook.prizes import decode_prizes
from timing.core.rulebook.schemes import decode_scheme
from timing.core.sentence import worded
from timing.core.setup.event import Event, TimingPoint, Wave
from timing.core.setup.heats import waves_in
from timing.files.race.event import slug_of
from timing.files.rulebook import rule_files
from timing.services.house import House, UnknownEventError
from timing.services.office.contest_form import Made, read_contest
from timing.services.office.form_reading import Fields, Form
from timing.services.office.round_form import points_of, read_waves
from timing.services.preview import Preview, preview_setup
from timing.services.written import write
from timing.store import journal, setup
from timing.store.connect import Tx

RESERVED = frozenset({
    "staff", "s", "api", "static", "healthz", "metrics", "find", "favicon.ico", "robots.txt",
    "sitemap.xml", "new", "embed", "card", "me", "docs", "admin",
    "accounts", "sign-in", "sign-out", "records", "doctor",
})  # fmt: skip
"""Words of web addresses that are no event."""
LANGUAGES = ("en", "de", "it", "fr", "es")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
_CHECK_IN = TimingPoint(code="check-in", name="Check-in")


class Change(NamedTuple):
    """A change of the setup that was looked at. preview: None before the gun."""

    event: Event
    preview: Preview | None


def create(house: House, fields: Fields, copy_of: str = "") -> tuple[str, tuple[str, ...]]:
    """Make an event, empty or like another one; gives its slug and what to look at.

    Raises Refusal: a field that cannot be read, an address that is taken or reserved.
    """
    slug = fields.get("slug", "").strip() or slug_of(fields.get("name", ""))
    blank = Event(slug=slug, name="", date="", points=(_CHECK_IN,), waves=(), contests=())
    made = _read_event(blank, {**fields, "slug": slug})
    warnings: tuple[str, ...] = ()
    with house.store.write() as tx:
        if setup.find_event(tx, slug) is not None:
            raise refused("slug", "there is an event with the address {slug} already", slug=slug)
        if copy_of:
            made, warnings = _copied(setup.load_event(tx, copy_of), made)
        setup.save_event(tx, made)
    return slug, warnings


def _read_event(old: Event, fields: Fields) -> Event:
    """The event of a form. Raises Refusal with every field that is wrong."""
    text = {name: " ".join(value.split())[:500] for name, value in fields.items()}
    slug, name, zone = text.get("slug", ""), text.get("name", ""), text.get("timezone") or "UTC"
    problems = list(_wrong(slug, name, zone, text))
    if problems:
        raise Refusal(*problems)
    languages = tuple(each for each in LANGUAGES if fields.get(f"language-{each}"))
    return replace(
        old, slug=slug, name=name, date=text["date"], last_date=text.get("last_date", ""),
        place=text.get("place", ""), timezone=zone, organiser=text.get("organiser", ""),
        note=text.get("note", ""), ruleset=text.get("ruleset", ""),
        public=bool(text.get("public")), self_checkin=bool(text.get("self_checkin")),
        languages=languages or ("en",),
    )  # fmt: skip


def _wrong(slug: str, name: str, zone: str, text: Mapping[str, str]) -> Iterator[Problem]:
    if not name:
        yield Problem("name", worded("the event has no name"))
    if not _SLUG.fullmatch(slug):
        yield Problem(
            "slug",
            worded("{slug!r} is no address; expected letters, digits, hyphens", slug=slug[:60]),
        )
    if slug in RESERVED:
        yield Problem(
            "slug",
            worded("the address {slug!r} is used by the house; choose another one", slug=slug),
        )
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem(
            "timezone",
            worded("{zone!r} is no time zone; expected such as Europe/Rome", zone=zone[:40]),
        )
    yield from _wrong_days(text)
    if text.get("ruleset") and text["ruleset"] not in rule_files("rulesets"):
        yield Problem("ruleset", worded("there are no rules {text!r}", text=text["ruleset"][:40]))


def _wrong_days(text: Mapping[str, str]) -> Iterator[Problem]:
    for field in ("date", "last_date"):
        day = text.get(field, "")
        if (day or field == "date") and not _is_day(day):
            yield Problem(
                field, worded("{day!r} is no date; expected such as 2026-05-30", day=day[:20])
            )
    if text.get("last_date") and text["last_date"] < text.get("date", ""):
        yield Problem("last_date", worded("the last day is before the first"))


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-05-30") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _copied(old: Event, new: Event) -> tuple[Event, tuple[str, ...]]:
    """Everything but people and times; fixed dates move by whole days and are all told."""
    days = date.fromisoformat(new.date) - date.fromisoformat(old.date)
    waves = tuple(_moved(wave, days, new.timezone) for wave in old.waves)
    made = replace(
        new, points=old.points, waves=waves, contests=old.contests, kept_bibs=old.kept_bibs,
        ruleset=new.ruleset or old.ruleset, schemes=old.schemes,
    )  # fmt: skip
    return made, tuple(_fixed_dates(old, made))


def _moved(wave: Wave, days: timedelta, zone: str) -> Wave:
    if wave.scheduled is None:
        return wave
    local = datetime_of(wave.scheduled).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return replace(wave, scheduled=instant_of((local + days).replace(tzinfo=ZoneInfo(zone))))


def _fixed_dates(old: Event, new: Event) -> Iterator[str]:
    """Say every date of the old event that is in the copy, moved or not."""
    zone = ZoneInfo(new.timezone)
    for wave in new.waves:
        if wave.scheduled is not None:
            at = datetime_of(Instant(wave.scheduled)).astimezone(zone)
            yield f"start of {wave.name}: moved to {at:%Y-%m-%d %H:%M}; look whether it is right"
    if old.last_date and not new.last_date:
        yield f"the last day was {old.last_date}; the copy has one day"
    yield from _old_years(old.date[:4], new)


def _old_years(year: str, new: Event) -> Iterator[str]:
    texts = {"name": new.name, "note": new.note, "address": new.slug}
    texts |= {f"name of contest {each.code}": each.name for each in new.contests}
    texts |= {f"note of contest {each.code}": each.note for each in new.contests}
    for what, text in texts.items():
        if year in text and year != new.date[:4]:
            yield f"the {what} still says {year}"
    for each in new.contests:
        for scheme in (each.rules.categories, each.rules.prizes):
            if re.search(r"\d{4}", scheme):
                yield f"{each.name} uses the scheme {scheme}; look whether it holds this year"


def event_change(house: House, slug: str, fields: Fields) -> Change:
    """Say what other facts of an event would change. Raises Refusal, UnknownEventError."""
    old = loaded(house, slug)
    changed = _read_event(old, {**fields, "slug": slug})
    if changed.timezone != old.timezone or changed.date != old.date:
        return looked(house, slug, changed)
    return Change(changed, None)


def waves_change(house: House, slug: str, fields: Fields) -> Change:
    """Say what other names and times of waves, and names of timing points, would change.

    Raises Refusal, UnknownEventError.
    """
    event, form = loaded(house, slug), Form(fields)
    waves = read_waves(form, event)
    names = points_of(form)
    points = tuple(replace(each, name=names.get(each.code) or each.name) for each in event.points)
    if form.problems:
        raise Refusal(*form.problems)
    return looked(house, slug, replace(event, waves=waves, points=points))


def contest_change(house: House, slug: str, code: str, fields: Fields) -> Change:
    """Say what a new or changed contest would change; code "": a new one.

    Raises Refusal, UnknownEventError.
    """
    event = loaded(house, slug)
    old = event.contest(code) if code else None
    if code and old is None:
        raise refused("contest", "there is no contest {code!r}", code=code)
    return looked(house, slug, _with(event, read_contest(event, fields, old)))


def without_contest(house: House, slug: str, code: str) -> Change:
    """Say what would change if a contest were taken out."""
    event = loaded(house, slug)
    left = tuple(each for each in event.contests if each.code != code)
    return looked(house, slug, _tidy(replace(event, contests=left), event))


def _with(event: Event, made: Made) -> Event:
    new = made.contest
    contests = tuple(new if each.code == new.code else each for each in event.contests)
    if event.contest(new.code) is None:
        contests = (*contests, new)
    own = {wave.code: wave for wave in made.waves}
    first = new.rounds[0].heats[0].wave
    waves = tuple(_rescheduled(each, own.pop(each.code, None), first) for each in event.waves)
    changed = replace(
        event, contests=contests, waves=(*waves, *own.values()),
        points=(*event.points, *made.points),
    )  # fmt: skip
    return _tidy(changed, event)


def _rescheduled(old: Wave, new: Wave | None, first: str) -> Wave:
    """A wave keeps its name and interval; the form says when the first one starts."""
    if new is None or old.code != first:
        return old
    return replace(old, scheduled=new.scheduled)


def _tidy(event: Event, before: Event) -> Event:
    """Leave out the waves that no contest starts with any more; further ones stay."""
    gone = waves_in(before.contests) - waves_in(event.contests)
    return replace(event, waves=tuple(wave for wave in event.waves if wave.code not in gone))


def looked(house: House, slug: str, changed: Event) -> Change:
    """Give a changed setup with what it changes, once the race has begun."""
    started = house.live.ask(slug, lambda state: bool(state.lineup.guns))
    return Change(changed, preview_setup(house, slug, changed) if started else None)


def save(house: House, slug: str, change: Change, *, reason: str, by: str) -> None:
    """Write a change; after the gun its reason is kept in the journal.

    Raises Refusal: no reason, or something that entries still need was taken out.
    """
    if change.preview is not None and not reason:
        raise refused(
            "reason", "the race has begun; please give a reason, it is kept with the change"
        )
    with house.store.write() as tx:
        number = _number(tx, slug)
        version = journal.lock_head(tx, number).setup
        setup.save_event(tx, change.event, number)
        if change.preview is not None:
            looked_at = act.Clear(anomaly=f"setup:{version + 1}")
            write(house, tx, number, [looked_at], f"setup changed: {reason}", by)


def scheme_checks() -> dict[str, Problem | None]:
    """Every category and prize scheme -> what is wrong with it, None for nothing."""
    return {
        f"{kind}/{name}": _flaw(kind, path, path.stat().st_mtime_ns)
        for kind in ("categories", "prizes")
        for name, path in rule_files(kind).items()
    }


@lru_cache(maxsize=400)
def _flaw(kind: str, path: Path, _changed: int) -> Problem | None:
    """What is wrong with the file of a scheme; looked at again when it is changed."""
    decode = decode_scheme if kind == "categories" else decode_prizes
    try:
        decode(path.read_text(encoding="utf-8"), path.name)
    except Refusal as refusal:
        return refusal.problems[0]
    return None


def loaded(house: House, slug: str) -> Event:
    """Give the setup of an event. Raises UnknownEventError."""
    with house.store.read() as tx:
        return setup.load_event(tx, slug)


def _number(tx: Tx, slug: str) -> int:
    found = setup.find_event(tx, slug)
    if found is None:
        raise UnknownEventError(slug)
    return found
