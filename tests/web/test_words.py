"""Nothing that can happen is without words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from timing import core
from timing.core.journal import anomalies, rulings
from timing.core.telling import suggest
from timing.core.telling.checkin import ITEMS
from timing.web import words
from timing.web.staff import card_words

CORE = Path(core.__file__).parent
_UNUSED = re.compile(r'Unused\(\s*"([a-z_]+)"(?: if [^,]+ else "([a-z_]+)")?')


def test_every_kind_of_ruling_is_a_sentence():
    assert set(rulings.KINDS) | {"recall"} == set(words.RULED)


@pytest.mark.parametrize("code", anomalies.KINDS)
def test_every_kind_of_anomaly_is_a_heading(code: str):
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        assert words.check_name(code) == str(words.CHECKS[code])
        assert words.check_name("new_kind") == "new kind"


def test_everything_that_a_desk_looks_for_stands_in_the_catalogues():
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        words = {word for item in ITEMS.values() for word in item}
        assert words == {str(word) for word in card_words.SEEN}


def test_every_slip_of_the_finger_has_a_name():
    assert set(suggest._COSTS) == set(words.SLIPS)


def test_every_reason_why_a_reading_does_not_count_is_told():
    used = {
        code
        for path in CORE.rglob("*.py")
        for found in _UNUSED.finditer(path.read_text(encoding="utf-8"))
        for code in found.groups()
        if code
    }
    assert len(used) > 8
    assert used <= set(words.WHY)
