"""Many desks at one moment: everybody stands at two of them, every number is asked for by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from tests.web import race
from timing.core.refusal import Refusal
from timing.services.entrants import checkin
from timing.services.house import House
from timing.store import journal, setup

SLUG = "mile"
ONCE = ("in", "checked-in-already")
"""What two desks are told about one person, in any order."""
Told = Counter[tuple[int, str]]


def everybody_at_two_desks(house: House, desks: int, people: int) -> Told:
    """Let the desks check all people in, each person at two desks; gives what each was told."""
    told: Told = Counter()

    def desk(number: int) -> None:
        for entry in range(1, people + 1):
            if entry % desks in (number, (number + 1) % desks):
                told[entry, _try(house, entry, number)] += 1

    _together(desks, desk)
    return told


def _try(house: House, entry: int, number: int) -> str:
    try:
        checkin.check_in(house, SLUG, entry, by=f"desk {number}")
    except Refusal as refusal:
        return refusal.problems[0].code
    return "in"


def _together(desks: int, work: Callable[[int], None]) -> None:
    gate = Barrier(desks)

    def begin(number: int) -> None:
        gate.wait(30)
        work(number)

    threads = [Thread(target=begin, args=(number,)) for number in range(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(900)


def faults(house: House, told: Told, people: int) -> list[str]:
    """Say what is not as it must be: lost, twice, or told wrongly; nothing when all is well."""
    found = [
        f"entry {entry} was told {word} {told[entry, word]} times"
        for entry in range(1, people + 1)
        for word in ONCE
        if told[entry, word] != 1
    ]
    with house.store.read() as tx:
        reads = journal.load_journal(tx, setup.event_number(tx, SLUG)).reads
    times = Counter(read.bib for read in reads)
    found += [
        f"bib {bib} has {times[bib]} check-ins"
        for bib in (str(100 + n) for n in range(1, people + 1))
        if times[bib] != 1
    ]
    here = checkin.counters(house, SLUG).here
    return [*found, *([f"{here} are counted as here"] if here != people else [])]


def hold(house: House, people: int) -> None:
    """Enter so many people with bibs."""
    race.hold(house, race.race(SLUG), race.field(people), [])
