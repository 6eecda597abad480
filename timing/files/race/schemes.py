"""The category scheme of each contest of a race, and what it says about the entrants.

A scheme is a file beside race.toml or one that comes with the house (config/rules/categories).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.rulebook.categories import Scheme, category_of
from timing.core.rulebook.prizes import PrizeScheme, decode_prizes
from timing.core.rulebook.schemes import decode_scheme
from timing.core.rulefile import read_rules
from timing.core.setup.roster import Entry, Sex
from timing.files.entrants.entered import Entered
from timing.files.race.race_toml import RaceText
from timing.files.rulebook import read_book, rule_files
from timing.files.tables.findings import Findings

T = TypeVar("T")
_SEXES = frozenset(Sex)


def rules_text(text: RaceText, kind: str, name: str, key: str) -> tuple[str, str] | None:
    """Text and file name of a rule file: beside race.toml, else in config/rules/<kind>.

    None, with a problem, where there is neither.
    """
    ours = rule_files(kind)
    beside = text.path.parent / name
    path = beside if beside.is_file() else ours.get(name)
    if path is None:
        known = ", ".join(ours)
        text.wrong(key, f"{name!r} is no file beside race.toml and none of ours; ours are {known}")
        return None
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except UnicodeDecodeError:
        text.wrong(key, f"{name!r} is not UTF-8 text; expected a rule file")
        return None


def read_schemes(text: RaceText) -> dict[str, Scheme]:
    """Contest code -> its category scheme, where it names one.

    The categories of teams are chosen and may overlap; those of people must not.
    """
    schemes: dict[str, Scheme] = {}
    for number, choice in enumerate(text.race.contest):
        decode = decode_scheme if choice.relay is None else _team_scheme
        key = f"$.contest[{number}].categories"
        found = _read(text, "categories", key, choice.categories, decode)
        schemes |= {choice.code: found} if found else {}
    return schemes


def _team_scheme(content: str, file: str) -> Scheme:
    return read_rules(content, Scheme, file=file)


def read_prizes(text: RaceText) -> dict[str, PrizeScheme]:
    """Contest code -> its prizes, where it names a scheme of them."""
    prizes: dict[str, PrizeScheme] = {}
    for number, choice in enumerate(text.race.contest):
        key = f"$.contest[{number}].prizes"
        found = _read(text, "prizes", key, choice.prizes, decode_prizes)
        prizes |= {choice.code: found} if found else {}
    return prizes


def read_records(text: RaceText) -> dict[str, str]:
    """Name -> text of every record book beside race.toml; those of the house have none.

    A book that is nowhere, or that is wrong, is a problem.
    """
    own: dict[str, str] = {}
    for number, choice in enumerate(text.race.contest):
        for place, name in enumerate(choice.records):
            key = f"$.contest[{number}].records[{place}]"
            found = _read(text, "records", key, name, lambda *both: (read_book(*both), both[0])[1])
            if found is not None and name not in rule_files("records"):
                own[name] = found
    return own


def _read(
    text: RaceText, kind: str, key: str, name: str, decode: Callable[[str, str], T]
) -> T | None:
    found = rules_text(text, kind, name, key) if name else None
    if found is None:
        return None
    try:
        return decode(*found)
    except Refusal as refusal:
        text.findings.problems.extend(refusal.problems)
        return None


def with_categories(
    entered: Sequence[Entered],
    schemes: Mapping[str, Scheme],
    on: str,
    file: str,
    findings: Findings,
) -> list[Entered]:
    """Give everybody a category: the one entered, else what the scheme says of sex and age.

    A category that the scheme does not have is a problem; a sex that was not entered follows
    from a category that has only one.
    """
    day = date.fromisoformat(on) if on else date.min
    return [
        _classified(one, schemes[one.entry.contest], day, file, findings)
        if one.entry.contest in schemes
        else one
        for one in entered
    ]


def _classified(one: Entered, scheme: Scheme, day: date, file: str, findings: Findings) -> Entered:
    entry = one.entry
    if not entry.category:
        return one._replace(entry=_by_age(entry, scheme, day))
    row = next(
        (row for row in scheme.category if row.code.casefold() == entry.category.casefold()), None
    )
    if row is None:
        known = ", ".join(row.code for row in scheme.category)
        sentence = f"category {entry.category!r} is not in the scheme; expected one of {known}"
        findings.problem("category", sentence, file, one.line)
        return one
    only = row.sexes[0] if len(row.sexes) == 1 else ""
    sex = Sex(only) if only in _SEXES and not entry.sex else entry.sex
    return one._replace(entry=replace(entry, category=row.code, sex=sex))


def _by_age(entry: Entry, scheme: Scheme, day: date) -> Entry:
    found = category_of(scheme, sex=entry.sex.value, born=entry.born, age=entry.age, on=day)
    return entry if found is None else replace(entry, category=found.code)
