"""Whether an entrant is ready to start, and who may work at which desk."""

import pytest

from timing.core.clock import Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import Ruling
from timing.core.permissions import ALLOWED, Role, Verb, may
from timing.core.refusal import refused
from timing.core.telling.checkin import ITEMS, Readiness, readiness, seen_items


def test_what_was_seen_is_collected_for_each_entry():
    acts = [
        act.Confirm(entry=1, item="photo_id"), act.Confirm(entry=1, item="helmet"),
        act.Confirm(entry=2, item="photo_id"), act.Close(contest="mile", round="final"),
    ]  # fmt: skip
    live = [Ruling("desk", n, Instant(n), each) for n, each in enumerate(acts)]
    assert seen_items(live) == {1: {"photo_id", "helmet"}, 2: {"photo_id"}}


@pytest.mark.parametrize(
    ("bib", "seen", "here", "expected"),
    [
        ("7", {"photo_id", "briefing"}, True, Readiness((), checked_in=True)),
        ("7", {"briefing"}, True, Readiness(("photo_id",), checked_in=True)),
        ("", {"photo_id", "briefing"}, True, Readiness(("bib",), checked_in=True)),
        ("", set(), False, Readiness(("bib", "photo_id", "briefing"), checked_in=False)),
    ],
)
def test_what_is_missing_is_said_in_the_order_of_the_contest(bib, seen, here, expected):
    requires = ("photo_id", "briefing")
    assert readiness(bib, requires, frozenset(seen), checked_in=here) == expected


def test_only_who_is_here_and_misses_nothing_is_ready():
    assert Readiness((), checked_in=True).ready
    assert not Readiness((), checked_in=False).ready
    assert not Readiness(("bib",), checked_in=True).ready


def test_every_item_has_a_word_and_a_sentence():
    assert all(item.word and item.sentence for item in ITEMS.values())


def test_a_role_may_do_its_own_work_and_nobody_without_one_anything():
    assert set(ALLOWED) == set(Role)
    assert may("judge", Verb.JUDGE)
    assert not may("judge", Verb.PUBLISH)
    assert not any(may(role, Verb.LOOK) for role in ("", "king"))


def test_one_thing_is_refused_in_one_sentence():
    refusal = refused("bib-taken", "bib 7 is on somebody else")
    assert str(refusal) == "bib 7 is on somebody else"
    assert [problem.code for problem in refusal.problems] == ["bib-taken"]
