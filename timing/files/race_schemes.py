"""The category scheme of each contest of a race, and what it says about the entrants.

A scheme is a file beside race.toml or one that comes with the house (config/rules/categories).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from timing import resources
from timing.core.categories import Scheme, category_of
from timing.core.refusal import Refusal
from timing.core.roster import Entry, Sex
from timing.core.schemes import decode_scheme
from timing.files.entries import Entered
from timing.files.findings import Findings
from timing.files.race_toml import RaceText


def rules_text(text: RaceText, kind: str, name: str, key: str) -> tuple[str, str] | None:
    """Text and file name of a rule file: beside race.toml, else in config/rules/<kind>.

    None, with a problem, where there is neither.
    """
    ours = resources.folder("config") / "rules" / kind
    beside = text.path.parent / name
    for path in (beside, ours / f"{name}.toml"):
        if path.is_file():
            try:
                return path.read_text(encoding="utf-8"), str(path)
            except UnicodeDecodeError:
                text.wrong(key, f"{name!r} is not UTF-8 text; expected a rule file")
                return None
    known = ", ".join(sorted(path.stem for path in ours.glob("*.toml"))) or "none yet"
    text.wrong(key, f"{name!r} is no file beside race.toml and none of ours; ours are {known}")
    return None


def read_schemes(text: RaceText) -> dict[str, Scheme]:
    """Contest code -> its category scheme, where it names one."""
    schemes = {}
    for number, choice in enumerate(text.race.contest):
        if choice.categories:
            key = f"$.contest[{number}].categories"
            found = rules_text(text, "categories", choice.categories, key)
            if found is not None:
                try:
                    schemes[choice.code] = decode_scheme(*found)
                except Refusal as refusal:
                    text.findings.problems.extend(refusal.problems)
    return schemes


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
    sex = Sex(row.sexes[0]) if len(row.sexes) == 1 and not entry.sex else entry.sex
    return one._replace(entry=replace(entry, category=row.code, sex=sex))


def _by_age(entry: Entry, scheme: Scheme, day: date) -> Entry:
    found = category_of(scheme, sex=entry.sex.value, born=entry.born, age=entry.age, on=day)
    return entry if found is None else replace(entry, category=found.code)
