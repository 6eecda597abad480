"""Cards of an event: certificates, bibs, labels and posters, a design filled in for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from timing import resources
from timing.core.fold.results import SHORTENED
from timing.core.fold.standings import Row, Standings
from timing.core.fold.state import State
from timing.core.refusal import refused
from timing.core.setup.event import Contest
from timing.core.setup.roster import Entry, EntryId
from timing.core.telling.listing import Line, line_of
from timing.core.telling.members import member_names
from timing.printing.cards.designs import Design, decode_design
from timing.printing.cards.document import Batch, Fields
from timing.printing.cards.imposition import label_sheets
from timing.printing.sheets.results_sheet import round_title
from timing.services.office import stations
from timing.services.paper.wanted import Table
from timing.services.public.field import gun_of


class CardKind(NamedTuple):
    """A kind of card. back: the design of the other side; labels: how many stand on a paper."""

    design: str
    fields: Callable[[Table], list[Fields]]
    back: str = ""
    labels: str = ""


def designs() -> Mapping[str, Path]:
    """Name -> file of every design that comes with the house."""
    folder = resources.folder("config") / "printing" / "designs"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def design(name: str) -> Design:
    """Give a design by its name, or from a file. Raises Refusal."""
    path = designs().get(name) or Path(name)
    if not path.is_file():
        known = ", ".join(designs())
        raise refused(
            "design-unknown",
            "{name!r} is no design; expected one of {known}, or a file",
            name=name,
            known=known,
        )
    return decode_design(path.read_text(encoding="utf-8"), path.name)


def batch_of(table: Table, kind: str) -> Batch | None:
    """Fill the cards of a kind; None where there is nobody to print one for. Raises Refusal."""
    what, wanted = CARDS[kind], table.wanted
    front = design(wanted.design or what.design)
    back = design(what.back) if what.back and not wanted.design else None
    name = wanted.labels or what.labels
    if name and name not in label_sheets():
        known = ", ".join(label_sheets())
        raise refused(
            "labels-unknown",
            "{name!r} is no sheet of labels; expected one of {known}",
            name=name,
            known=known,
        )
    asked = front.fields | (back.fields if back else frozenset())
    cards = [
        {field: card.get(field, "") for field in asked}
        for card in what.fields(table)
        if wanted.bib in ("", card.get("bib"))
    ]
    if not cards:
        return None
    labels = label_sheets()[name] if name else None
    return Batch(design=front, back=back, cards=cards, labels=labels, skip=wanted.skip)


def _certificates(table: Table) -> list[Fields]:
    """One for everybody who has a place: in the last round that was run, in the order of it."""
    common = _common(table)
    return [
        common | _finisher(table, standings, row)
        for contest in table.contests
        for standings, row in _finishers(table, contest)
    ]


def _finishers(table: Table, contest: Contest) -> Iterator[tuple[Standings, Row]]:
    """Everybody once, the finalists first."""
    seen: set[EntryId] = set()
    for round_ in reversed(contest.rounds):
        standings = table.snapshot.standings[contest.code, round_.code]
        for row in standings.ranked:
            if row.entry.id not in seen:
                seen.add(row.entry.id)
                yield standings, row


def _finisher(table: Table, standings: Standings, row: Row) -> dict[str, str]:
    say, event = table.say, table.snapshot.event
    line = line_of(standings.contest, row)
    gun = gun_of(standings)
    when = say.day(gun, event.timezone) if gun else say.days(event.date, event.last_date)
    club = line.club or line.nation
    whose = ", ".join(member_names(row.entry)) or (club if club != line.name else "")
    places = " · ".join(_places(table, standings.contest, line))
    return {
        "name": line.name, "club": whose,
        "where": ", ".join(text for text in (event.place, when) if text),
        "contest": _raced(standings, row),
        "time": line.time, "places": places, "bib": line.bib,
        "title": say("word.certificate"), "link": _link(table, line.bib),
    }  # fmt: skip


def _raced(standings: Standings, row: Row) -> str:
    """The contest and round; of a race that was stopped also the point at which the time is."""
    contest = standings.contest
    names = {point.code: point.name for point in contest.course.points}
    where = [names[mark.code] for mark in row.result.marks if mark.kind == SHORTENED]
    return ", ".join([round_title(contest, standings.round), *where])


def _places(table: Table, contest: Contest, line: Line) -> Iterator[str]:
    """The place in the whole list, among the own sex where it differs, and in the category.

    The sexes of relay teams are not ranked apart.
    """
    say, place = table.say, table.say("column.place")
    yield f"{place} {line.place}"
    alone = contest.legs_of == 1
    if alone and line.sex_place and line.sex_place != line.place.rstrip("="):
        yield f"{say(f'sex.{line.sex}')}: {place} {line.sex_place}"
    if line.category and line.category_place:
        yield f"{line.category}: {place} {line.category_place}"


def _people(table: Table) -> list[Fields]:
    """One for each bib that is worn, in the order of the numbers."""
    names = {contest.code: contest.name for contest in table.contests}
    worn: dict[str, list[Entry]] = {}
    for bib, entry in table.house.live.ask(table.slug, _wearers) or ():
        if entry.contest in names:
            worn.setdefault(bib, []).append(entry)
    common = _common(table) | {
        "emergency": table.say("word.emergency"), "medical": table.say("word.medical"),
    }  # fmt: skip
    return [
        common | {
            "bib": bib, "number": bib, "name": entries[0].name, "club": entries[0].club,
            "contest": ", ".join(dict.fromkeys(names[each.contest] for each in entries)),
            "link": _link(table, bib),
        }
        for bib, entries in sorted(worn.items(), key=lambda item: (len(item[0]), item[0]))
    ]  # fmt: skip


def _wearers(state: State) -> list[tuple[str, Entry]]:
    lineup = state.lineup
    found = ((lineup.bibs.get(each.id, each.bib), each) for each in lineup.entries.values())
    return [(bib, entry) for bib, entry in found if bib]


def _poster(table: Table) -> list[Fields]:
    """One for each contest: where its results stand."""
    return [
        _common(table) | {
            "title": contest.name, "link": f"{table.address}/{contest.code}",
            "address": f"{table.address}/{contest.code}", "contest": contest.name,
            "hint": table.say("word.scan"),
        }
        for contest in table.contests
    ]  # fmt: skip


def _common(table: Table) -> dict[str, str]:
    event = table.snapshot.event
    when = table.frame.phrases.days(event.date, event.last_date)
    where = ", ".join(text for text in (event.place, when) if text)
    return {
        "event": event.name, "where": where, "signed": event.organiser,
        "logo": table.wanted.logo,
    }  # fmt: skip


def _link(table: Table, bib: str) -> str:
    return f"{table.address}/bib/{quote(bib, safe='')}"


def _stations(table: Table) -> list[Fields]:
    """One for each timing point; each code holds a new link, which is kept nowhere else."""
    posters: list[Fields] = []
    for point in table.snapshot.event.points:
        link = table.address
        if table.wanted.author:
            token = stations.make_link(
                table.house, table.slug, point.name, table.wanted.author, point=point.code
            )
            link = f"{table.house.stationery.address}/s/{token}"
        posters.append(
            _common(table) | {
                "title": point.name, "link": link, "address": table.say("word.station"),
                "hint": table.say("word.scan_station"),
            }
        )  # fmt: skip
    return posters


CARDS: Mapping[str, CardKind] = {
    "certificates": CardKind("certificate", _certificates),
    "bibs": CardKind("bib", _people, back="bib-back"),
    "labels": CardKind("label", _people, labels=next(iter(label_sheets()))),
    "posters": CardKind("poster", _poster),
    "station-posters": CardKind("poster", _stations),
}
"""Every kind of card by its name."""
