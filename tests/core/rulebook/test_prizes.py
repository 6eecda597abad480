import pytest
from hypothesis import given, strategies as st

from timing.core.rulebook.prizes import (
    Award,
    Contender,
    Prize,
    PrizeScheme,
    Reason,
    Why,
    explain,
    give_prizes,
    most_general_first,
)


def prize(code, **fields):
    return Prize(code=code, name=code, **fields)


def scheme(*prizes, general_first=True):
    return PrizeScheme(name="club", source="club", general_first=general_first, prize=prizes)


def line(text):
    """Contenders in order of place: ``1=A M20-39 Fife`` is entry A in tie group 1."""
    contenders = []
    for number, word in enumerate(text.split(" | "), 1):
        tie, _, rest = word.rpartition("=")
        entry, kind, *club = rest.split()
        first, _, last = kind[1:].partition("-")
        contenders.append(
            Contender(
                entry,
                int(tie or number),
                kind[0],
                int(first) if first else None,
                int(last) if last else None,
                " ".join(club),
            )
        )
    return contenders


def winners(scheme_, ranked):
    rankings = ranked if isinstance(ranked, dict) else {"": ranked}
    found = {}
    for award in give_prizes(scheme_, rankings):
        mark = "=" if award.tied else ""
        found.setdefault(award.prize, []).append(f"{award.place}{mark}{award.entry}")
    return {code: " ".join(given) for code, given in found.items()}


OPEN = prize("open", number=2)
FORTY = prize("40", ages=(40, 49), number=2)
FIELD = line("A M40-49 | B M20-39 | C M40-49 | D M40-49 | E M20-39 | F M40-49")


def test_all_prizes_of_the_general_category_come_first():
    assert winners(scheme(OPEN, FORTY), FIELD) == {"open": "1A 2B", "40": "1C 2D"}


def test_first_prizes_of_all_categories_may_come_first():
    ranked = line("A M20-39 | B M40-49 | C M20-39 | D M40-49")
    assert winners(scheme(OPEN, FORTY), ranked) == {"open": "1A 2B", "40": "1D"}
    assert winners(scheme(OPEN, FORTY, general_first=False), ranked) == {
        "open": "1A 2C",
        "40": "1B 2D",
    }


def test_the_order_of_the_rows_does_not_decide_who_is_more_general():
    assert winners(scheme(FORTY, OPEN), FIELD) == {"40": "1C 2D", "open": "1A 2B"}


def test_prizes_are_listed_in_the_order_of_the_scheme():
    codes = [award.prize for award in give_prizes(scheme(FORTY, OPEN), {"": FIELD})]
    assert codes == ["40", "40", "open", "open"]


def test_an_age_range_that_contains_another_is_more_general_and_then_more_sexes():
    narrow, wide = prize("narrow", ages=(40, 49), sexes=("M", "W")), prize("wide", ages=(40, 79))
    women, both = prize("women", sexes=("W",)), prize("both", sexes=("M", "W"))
    everybody = prize("everybody")
    order = most_general_first([narrow, women, wide, both, everybody])
    assert [p.code for p in order] == ["everybody", "both", "women", "wide", "narrow"]


def test_equally_general_prizes_keep_their_order():
    rows = [prize("b", ages=(20, 29)), prize("a", ages=(30, 39))]
    assert most_general_first(rows) == rows


def test_who_may_win_twice_wins_twice():
    general = prize("open", exclusive=False)
    assert winners(scheme(general, FORTY), FIELD) == {"open": "1A", "40": "1A 2C"}
    narrow = prize("40", ages=(40, 49), exclusive=False)
    assert winners(scheme(OPEN, narrow), FIELD) == {"open": "1A 2B", "40": "1A"}


def test_without_roll_down_the_place_lapses():
    strict = prize("40", ages=(40, 49), number=2, roll_down=False)
    assert winners(scheme(OPEN, strict), FIELD) == {"open": "1A 2B", "40": "2C"}


def test_a_tie_for_the_last_prize_gives_one_more():
    ranked = line("1=A M20-39 | 2=B M20-39 | 2=C M20-39 | 3=D M20-39")
    assert winners(scheme(OPEN), ranked) == {"open": "1A 2=B 2=C"}


def test_a_tie_for_the_first_prize_uses_up_the_second():
    ranked = line("1=A M20-39 | 1=B M20-39 | 2=C M20-39")
    assert winners(scheme(OPEN), ranked) == {"open": "1=A 1=B"}
    assert winners(scheme(prize("open", number=3)), ranked) == {"open": "1=A 1=B 3C"}
    assert winners(scheme(OPEN, general_first=False), ranked) == {"open": "1=A 1=B"}


def test_a_tie_outside_the_category_is_no_tie_inside():
    ranked = line("1=A M20-39 | 1=B W20-39 | 1=C M20-39")
    women, men = prize("W", sexes=("W",)), prize("M", sexes=("M",))
    assert winners(scheme(women, men), ranked) == {"W": "1B", "M": "1=A 1=C"}


def test_a_prize_is_for_the_sexes_it_names():
    ranked = line("A M20-39 | B N20-39 | C W20-39")
    assert winners(scheme(prize("N", sexes=("N",))), ranked) == {"N": "1B"}
    assert winners(scheme(prize("MN", sexes=("M", "N"), number=3)), ranked) == {"MN": "1A 2B"}
    assert winners(scheme(prize("all", number=3)), ranked) == {"all": "1A 2B 3C"}


@pytest.mark.parametrize(
    ("category", "wins"),
    [("M40-49", True), ("M39-49", False), ("M40-50", False), ("M41-48", True), ("M50-59", False)],
)
def test_the_ages_of_the_entry_category_lie_inside_those_of_the_prize(category, wins):
    assert bool(winners(scheme(FORTY), line(f"A {category}"))) == wins


@pytest.mark.parametrize("category", ["M", "M40-", "M-49"])
def test_who_is_unclassified_wins_only_where_no_age_is_asked(category):
    ranked = line(f"A {category}")
    assert winners(scheme(FORTY), ranked) == {}
    assert winners(scheme(OPEN), ranked) == {"open": "1A"}


@pytest.mark.parametrize("ages", [(0, 149), (1, 150)])
def test_a_prize_that_leaves_out_one_age_asks_for_a_category(ages):
    assert winners(scheme(prize("x", ages=ages)), line("A M")) == {}


def test_a_prize_may_be_for_some_clubs():
    ranked = line("A M20-39 Fife AC | B M20-39 Leven")
    assert winners(scheme(prize("x", clubs=("Leven", "Kinross"))), ranked) == {"x": "1B"}


def test_each_prize_goes_by_its_own_ranking():
    gun = line("A M20-39 | B M20-39 | C M20-39 | D M20-39")
    net = line("D M20-39 | A M20-39 | C M20-39 | B M20-39")
    overall = prize("overall", basis="gun")
    group = prize("group", ages=(20, 39), number=2, basis="net")
    rankings = {"gun": gun, "net": net, "": net}
    assert winners(scheme(overall, group), rankings) == {"overall": "1A", "group": "1D 2C"}


def test_nobody_wins_where_nobody_ran():
    assert give_prizes(scheme(OPEN, FORTY), {"": []}) == ()


def test_an_award_tells_its_category_place_and_tie():
    assert give_prizes(scheme(prize("x")), {"": line("A M20-39")}) == (Award("x", "A", 1, False),)


def explained(scheme_, ranked, entry):
    rankings = {"": ranked}
    return explain(scheme_, rankings, give_prizes(scheme_, rankings), entry)


def test_a_winner_is_told_the_place_and_what_it_excludes():
    assert explained(scheme(OPEN, FORTY), FIELD, "A") == [
        Reason(Why.WON, "open", 1, 2),
        Reason(Why.HOLDS_OTHER, "40", None, 2, "open"),
    ]


def test_who_has_no_prize_is_told_why():
    assert explained(scheme(OPEN, FORTY), FIELD, "F") == [
        Reason(Why.TOO_LATE, "open", 4, 2),
        Reason(Why.TOO_LATE, "40", 3, 2),
    ]
    assert explained(scheme(OPEN, FORTY), FIELD, "E") == [
        Reason(Why.TOO_LATE, "open", 3, 2),
        Reason(Why.AGE, "40"),
    ]


def test_sex_age_club_and_missing_category_are_told_apart():
    asked = scheme(
        prize("W", sexes=("W",)),
        prize("50", ages=(50, 59)),
        prize("Fife", clubs=("Fife",)),
    )
    assert [r.code for r in explained(asked, line("A M40-49 Leven"), "A")] == [
        Why.SEX,
        Why.AGE,
        Why.CLUB,
    ]
    assert [r.code for r in explained(asked, line("A W Leven"), "A")] == [
        Why.WON,
        Why.UNCLASSIFIED,
        Why.CLUB,
    ]


def test_who_has_no_place_is_told_so():
    assert explained(scheme(OPEN), FIELD, "Z") == [Reason(Why.UNRANKED, "open")]


def test_who_lost_the_place_without_roll_down_still_holds_the_other_prize():
    strict = prize("40", ages=(40, 49), number=2, roll_down=False)
    told = {r.prize: r for r in explained(scheme(OPEN, strict), FIELD, "A")}
    assert told["40"] == Reason(Why.HOLDS_OTHER, "40", None, 2, "open")
    told = {r.prize: r for r in explained(scheme(OPEN, strict), FIELD, "D")}
    assert told["40"] == Reason(Why.TOO_LATE, "40", 3, 2)


contenders = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from(["W", "M", "N"]), st.sampled_from([(20, 39), (40, 49)])
    ),
    max_size=12,
)
prizes = st.permutations(
    [
        prize("open", number=2),
        prize("W", sexes=("W",), number=2),
        prize("40", ages=(40, 49), number=2),
        prize("M40", sexes=("M", "N"), ages=(40, 49)),
        prize("club", exclusive=False, number=3),
    ]
)


def field(drawn):
    tie, ranked = 0, []
    for number, (apart, sex, (first, last)) in enumerate(drawn):
        tie += apart or not ranked
        ranked.append(Contender(number, tie, sex, first, last))
    return ranked


@given(contenders, prizes, st.booleans())
def test_nobody_holds_two_exclusive_prizes(drawn, rows, general_first):
    asked = scheme(*rows, general_first=general_first)
    awards = give_prizes(asked, {"": field(drawn)})
    exclusive = [award.entry for award in awards if award.prize != "club"]
    assert len(exclusive) == len(set(exclusive))


@given(contenders, prizes, st.booleans())
def test_no_prize_is_left_over_while_somebody_stands_in_line(drawn, rows, general_first):
    asked, ranked = scheme(*rows, general_first=general_first), field(drawn)
    awards = give_prizes(asked, {"": ranked})
    for who in ranked:
        for reason in explain(asked, {"": ranked}, awards, who.entry):
            if reason.code is Why.TOO_LATE:
                assert sum(a.prize == reason.prize for a in awards) >= reason.number
                assert reason.place > reason.number


@given(contenders, prizes, st.booleans())
def test_places_in_a_category_follow_the_ranking(drawn, rows, general_first):
    ranked = field(drawn)
    ties = {who.entry: who.tie for who in ranked}
    awards = give_prizes(scheme(*rows, general_first=general_first), {"": ranked})
    for code in {award.prize for award in awards}:
        own = [award for award in awards if award.prize == code]
        assert [a.place for a in own] == sorted(a.place for a in own)
        assert [ties[a.entry] for a in own] == sorted(ties[a.entry] for a in own)


@given(contenders, prizes, st.booleans())
def test_the_same_race_gives_the_same_prizes(drawn, rows, general_first):
    asked = scheme(*rows, general_first=general_first)
    assert give_prizes(asked, {"": field(drawn)}) == give_prizes(asked, {"": field(drawn)})
