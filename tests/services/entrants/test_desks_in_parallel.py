"""Ten desks at once: nobody is lost, nobody is checked in twice, no number is given twice."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest

from tests.web import race
from timing.core.refusal import Refusal
from timing.services.entrants import checkin
from timing.store import journal, setup

DESKS, PEOPLE = 10, 300


@pytest.mark.slow
def test_ten_desks_check_everybody_in_exactly_once(house):
    """Every person stands at two desks at the same moment."""
    race.hold(house, race.race(), race.field(PEOPLE), [])
    gate, told = Barrier(DESKS), Counter()

    def desk(number):
        gate.wait(30)
        for entry in range(1, PEOPLE + 1):
            if entry % DESKS in (number, (number + 1) % DESKS):
                try:
                    checkin.check_in(house, "mile", entry, by=f"desk {number}")
                    told[entry, "in"] += 1
                except Refusal as refusal:
                    told[entry, refusal.problems[0].code] += 1

    threads = [Thread(target=desk, args=(number,)) for number in range(DESKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    everybody = range(1, PEOPLE + 1)
    assert told == Counter(
        {(n, word): 1 for n in everybody for word in ("in", "checked-in-already")}
    )
    with house.store.read() as tx:
        reads = journal.load_journal(tx, setup.find_event(tx, "mile")).reads
    assert Counter(read.bib for read in reads) == Counter(str(100 + n) for n in everybody)
    assert checkin.counters(house, "mile").here == PEOPLE
