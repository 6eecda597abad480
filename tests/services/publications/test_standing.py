"""Whether what was published still says what is shown live."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, go_on, run_day
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.house import House
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.services.publications.standing import standing_of
from timing.services.rulings import rule
from timing.store import publications

DAY = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:50"


@pytest.fixture
def loaded(monkeypatch) -> list[int]:
    """The versions whose sheets were read from the database."""
    found: list[int] = []
    load_sheet = publications.load_sheet

    def load(tx, event, contest, version):
        found.append(version)
        return load_sheet(tx, event, contest, version)

    monkeypatch.setattr(publications, "load_sheet", load)
    return found


def told(house: House) -> tuple[str, bool]:
    house.live.snapshot(SLUG, fresh=True)
    now = standing_of(house, SLUG, "race")
    assert now is not None
    return now.edition, now.holds


def test_what_was_never_published_stands_for_nothing(house: House):
    run_day(house, DAY)
    assert standing_of(house, SLUG, "race") is None


def test_a_version_stands_until_its_list_changes_and_the_next_one_is_amended(house: House):
    run_day(house, DAY)
    publishing.publish(house, SLUG, "race", Order("Tim Er", official=True))
    assert told(house) == ("official", True)
    rule(
        house,
        SLUG,
        [SetStatus(entry=103, round="final", status=Status.DQ, rule="IRR 2")],
        reason="lane",
        author="Ref Eree",
    )
    assert told(house) == ("official", False)
    publishing.publish(house, SLUG, "race", Order("Tim Er", official=True))
    assert told(house) == ("amended", True)


def test_a_line_that_changes_nothing_of_the_list_is_no_reason_to_read_the_version(house, loaded):
    run_day(house, DAY)
    publishing.publish(house, SLUG, "race", Order("Tim Er"))
    assert told(house) == told(house) == ("provisional", True)
    assert loaded == [1]
    go_on(house, "999 finish 7:00")
    assert told(house) == ("provisional", True)
    assert loaded == [1]
