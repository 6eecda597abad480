"""Single entries are amended: at the office's form, or on the card of a check-in desk.

What is changed stays in the history of the entry; who changes it says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from timing.core.refusal import Problem, Refusal, refused
from timing.core.setup.roster import Entry, EntryId
from timing.services.entrants.entries import BY_FORM, carry_out, record_of
from timing.services.entrants.entry_facts import Facts, facts_of, wave_named
from timing.services.entrants.entry_plan import CHANGE, Plan, Planned, plan_records, wave_change
from timing.services.house import House

EDITABLE = (
    "name", "family", "contest", "sex", "born", "age", "club", "nation", "delegation",
    "category", "team", "external", "note", "out_of_competition", "hidden",
)  # fmt: skip
"""Fields of an entry that the form of one entry changes; the bib has a desk of its own."""
Fields = Mapping[str, str]


def amend_one(
    house: House, slug: str, entry: EntryId, fields: Fields, *, reason: str, author: str
) -> Entry:
    """Change single fields of an entry; an empty text takes a value away.

    ``wave`` moves the entry into another wave. After the gun a reason is needed. Raises Refusal,
    UnknownEventError.
    """
    facts = facts_of(house, slug)
    planned = _planned(facts, entry, fields, 1)
    if planned.changes and facts.started and not reason:
        raise refused(
            "reason", "the race has begun; please give a reason, it is kept with the change"
        )
    _write(house, slug, [planned], reason or "amended at the desk", author)
    return planned.entry


def amend_at_desk(
    house: House, slug: str, wanted: Mapping[EntryId, Fields], *, reason: str, author: str
) -> bool:
    """Change name, club, contest or wave of somebody's entries in one step, always with a reason.

    Gives whether anything was changed. Raises Refusal, UnknownEventError.
    """
    facts = facts_of(house, slug)
    planned = [
        _planned(facts, entry, fields, line)
        for line, (entry, fields) in enumerate(wanted.items(), 1)
    ]
    if any(each.changes for each in planned) and not reason:
        raise refused("reason", "please say why; the reason is kept with the change")
    _entered_once(facts, planned)
    return _write(house, slug, planned, reason, author)


def _write(house: House, slug: str, planned: list[Planned], reason: str, author: str) -> bool:
    changed = tuple(each for each in planned if each.changes)
    if changed:
        carry_out(house, slug, Plan(changed, (), (), ()), reason=reason, author=author)
    return bool(changed)


def _planned(facts: Facts, entry: EntryId, fields: Fields, line: int) -> Planned:
    old = facts.entries.get(entry)
    if old is None:
        raise refused(
            "entry-unknown",
            "there is no entry {entry} at {slug}",
            entry=entry,
            slug=facts.event.slug,
        )
    changes = _amended(facts, old, fields)
    changed = replace(old, **{field: new for field, (_, new) in changes.items()})
    wave = _wave(facts, fields.get("wave", ""))
    changes |= wave_change(facts, old, changed, wave)
    start = facts.starts.get(entry)
    lane = start.lane if start is not None and old.contest == changed.contest else 0
    return Planned(line, CHANGE, changed, 0, wave, lane, changes, ())


def _wave(facts: Facts, word: str) -> str:
    wave = wave_named(facts.event, word)
    if word and not wave:
        codes = ", ".join(each.code for each in facts.event.waves)
        raise refused(
            "wave",
            "there is no wave {wave!r}; expected one of {codes}",
            wave=word[:40],
            codes=codes,
        )
    return wave


def _amended(facts: Facts, old: Entry, fields: Fields) -> dict[str, tuple[Any, Any]]:
    """The fields that the form says otherwise, read by the rules of a file."""
    contest = fields.get("contest") or old.contest
    told = {field: text for field, text in fields.items() if field != "wave"}
    record = record_of({"name": old.name, **told, "contest": contest})
    plan = plan_records(_without(facts, old), [record], {"all:category": "keep"}, BY_FORM)
    wrong = [problem._replace(file=None, line=None) for problem in plan.problems]
    wrong += [
        Problem(doubt.code, doubt.said)
        for each in plan.lines
        for doubt in each.undecided
        if doubt.code == "nation"
    ]
    if wrong:
        raise Refusal(*wrong)
    new = plan.lines[0].entry
    family = fields["family"].strip() if "family" in fields else _family(old, new.name)
    new = replace(new, family=family, hidden=bool(fields.get("hidden")))
    given = {field for field in EDITABLE if field in fields} | {"contest", "family"}
    pairs = {f: (getattr(old, f), getattr(new, f)) for f in EDITABLE if f in given}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _family(old: Entry, name: str) -> str:
    """The part of a changed name to sort by, where the form does not say it."""
    if not old.family or old.family in name:
        return old.family
    return name.rpartition(" ")[2]


def _entered_once(facts: Facts, planned: list[Planned]) -> None:
    """Refuse somebody a second time in one contest."""
    changed = {each.entry.id: each.entry for each in planned}
    for entry in changed.values():
        for other in facts.entries.values():
            twin = changed.get(other.id, other)
            same = twin.person is not None and twin.person == entry.person
            if same and twin.id != entry.id and twin.contest == entry.contest:
                raise refused(
                    "entered-twice",
                    "{name} is entered in {contest} already",
                    name=entry.name,
                    contest=entry.contest,
                )


def _without(facts: Facts, old: Entry) -> Facts:
    others = {number: entry for number, entry in facts.entries.items() if number != old.id}
    return facts._replace(entries=others)
