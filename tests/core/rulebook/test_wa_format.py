import pytest
from hypothesis import given, strategies as st

from timing.core.clock import parse_duration
from timing.core.rulebook.wa_format import ENUMS, REQUIRED, is_time, is_wind, time_text


@pytest.mark.parametrize(
    "text",
    [
        "9.58",
        "0.99",
        "999.99",
        "10.2h",
        "1:05.30",
        "1:05.3h",
        "65:00",
        "999:59",
        "0:59",
        "2:03:05",
        "2:03:05.10",
        "2:03:05.1h",
        "0:00:00",
    ],
)
def test_a_time_of_the_form_is_taken(text):
    assert is_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9",
        "9.5",
        "9.h5",
        "9.hh",
        "9.580",
        "09.58",
        "1000.00",
        "2:3:05",
        "02:03:05",
        "00:59",
        "1:60",
        "1:5.30",
        "2:60:00",
        "2:03:60",
        "1:2:03:04",
        "1000:00",
        ":59",
        "1:05.3",
        "1:05,30",
        "-1:05",
        "1:05h",
        " 9.58",
        "9.58\n",
        "9.58 ",
        "٩.58",
        "DNF",
    ],
)
def test_a_time_of_another_form_is_not_taken(text):
    assert not is_time(text)


@pytest.mark.parametrize("text", ["+2.0", "-0.3", "2.0", "0.0", "+12.4", "-10.0", "NWI", "NW", "W"])
def test_a_wind_reading_of_the_form_is_taken(text):
    assert is_wind(text)


@pytest.mark.parametrize(
    "text", ["", "2", "2.05", "2.", ".5", "+02.0", "123.4", "--1.0", "NWIX", "w", "2,0", "2.0\n"]
)
def test_a_wind_reading_of_another_form_is_not_taken(text):
    assert not is_wind(text)


def test_the_words_and_fields_that_the_import_knows():
    assert ENUMS["Fault"] == ("DNF", "DNS", "DQ", "NM")
    assert ENUMS["IndividualResult.qualified"] == ("q", "Q")
    assert REQUIRED["Athlete"] == ("id", "firstName", "lastName", "birthdate", "country")
    assert "legs" in REQUIRED["RelayResult"]


@pytest.mark.parametrize(
    ("time", "decimals", "hand", "text"),
    [
        ("9.58", 2, False, "9.58"),
        ("10.2", 1, True, "10.2h"),
        ("1:05.3", 1, True, "1:05.3h"),
        ("59:26.4", 1, False, "59:26.40"),
        ("2:03:05", 0, False, "2:03:05"),
        ("2:03:05", 0, True, "2:03:05"),
        ("59", 0, False, "59.00"),
        ("1:00", 0, False, "1:00"),
    ],
)
def test_an_official_time_is_written_in_the_form(time, decimals, hand, text):
    assert time_text(parse_duration(time), decimals, hand=hand) == text


@given(st.integers(0, 99 * 3600 * 100), st.sampled_from([0, 1, 2]), st.booleans())
def test_whatever_is_written_is_taken(hundredths, decimals, hand):
    assert is_time(time_text(hundredths * 10_000, decimals, hand=hand))


def test_a_time_is_not_a_hand_time_unless_it_is_said():
    assert time_text(parse_duration("9.58"), 2) == "9.58"
