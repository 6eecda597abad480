"""Ten desks at once: nobody is lost, nobody is checked in twice, no number is given twice.

As a story with figures: ``python -m tests.bench.soak_desks``.
"""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest

from tests.services.entrants.ten_desks import everybody_at_two_desks, faults, hold
from timing.core.refusal import Refusal
from timing.services.entrants import checkin
from timing.services.entrants.entry_facts import facts_of

DESKS, PEOPLE = 10, 2000


@pytest.mark.slow
def test_ten_desks_check_everybody_in_exactly_once(house):
    """Every person stands at two desks at the same moment."""
    hold(house, PEOPLE)
    told = everybody_at_two_desks(house, DESKS, PEOPLE)
    assert faults(house, told, PEOPLE) == []


@pytest.mark.slow
def test_a_number_that_ten_desks_hand_out_at_once_is_on_one_person(house):
    hold(house, DESKS)
    gate, told = Barrier(DESKS), Counter()

    def desk(number):
        gate.wait(30)
        try:
            checkin.hand_out(house, "mile", number, "X1", by=f"desk {number}")
            told["given"] += 1
        except Refusal as refusal:
            told[refusal.problems[0].code] += 1

    threads = [Thread(target=desk, args=(number,)) for number in range(1, DESKS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert told == {"given": 1, "duplicate-bib": DESKS - 1}
    assert list(facts_of(house, "mile").bibs.values()).count("X1") == 1
