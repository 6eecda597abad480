"""Rulings are decoded at one door, and come out of it as they went in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from tests.core.journals import acts
from timing.core.clock import Duration
from timing.core.journal.rulings import KINDS, RulingDecodeError, SetTime, decode_act, encode_act


@given(acts)
def test_every_act_survives_the_journal(made):
    kind, data = encode_act(made)
    assert kind in KINDS
    assert decode_act(kind, json.loads(json.dumps(data))) == made


def test_an_old_line_without_a_later_field_is_decoded():
    old = {"entry": 7, "round": "final", "elapsed": 405_000_000, "course_point": ""}
    assert decode_act("set_time", old) == SetTime(
        entry=7, round="final", elapsed=Duration(405_000_000), lap=1
    )


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("shoot", {}, "'shoot' is no kind of ruling; expected one of ['amend', "),
        ("void", {}, "ruling void: Object missing required field `line`"),
        ("void", {"line": ["mat", 1], "why": ""}, "ruling void: Object contains unknown field"),
        ("set_status", {"entry": 1, "round": "f", "status": "DSQ"}, "ruling set_status: Invalid"),
    ],
)
def test_what_fits_no_kind_is_refused_with_the_field(kind, data, sentence):
    with pytest.raises(RulingDecodeError, match="^" + sentence.replace("[", r"\[")):
        decode_act(kind, data)
