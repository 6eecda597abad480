"""A part of a list keeps the order of the whole, whatever is asked for."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tests.core.lists import row
from timing.core.setup.roster import Sex
from timing.core.status import Status
from timing.core.telling.choosing import STATES, Choice, choose, delegation_of, offer_of

ROWS = st.lists(
    st.builds(
        row,
        sex=st.sampled_from(Sex),
        club=st.sampled_from(["", "Reds", "Blues"]),
        nation=st.sampled_from(["", "NOR", "POL"]),
        hidden=st.booleans(),
        category=st.sampled_from(["", "M40", "W40"]),
        heat=st.integers(1, 3),
        status=st.sampled_from(Status),
    ),
    max_size=12,
).map(tuple)
CHOICES = st.builds(
    Choice,
    sex=st.sampled_from(["", "M", "W", "?"]),
    category=st.sampled_from(["", "M40", "none"]),
    club=st.sampled_from(["", "Reds"]),
    delegation=st.sampled_from(["", "NOR"]),
    heat=st.integers(0, 4),
    state=st.sampled_from(["", *STATES, "lost"]),
)


@given(ROWS, CHOICES)
def test_a_choice_takes_rows_away_and_moves_none(rows, choice):
    chosen = choose(rows, choice)
    places = [next(k for k, row in enumerate(rows) if row is one) for one in chosen]
    assert places == sorted(places)


@given(ROWS)
def test_asking_for_nothing_gives_everything(rows):
    assert Choice().everything
    assert choose(rows, Choice()) == rows


@given(ROWS)
def test_every_offer_finds_somebody(rows):
    offer = offer_of(rows)
    for field, values in zip(Choice._fields, (
        offer.sexes, offer.categories, offer.clubs, offer.delegations, offer.heats, offer.states,
    ), strict=True):  # fmt: skip
        for value in values:
            assert choose(rows, Choice()._replace(**{field: value}))


def test_the_club_of_a_hidden_name_is_neither_offered_nor_found():
    rows = (row(club="Reds", hidden=True),)
    assert offer_of(rows).clubs == ()
    assert choose(rows, Choice(club="Reds")) == []


def test_a_delegation_goes_before_the_nation():
    assert delegation_of(row(nation="SUI", delegation="Retro Club")) == "Retro Club"
    assert delegation_of(row(nation="SUI")) == "SUI"


def test_names_are_offered_in_order_whatever_their_case():
    rows = [row(id=number, club=club) for number, club in enumerate(("b", "A", "C"))]
    assert offer_of(rows).clubs == ("A", "b", "C")
