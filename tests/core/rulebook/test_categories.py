from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.core.rulebook.categories import (
    OLDEST,
    Age,
    Category,
    Counted,
    age_on,
    category_of,
    classify,
    classify_age,
    classify_year,
    couple_age,
)
from timing.core.rulebook.schemes import decode_scheme

FOLDER = Path(__file__).parents[3] / "config" / "rules" / "categories"
SCHEMES = {
    path.stem: decode_scheme(path.read_text(encoding="utf-8"), path.name)
    for path in sorted(FOLDER.glob("*.toml"))
}
days = st.dates(date(2019, 1, 1), date(2032, 12, 31))
births = st.dates(date(1930, 1, 1), date(2018, 12, 31))


def day(text):
    return date.fromisoformat(text)


def code(category):
    return category and category.code


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("1991-07-01", "2026-06-30", 34),
        ("1991-07-01", "2026-07-01", 35),
        ("2000-12-31", "2026-01-01", 25),
        ("2026-01-01", "2026-01-01", 0),
        ("2004-02-29", "2026-02-28", 21),
        ("2004-02-29", "2026-03-01", 22),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
    ],
)
def test_age_is_full_years_and_29_february_has_its_birthday_on_1_march(born, on, age):
    assert age_on(day(born), day(on)) == age


@given(births, days)
def test_nobody_gets_younger_overnight(born, on):
    assert 0 <= age_on(born, on + timedelta(days=1)) - age_on(born, on) <= 1


@pytest.mark.parametrize(
    ("age", "on", "years"),
    [
        (Age(counted=Counted.DAY), "2026-06-30", 15),
        (Age(counted=Counted.DAY), "2026-07-01", 16),
        (Age(counted=Counted.YEAR), "2026-01-01", 16),
        (Age(counted=Counted.ON, month=6, day=30), "2026-12-31", 15),
        (Age(counted=Counted.ON, month=7, day=1), "2026-01-01", 16),
        (Age(counted=Counted.LAST, month=8, day=31), "2026-08-30", 15),
        (Age(counted=Counted.LAST, month=8, day=31), "2026-08-31", 16),
        (Age(counted=Counted.LAST, month=8, day=31), "2026-09-01", 16),
        (Age(counted=Counted.SEASON, month=8, day=31, begins=10), "2026-09-30", 16),
        (Age(counted=Counted.SEASON, month=8, day=31, begins=10), "2026-10-01", 17),
        (Age(counted=Counted.SEASON, month=8, day=31, begins=9), "2026-08-31", 16),
        (Age(counted=Counted.SEASON, month=8, day=31, begins=9), "2026-09-01", 17),
        (Age(counted=Counted.SEASON, month=12, day=31, begins=10), "2026-10-01", 16),
        (Age(counted=Counted.SEASON, month=12, day=31, begins=10), "2026-09-30", 15),
        (Age(counted=Counted.SEASON, month=12, day=31), "2026-01-01", 16),
    ],
)
def test_an_age_is_counted_as_the_body_says(age, on, years):
    assert age.measure(day("2010-07-01"), day(on)) == years


@pytest.mark.parametrize(
    ("scheme", "sex", "born", "on", "expected"),
    [
        ("wa-tr3", "M", "2011-01-01", "2026-02-10", None),
        ("wa-tr3", "M", "2010-12-31", "2026-02-10", "U18"),
        ("wa-tr3", "", "2009-01-01", "2026-02-10", "U18"),
        ("wa-tr3", "M", "2008-12-31", "2026-02-10", "U20"),
        ("wa-tr3", "M", "2006-12-31", "2026-02-10", "SEN"),
        ("wa-tr3", "W", "1991-07-01", "2026-06-30", "SEN"),
        ("wa-tr3", "W", "1991-07-01", "2026-07-01", "Master"),
        ("wma", "M", "1991-07-01", "2026-07-01", "M35"),
        ("wma", "W", "1986-07-02", "2026-07-01", "W35"),
        ("wma", "W", "1986-07-01", "2026-07-01", "W40"),
        ("wma", "M", "1926-07-02", "2026-07-01", "M95"),
        ("wma", "M", "1921-01-01", "2026-07-01", "M100"),
        ("wma", "W", "1991-07-02", "2026-07-01", None),
        ("wma", "", "1980-01-01", "2026-07-01", None),
        ("wma", "N", "1980-01-01", "2026-07-01", None),
        ("swiss-2026", "M", "2017-12-31", "2026-01-01", "U10"),
        ("swiss-2026", "W", "2004-06-01", "2026-01-01", "U23"),
        ("swiss-2026", "W", "2003-06-01", "2026-01-01", "Aktive"),
        ("swiss-2026", "W", "1996-06-01", "2026-01-01", "W30"),
        ("swiss-2026", "M", "1940-06-01", "2026-01-01", "M80"),
        ("dlv", "W", "2006-12-31", "2026-01-01", "Frauen"),
        ("dlv", "M", "2007-01-01", "2026-01-01", "U20"),
        ("dlv", "M", "1996-12-31", "2026-01-01", "M30"),
        ("dlv", "", "1996-12-31", "2026-01-01", None),
        ("uka-2025-xc", "", "2005-10-31", "2014-10-31", "U11"),
        ("uka-2025-xc", "", "2003-10-31", "2014-10-31", "U13"),
        ("uka-2025-xc", "", "1998-10-31", "2014-10-31", "U17"),
        ("uka-2025-xc", "", "1997-09-01", "2015-01-03", "U17"),
        ("uka-2025-xc", "", "1997-08-31", "2015-01-03", "U20"),
        ("uka-2025-xc", "", "1994-09-29", "2015-01-03", "U20"),
        ("uka-2025-xc", "", "1994-08-31", "2015-01-03", "SEN"),
        ("uka-2025-xc", "", "1980-01-03", "2015-01-03", "V35"),
        ("uka-2025-tf", "", "1995-12-31", "2015-02-14", "SEN"),
        ("uka-2025-tf", "", "1996-01-01", "2015-02-14", "U20"),
        ("uka-2025-tf", "", "1998-09-01", "2015-08-31", "U17"),
        ("uka-2025-tf", "", "1998-08-31", "2015-02-14", "U20"),
        ("uka-2026", "", "2013-03-15", "2026-06-01", "U14"),
        ("uka-2026", "", "2008-10-01", "2026-06-01", "U18"),
        ("uka-2026", "", "2008-08-31", "2026-06-01", "U20"),
        ("uka-2026", "", "2006-12-31", "2026-06-01", "U23+"),
        ("uka-2026", "", "2016-09-01", "2026-06-01", "U10"),
        ("uka-2026", "", "2018-09-01", "2026-06-01", None),
        ("uka-2026", "", "1986-06-01", "2026-06-01", "V40"),
        ("us-10", "", "2011-06-02", "2026-06-01", "14 and under"),
        ("us-10", "", "2011-06-01", "2026-06-01", "15-19"),
        ("us-10", "", "1946-06-01", "2026-06-01", "80 and over"),
        ("us-5", "", "1986-06-01", "2026-06-01", "40-44"),
        ("retro-2010", "", "1965-08-07", "2010-08-07", "Seniors"),
        ("retro-2010", "", "1965-08-08", "2010-08-07", "General"),
        ("retro-2012", "", "1972-08-25", "2012-08-25", "M40"),
        ("retro-2016", "", "1961-07-14", "2016-07-14", "M2"),
        ("retro-2018", "", "1948-07-13", "2018-07-13", "O70"),
        ("italy-2014", "", "1965-12-31", "2015-01-01", "Master"),
        ("italy-2014", "", "1955-12-31", "2015-01-01", "Silver"),
        ("italy-2019", "", "2001-12-31", "2019-01-01", "Open"),
    ],
)
def test_the_category_follows_from_the_scheme(scheme, sex, born, on, expected):
    assert code(classify(SCHEMES[scheme], sex, day(born), day(on))) == expected


def test_there_is_a_scheme_for_every_rule_book_asked_for():
    assert len(SCHEMES) == 15
    assert all(scheme.source for scheme in SCHEMES.values())
    assert {scheme.certainty for scheme in SCHEMES.values()} <= {"V", "S", "?"}
    assert all(row.name for scheme in SCHEMES.values() for row in scheme.category)


@given(st.sampled_from(sorted(SCHEMES)), st.sampled_from("MW"), births, days)
def test_every_scheme_puts_everybody_of_its_ages_in_one_category(stem, sex, born, on):
    scheme = SCHEMES[stem]
    ages = {name: age.measure(born, on) for name, age in scheme.age.items()}
    rows = [row for row in scheme.category if row.holds_for(sex, ages)]
    youngest = min(row.first for row in scheme.category)
    if min(ages.values()) >= youngest:
        assert len(rows) == 1
    else:
        assert len(rows) <= 1


@pytest.mark.parametrize("stem", ["wma", "swiss-2026", "us-10", "italy-2019", "retro-2010"])
@given(births, days)
def test_growing_older_never_leads_back_to_a_younger_category(stem, born, on):
    rows = SCHEMES[stem].category
    now = classify(SCHEMES[stem], "W", born, on)
    later = classify(SCHEMES[stem], "W", born - timedelta(days=400), on)
    if now is not None:
        assert later is not None
        assert rows.index(later) >= rows.index(now)


def test_without_a_birth_date_there_is_no_category():
    assert classify(SCHEMES["us-10"], "M", None, day("2026-06-01")) is None
    assert classify_year(SCHEMES["swiss-2026"], "M", None, day("2026-06-01")) is None
    assert classify_age(SCHEMES["us-10"], "M", None, day("2026-06-01")) is None


def test_who_is_born_after_the_race_has_no_category():
    assert classify(SCHEMES["us-10"], "", day("2026-06-02"), day("2026-06-01")) is None
    assert code(classify(SCHEMES["us-10"], "", day("2026-06-01"), day("2026-06-01"))) is not None


@pytest.mark.parametrize(
    ("scheme", "year", "expected"),
    [
        ("swiss-2026", 2016, "U12"),
        ("swiss-2026", 1997, "Aktive"),
        ("wma", 1990, "M35"),
        ("wma", 1991, None),  # 34 or 35 on the day
        ("us-10", 2026, "14 and under"),
        ("us-10", 2027, None),
    ],
)
def test_a_year_of_birth_is_enough_where_the_day_makes_no_difference(scheme, year, expected):
    assert code(classify_year(SCHEMES[scheme], "M", year, day("2026-07-01"))) == expected


@pytest.mark.parametrize(
    ("scheme", "age", "expected"),
    [
        ("us-10", 14, "14 and under"),
        ("us-10", 15, "15-19"),
        ("us-10", 39, "30-39"),
        ("us-10", 80, "80 and over"),
        ("us-10", 0, "14 and under"),
        ("swiss-2026", 9, None),  # turns ten this year or has turned nine
        ("swiss-2026", 24, "Aktive"),
        ("swiss-2026", 29, None),
        ("us-10", -1, None),
        ("us-10", OLDEST, "80 and over"),
        ("us-10", OLDEST + 1, None),
    ],
)
def test_an_age_is_enough_where_the_day_of_birth_makes_no_difference(scheme, age, expected):
    assert code(classify_age(SCHEMES[scheme], "M", age, day("2026-07-01"))) == expected


@pytest.mark.parametrize("on", ["2026-02-28", "2028-02-29", "2026-03-01", "2026-12-31"])
@pytest.mark.parametrize("age", [19, 20, 21, 22])
def test_an_age_on_the_day_classifies_on_every_day_of_the_year(on, age):
    expected = "15-19" if age == 19 else "20-29"
    assert code(classify_age(SCHEMES["us-10"], "", age, day(on))) == expected


@pytest.mark.parametrize(
    ("born", "age", "expected"),
    [
        ("1986-06-01", None, "40-49"),
        ("1986-06-02", None, "30-39"),
        ("1986-06-02", 40, "30-39"),  # the date is known better than the age
        ("1984", None, "40-49"),
        ("1986", None, None),
        ("1986", 40, None),
        ("", 40, "40-49"),
        ("", None, None),
        ("soon", 12, "14 and under"),
        ("0000", 12, "14 and under"),
        ("٢٠٠٠", None, "20-29"),
    ],
)
def test_what_was_entered_classifies(born, age, expected):
    category = category_of(SCHEMES["us-10"], born=born, age=age, on=day("2026-06-01"))
    assert code(category) == expected


def test_the_sex_entered_decides_where_the_scheme_asks():
    on = day("2026-07-01")
    assert code(category_of(SCHEMES["wma"], sex="W", born="1980-01-01", on=on)) == "W45"
    assert code(category_of(SCHEMES["wma"], born="1980-01-01", on=on)) is None


@given(st.text(max_size=12), st.none() | st.integers(-5, 5_000), st.sampled_from("MWNX "), days)
def test_whatever_was_entered_is_never_an_error(born, age, sex, on):
    for scheme in SCHEMES.values():
        category_of(scheme, sex=sex, born=born, age=age, on=on)


@pytest.mark.parametrize(("ages", "age"), [((49, 50), 49), ((40, 60), 50), ((50, 50), 50)])
def test_a_couple_is_as_old_as_the_mean_and_half_a_year_does_not_count(ages, age):
    assert couple_age(ages) == age


def test_a_couple_is_classified_by_its_age():
    on = day("2019-06-01")
    assert code(classify_age(SCHEMES["retro-2016"], "X", couple_age([30, 49]), on)) == "Open"
    assert code(classify_age(SCHEMES["retro-2016"], "X", couple_age([30, 50]), on)) == "M1"


def test_a_category_tells_its_youngest_and_oldest():
    row = Category(code="U20", ages={"august": (17, OLDEST), "december": (0, 19)})
    assert (row.first, row.last) == (17, 19)


def test_a_row_holds_for_its_sexes_and_all_its_ages():
    row = Category(code="x", sexes=("W",), ages={"a": (10, 12), "b": (0, 11)})
    assert row.holds_for("W", {"a": 10, "b": 11})
    assert not row.holds_for("M", {"a": 10, "b": 11})
    assert not row.holds_for("W", {"a": 9, "b": 11})
    assert not row.holds_for("W", {"a": 12, "b": 12})


def test_a_year_of_birth_may_be_any_day_of_it():
    on = day("2026-07-01")
    assert code(classify_year(SCHEMES["uka-2025-xc"], "", 1991, on)) is None  # 34 or 35
    assert code(classify_year(SCHEMES["wma"], "M", 1986, day("2026-01-01"))) is None  # turns 40
    assert code(classify_year(SCHEMES["wma"], "M", 1986, day("2025-12-31"))) == "M35"
    assert code(classify_year(SCHEMES["wma"], "M", 1986, day("2026-12-31"))) == "M40"


def test_an_age_may_be_any_day_of_birth_that_gives_it():
    assert code(classify_age(SCHEMES["swiss-2026"], "M", 19, day("2026-12-31"))) == "U20"
    assert code(classify_age(SCHEMES["swiss-2026"], "M", 19, day("2026-12-30"))) is None
    assert code(classify_age(SCHEMES["wma"], "W", 40, day("2026-07-01"))) == "W40"


@pytest.mark.parametrize("on", ["2024-02-29", "2023-02-28", "2024-03-01", "2024-12-31"])
def test_who_entered_an_age_gets_the_category_of_everybody_of_that_age(on):
    moment, scheme = day(on), SCHEMES["swiss-2026"]
    for age in range(17, 24):
        births_ = [moment - timedelta(days=n) for n in range(age * 365, (age + 2) * 366)]
        own = {code(classify(scheme, "W", b, moment)) for b in births_ if age_on(b, moment) == age}
        expected = own.pop() if len(own) == 1 else None
        assert code(classify_age(scheme, "W", age, moment)) == expected


def test_the_sex_counts_whatever_is_known_of_the_age():
    on = day("2026-07-01")
    assert code(category_of(SCHEMES["wma"], sex="W", born="1980", on=on)) == "W45"
    assert code(category_of(SCHEMES["wma"], sex="W", age=45, on=on)) == "W45"
    assert category_of(SCHEMES["us-10"], on=on) is None


def test_a_season_may_end_in_the_month_in_which_it_begins():
    age = Age(counted=Counted.SEASON, month=10, day=1, begins=10)
    assert age.measure(day("2010-10-01"), day("2026-10-01")) == 16
    assert age.measure(day("2010-10-01"), day("2026-09-30")) == 15


def test_an_age_entered_on_29_february_is_that_age():
    assert code(classify_age(SCHEMES["us-10"], "", 15, day("2028-02-29"))) == "15-19"
    assert code(classify_age(SCHEMES["us-10"], "", 14, day("2028-02-29"))) == "14 and under"
