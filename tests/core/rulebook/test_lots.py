from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from timing.core.rulebook.lots import Lot, draw_lot, ticket

names = st.lists(st.text(min_size=1), unique=True, max_size=12)


def test_a_ticket_is_the_digest_of_seed_purpose_and_name_on_a_line_each():
    assert ticket("42", "lanes", "Ána") == sha256("42\nlanes\nÁna".encode()).hexdigest()


def test_a_lot_keeps_the_seed_and_the_purpose_with_the_order_drawn():
    lot = draw_lot(["A", "B"], seed="2016-07-14", purpose="final")
    assert lot == Lot("2016-07-14", "final", lot.drawn)
    assert sorted(lot.drawn) == ["A", "B"]


@given(names, st.text(min_size=1), st.data())
def test_the_same_seed_draws_the_same_lot_whatever_order_the_names_came_in(among, seed, data):
    mixed = data.draw(st.permutations(among))
    first = draw_lot(among, seed=seed, purpose="lanes")
    assert draw_lot(mixed, seed=seed, purpose="lanes") == first
    assert Counter(first.drawn) == Counter(among)


@given(names.filter(bool), st.text(min_size=1), st.data())
def test_who_withdraws_moves_nobody_else(among, seed, data):
    gone = data.draw(st.sampled_from(among))
    before = draw_lot(among, seed=seed, purpose="lanes").drawn
    after = draw_lot([name for name in among if name != gone], seed=seed, purpose="lanes").drawn
    assert after == tuple(name for name in before if name != gone)


def test_another_seed_or_purpose_is_another_lot():
    among = [str(number) for number in range(30)]
    first = draw_lot(among, seed="a", purpose="lanes").drawn
    assert draw_lot(among, seed="b", purpose="lanes").drawn != first
    assert draw_lot(among, seed="a", purpose="heats").drawn != first
    assert first != tuple(among)


def test_a_draw_without_a_seed_is_refused_because_nobody_could_check_it():
    with pytest.raises(ValueError, match="no seed to draw 'lanes'"):
        draw_lot(["A"], seed="", purpose="lanes")


def test_a_name_cannot_have_two_tickets():
    with pytest.raises(ValueError, match="stands twice in the lot 'lanes'"):
        draw_lot(["A", "A"], seed="1", purpose="lanes")


def test_nobody_to_draw_is_an_empty_lot():
    assert draw_lot([], seed="1", purpose="lanes").drawn == ()
