"""A race from files is held against the record books that it names."""

from __future__ import annotations

import pytest

from tests.services.scoring.test_scoring import RACE, race, results
from timing.core.refusal import Refusal
from timing.services.scoring.race import score

BOOK = """
name = "Records of the town"
code = "MR"
margin = 20
[[record]]
discipline = "race"
sex = "W"
mark = "18:10"
holders = ["Bea"]
body = "The town"
status = "listed"
source = "the results of 2020"
"""
HELD = RACE.replace('distance = "5 km"', 'distance = "5 km"\nrecords = ["town.toml", "backward"]')


def test_times_are_held_against_a_record_book_beside_the_race(tmp_path):
    folder = race(tmp_path / "race", race_toml=HELD, town_toml=BOOK)
    scored = score(folder, tmp_path / "out")
    assert scored.open_doubts == ()
    [doubt] = results(tmp_path / "out", "anomalies.csv")
    assert doubt["code"] == "possible_record"
    assert "18:10 of Bea (The town)" in doubt["sentence"]


def test_a_record_that_is_ruled_stands_beside_the_time_with_its_body(tmp_path):
    rulings = "ruling,bib,value,rule,reason\nrecord,1,MR,The town,measured\n"
    folder = race(tmp_path / "race", race_toml=HELD, town_toml=BOOK, rulings_csv=rulings)
    score(folder, tmp_path / "out")
    notes = {row["bib"]: row["notes"] for row in results(tmp_path / "out")}
    assert notes["1"] == "MR (The town)"
    assert set(notes.values()) == {"MR (The town)", ""}


@pytest.mark.parametrize(
    ("mark", "named", "sentence"),
    [
        ("soon", "town.toml", "row 1 of record (race): 'soon' is not a time"),
        ("18:10", "city.toml", "'city.toml' is no file beside race.toml"),
    ],
)
def test_a_book_that_cannot_be_is_refused_with_its_row(tmp_path, mark, named, sentence):
    held, book = HELD.replace("town.toml", named), BOOK.replace("18:10", mark)
    folder = race(tmp_path / "race", race_toml=held, town_toml=book)
    with pytest.raises(Refusal) as caught:
        score(folder, tmp_path / "out")
    assert sentence in str(caught.value)
