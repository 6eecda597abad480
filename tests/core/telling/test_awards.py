"""Every prize is told with the reason why somebody has it or has it not."""

from __future__ import annotations

import pytest

from tests.core.explaining import codes
from tests.core.story import story
from timing.core.rulebook.prizes import (
    Contender,
    Prize,
    PrizeScheme,
    Reason,
    Why,
    explain as explain_prizes,
    give_prizes,
)
from timing.core.telling.awards import WITHIN_REACH, award_sentences
from timing.core.telling.explain import explain
from timing.core.telling.sentences import SENTENCES


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_a_sentence_that_names_the_prize(why: Why):
    [sentence] = award_sentences([("Women 40", Reason(why, "W40", 2, 3, "Women open"))])
    assert sentence.code == why.value
    assert "Women 40" in sentence.text()
    assert why.value in SENTENCES


def test_what_is_won_what_is_held_and_what_is_missed_is_told_with_its_places():
    scheme = PrizeScheme(
        name="club",
        source="club",
        prize=(
            Prize(code="all", name="Overall"),
            Prize(code="W", name="Women", sexes=("W",)),
            Prize(code="W40", name="Women 40", sexes=("W",), ages=(40, 49)),
        ),
    )
    field = [
        Contender("ann", 1, "W", 40, 49), Contender("bea", 2, "W", 20, 39),
        Contender("cyd", 3, "W", 20, 39), Contender("dan", 4, "M", 40, 49),
    ]  # fmt: skip
    rankings = {"": field}
    awards = give_prizes(scheme, rankings)
    names = {prize.code: prize.name for prize in scheme.prize}

    def told(who: str) -> list[str]:
        reasons = explain_prizes(scheme, rankings, awards, who)
        named = [
            (names[one.prize], one._replace(other=names.get(one.other, ""))) for one in reasons
        ]
        return [sentence.text() for sentence in award_sentences(named)]

    assert told("ann") == [
        "Wins the prize “Overall”, place 1 of 1.",
        "No prize “Women”: holds “Overall” already.",
        "No prize “Women 40”: holds “Overall” already.",
    ]
    assert told("cyd") == [
        "No prize “Overall”: place 2 in its line, and there are 1.",
        "No prize “Women”: place 2 in its line, and there are 1.",
        "No prize “Women 40”: the category does not lie inside its ages.",
    ]
    assert told("dan")[1:] == [
        "No prize “Women”: it is for another sex.", "No prize “Women 40”: it is for another sex.",
    ]  # fmt: skip
    assert told("nobody")[0] == "No prize “Overall”: has no place in the ranking that counts."


def test_an_explanation_ends_with_the_awards():
    told = story("gun 0:00 | 101 finish 6:45")
    key = told.result("101").key
    prizes = [("Mile", Reason(Why.WON, "mile", 1, 3))]
    explained = explain(told.state, key, told.standings(), prizes)
    assert codes(explained.sentences)[-1] == "prize-won"
    assert explained.awards[0].params["number"] == "3"
    assert explain(told.state, key, told.standings()).awards == ()


def test_a_prize_for_others_is_not_within_reach():
    assert Why.SEX.value not in WITHIN_REACH
    assert {Why.WON.value, Why.TOO_LATE.value} < WITHIN_REACH
