"""Cards of an event: certificates, bibs, labels and posters, a design filled in for each person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from timing import resources
from timing.core.fold.standings import Standings
from timing.core.telling.listing import Line, lines_of
from timing.printing.cards.designs import Design, decode_design
from timing.printing.cards.document import Batch, Fields
from timing.printing.cards.imposition import label_sheets
from timing.services.paper.sheet_kinds import Table
from timing.services.public.shown import newest_round


class CardKind(NamedTuple):
    """A kind of card. back: the design of the other side; labels: how many stand on a paper."""

    design: str
    fields: Callable[[Table], list[Fields]]
    back: str = ""
    labels: str = ""


def design(name: str) -> Design:
    """Give a design of config/printing/designs. Raises Refusal."""
    path = resources.folder("config") / "printing" / "designs" / f"{name}.toml"
    return decode_design(path.read_text(encoding="utf-8"), path.name)


def batch_of(table: Table, kind: str) -> Batch | None:
    """Fill the cards of a kind; None where there is nobody to print one for."""
    what = CARDS[kind]
    front = design(what.design)
    back = design(what.back) if what.back else None
    asked = front.fields | (back.fields if back else frozenset())
    cards = [{name: card.get(name, "") for name in asked} for card in what.fields(table)]
    if not cards:
        return None
    labels = label_sheets()[what.labels] if what.labels else None
    return Batch(design=front, back=back, cards=cards, labels=labels, skip=table.wanted.skip)


def _certificates(table: Table) -> list[Fields]:
    """One for everybody who has a place, in the order of the list."""
    return [
        _common(table) | _finisher(table, standings, line)
        for standings in _lists(table)
        for line in lines_of(standings)
        if line.place
    ]


def _finisher(table: Table, standings: Standings, line: Line) -> dict[str, str]:
    say = table.frame.phrases
    places = [f"{say('column.place')} {line.place}"]
    if line.category:
        places.append(f"{line.category} {line.category_place}")
    return {
        "name": line.name, "club": line.club or line.nation, "contest": standings.contest.name,
        "time": line.time, "places": " · ".join(places), "bib": line.bib,
        "title": say("word.certificate"), "link": _link(table, line.bib),
    }  # fmt: skip


def _people(table: Table) -> list[Fields]:
    """One for each bib, in the order of the numbers."""
    found: dict[str, dict[str, str]] = {}
    for standings in _lists(table):
        for line in lines_of(standings):
            if line.bib:
                contest = standings.contest.name
                before = found.setdefault(line.bib, {"contest": contest, "name": line.name})
                before |= {"bib": line.bib, "club": line.club, "link": _link(table, line.bib)}
    ordered = sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
    return [_common(table) | card | {"number": card["bib"]} for _, card in ordered]


def _poster(table: Table) -> list[Fields]:
    """One for each contest: where its results stand."""
    event = table.snapshot.event
    address = f"{table.wanted.link}/{event.slug}" if table.wanted.link else event.slug
    return [
        _common(table) | {
            "title": contest.name, "link": f"{address}/{contest.code}",
            "address": f"{address}/{contest.code}", "contest": contest.name,
        }
        for contest in table.contests
    ]  # fmt: skip


def _common(table: Table) -> dict[str, str]:
    event = table.snapshot.event
    when = table.frame.phrases.days(event.date, event.last_date)
    where = ", ".join(text for text in (event.place, when) if text)
    return {"event": event.name, "where": where, "signed": event.organiser}


def _lists(table: Table) -> list[Standings]:
    """The deciding round of each contest that is wanted."""
    return [
        table.snapshot.standings[contest.code, newest_round(table.snapshot, contest)]
        for contest in table.contests
    ]


def _link(table: Table, bib: str) -> str:
    return f"{table.wanted.link}/{table.slug}/bib/{bib}"


CARDS: Mapping[str, CardKind] = {
    "certificates": CardKind("certificate", _certificates),
    "bibs": CardKind("bib", _people, back="bib-back"),
    "labels": CardKind("label", _people, labels=next(iter(label_sheets()))),
    "posters": CardKind("poster", _poster),
}
"""Every kind of card by its name."""
