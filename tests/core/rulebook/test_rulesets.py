from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import pytest
from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.rulebook.rulesets import (
    Effect,
    FalseStarts,
    FinishPart,
    Guides,
    Ruleset,
    Sentence,
    check_ruleset,
    contests_beyond,
    decode_infractions,
    decode_ruleset,
    false_starts,
    text_in,
)

RULES = Path(__file__).parents[3] / "config" / "rules"
TEXTS = {p.stem: p.read_text("utf-8") for p in sorted((RULES / "rulesets").glob("*.toml"))}
RULESETS = {code: decode_ruleset(text) for code, text in TEXTS.items()}
ESSEN = RULESETS["irr-2016"]
INFRACTIONS_TEXT = (RULES / "infractions.toml").read_text("utf-8")
INFRACTIONS = decode_infractions(INFRACTIONS_TEXT)


@pytest.mark.parametrize("code", TEXTS)
def test_every_rule_book_of_the_house_is_sound_and_names_its_source(code):
    ruleset = RULESETS[code]
    assert ruleset.code == code
    assert ruleset.source
    assert ruleset.sentences
    assert ruleset.cautions_to_dq == 0
    for language in ("en", "de", "it", "fr", "es"):
        assert all(language in sentence.text for sentence in ruleset.sentences)
        assert language == "en" or language in ruleset.names


def test_the_rules_of_essen():
    assert ESSEN.finish is FinishPart.BACK_SHOULDER
    assert ESSEN.guides is Guides.PERMISSION
    assert ESSEN.free_false_starts == 1
    assert (ESSEN.lanes_to, ESSEN.lanes_leg_to, ESSEN.blocks_to) == (400, 100, 400)
    assert (ESSEN.most_individual, ESSEN.final_of) == (3, 6)


def test_the_rules_are_printed_in_the_language_asked_for_or_in_english():
    rules = Ruleset(
        code="x",
        name="x",
        source="x",
        sentences=(
            Sentence(code="a", text={"en": "Back first.", "de": "Rücken voran."}),
            Sentence(code="b", text={"en": "Give way."}),
        ),
    )
    assert rules.printed("de") == ("Rücken voran.", "Give way.")
    assert rules.printed("en") == ("Back first.", "Give way.")
    assert text_in({"en": "a", "it": "b"}, "it") == "b"


PLAIN = Ruleset(code="x", name="x", source="x")


def sentences(**changes) -> list[str]:
    return [problem.sentence for problem in check_ruleset(replace(PLAIN, **changes))]


@pytest.mark.parametrize(
    "key",
    [
        "free_false_starts",
        "lanes_to",
        "lanes_leg_to",
        "blocks_to",
        "most_individual",
        "final_of",
        "cautions_to_dq",
    ],
)
def test_a_negative_number_is_refused_by_name(key):
    assert sentences(**{key: -1}) == [f"x: {key} is -1; expected 0 or more"]
    assert sentences(**{key: 0}) == []


def test_a_bib_is_worn_on_the_back_on_the_chest_or_on_both():
    assert sentences(bib="leg") == ["x: the bib is on the 'leg'; expected back, chest or both"]
    assert sentences(bib="chest") == sentences(bib="both") == []


def test_a_sentence_stands_once_and_in_english():
    text = {"en": "a"}
    twice = (Sentence(code="a", text=text), Sentence(code="a", text=text))
    assert sentences(sentences=twice) == ["x: sentence 'a' stands 2 times"]
    assert sentences(sentences=(Sentence(code="a", text={"de": "a"}),)) == [
        "x: sentence 'a' has no English text"
    ]


def test_a_bad_rule_book_is_refused_with_its_file():
    text = TEXTS["irr-2016"].replace("final_of = 6", "final_of = -6")
    with pytest.raises(Refusal, match=r"^irr\.toml: irr-2016: final_of is -6; expected 0 or more"):
        decode_ruleset(text, "irr.toml")


def test_infractions_have_a_rule_and_a_text_in_three_languages():
    assert {"toes-turned", "ran-forward", "left-lane", "hindered", "fall"} <= set(INFRACTIONS)
    assert all({"en", "de", "it"} <= set(row.text) for row in INFRACTIONS.values())
    assert INFRACTIONS["left-lane"].usual is Effect.DQ
    assert INFRACTIONS["fall"].usual is Effect.NOTE


def test_a_bad_list_of_infractions_is_refused_with_its_file():
    text = INFRACTIONS_TEXT.replace('"ran-forward"', '"toes-turned"')
    with pytest.raises(Refusal, match=r"^i\.toml: infractions: row 'toes-turned' stands 2 times"):
        decode_infractions(text, "i.toml")


@pytest.mark.parametrize(
    ("attempts", "free", "expected"),
    [
        ([], 1, FalseStarts(0, ())),
        ([["7"]], 1, FalseStarts(1, ())),
        ([["7"], ["8"]], 1, FalseStarts(2, (("8", 2),))),
        ([["7"], ["7"]], 1, FalseStarts(2, (("7", 2),))),
        ([["7"], ["8", "9"], ["8", "5"]], 1, FalseStarts(3, (("8", 2), ("9", 2), ("5", 3)))),
        ([["7"]], 0, FalseStarts(1, (("7", 1),))),
        ([[], ["7"]], 1, FalseStarts(2, (("7", 2),))),
        ([["7"], ["8"]], 2, FalseStarts(2, ())),
    ],
)
def test_the_first_false_start_is_free_and_who_causes_a_further_one_is_out(
    attempts, free, expected
):
    assert false_starts(attempts, free) == expected


def contests(*entries: tuple[str, str, str]) -> dict[Hashable, list[str]]:
    return contests_beyond(entries, ESSEN)


THREE = [("Ana", f"{metres}m", "track") for metres in (100, 200, 400)]


def test_an_athlete_has_at_most_three_individual_contests():
    assert contests(*THREE) == {}
    assert contests(*THREE, ("Eva", "800m", "track")) == {}
    assert contests(*THREE, ("Ana", "800m", "track")) == {"Ana": ["100m", "200m", "400m", "800m"]}


def test_relays_and_the_half_marathon_do_not_count():
    more = [("Ana", "4x100m", "relay"), ("Ana", "half", "half-marathon")]
    assert contests(*THREE, *more) == {}


def test_without_a_limit_nobody_has_too_many():
    many = [("Ana", str(k), "track") for k in range(9)]
    assert contests_beyond(many, PLAIN) == {}


def test_every_refusal_has_a_code():
    text = {"de": "a"}
    twice = (Sentence(code="a", text=text), Sentence(code="a", text=text))
    found = check_ruleset(replace(PLAIN, final_of=-1, bib="leg", sentences=twice))
    assert [problem.code for problem in found] == [
        "ruleset-number",
        "ruleset-bib",
        "text-twice",
        "text-english",
        "text-english",
    ]


def test_a_rule_set_has_its_name_in_the_language_or_as_it_is_known():
    named = replace(PLAIN, name="Rules", names={"it": "Regole"})
    assert (named.named("it"), named.named("de")) == ("Regole", "Rules")
