"""Nobody runs more contests than the rules of the event allow without an official knowing."""

from __future__ import annotations

from msgspec.structs import replace

from tests.core.story import contest, event
from timing.core.rulebook.rulesets import Ruleset
from timing.core.setup.roster import Entry, Roster
from timing.core.telling.entry_doubts import CODE, entry_doubts

RULES = Ruleset(
    code="x", name="x", source="x", most_individual=2, not_counted=("relay", "half-marathon")
)
CODES = ("a", "b", "c", "half", "relay")


def setup():
    contests = {code: contest(code) for code in CODES}
    contests["half"] = replace(contests["half"], discipline="backward-half-marathon")
    contests["relay"] = replace(contests["relay"], legs_of=4)
    return event(contests.values())


def told(*entered: str, rules: Ruleset = RULES, **more):
    entries = tuple(
        Entry(id=number, contest=code, name="A", **{"bib": "7", **more})
        for number, code in enumerate(entered, 1)
    )
    found = list(entry_doubts(setup(), Roster(entries=entries), rules))
    assert {each.key for each in found} <= {f"{CODE}:{each.params['bib']}" for each in found}
    return [each.params for each in found]


def test_one_contest_too_many_is_told_with_all_of_them():
    assert told("a", "b", "c") == [{"bib": "7", "contests": "A, B, C", "most": "2"}]


def test_relays_and_what_the_rules_except_do_not_count():
    assert told("a", "b", "half", "relay") == []


def test_who_guides_runs_no_contest():
    assert told("a", "b", "c", guide=True) == []


def test_somebody_without_a_bib_is_known_as_a_person():
    assert told("a", "b", "c", bib="", person=4)[0]["bib"] == "person 4"
    assert told("a", "b", "c", bib="") == []


def test_rules_without_a_limit_allow_everything():
    assert told("a", "b", "c", rules=replace(RULES, most_individual=0)) == []
