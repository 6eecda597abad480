"""Rows that were drawn before are handed out again; what they show is their name."""

from __future__ import annotations

from markupsafe import Markup

from tests.web import race
from timing.services.public import results
from timing.web.public.drawn import Drawn


class Macro:
    """Draws a row and counts how often."""

    name = "row"

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, *shown: object) -> Markup:
        self.drawn += 1
        return Markup("<td>%s</td>") % " ".join(map(str, shown))


def test_a_row_is_drawn_once_for_what_it_shows():
    shelf, macro = Drawn(), Macro()
    assert [shelf(macro, "101", n) for n in (1, 1, 2, 1)] == [
        "<td>101 1</td>", "<td>101 1</td>", "<td>101 2</td>", "<td>101 1</td>",
    ]  # fmt: skip
    assert macro.drawn == 2


def test_the_longest_unused_row_goes_first():
    shelf, macro = Drawn(most=2), Macro()
    for bib in ("101", "102", "101", "103", "101", "102"):
        shelf(macro, bib)
    assert macro.drawn == 4


def test_two_macros_share_no_row():
    shelf, one, other = Drawn(), Macro(), Macro()
    other.name = "another"
    assert shelf(one, "101") == shelf(other, "101")
    assert (one.drawn, other.drawn) == (1, 1)


def test_a_new_leader_changes_every_gap_though_the_other_results_stay(client, house, five, clock):
    assert ">+10<" in client.get("/mile/five").text
    race.more(house, "mile", race.passing(5, "line", 19 * race.MINUTE, 99))
    clock.advance(2_000_000)
    page = client.get("/mile/five").text
    assert page.index('data-bib="105"') < page.index('data-bib="101"')
    assert ">+1:00<" in page
    assert ">+1:10<" in page


def test_lines_that_still_hold_are_not_printed_again(house, five, clock):
    before = {line.bib: line for line in results.contest_page(house, "mile", "five").lines}
    race.more(house, "mile", race.passing(5, "line", 30 * race.MINUTE, 99))
    clock.advance(2_000_000)
    after = {line.bib: line for line in results.contest_page(house, "mile", "five").lines}
    assert [bib for bib in after if after[bib] is not before[bib]] == ["105"]


def test_the_same_list_in_another_language_leads_to_pages_in_that_language(client, five):
    for _ in range(2):
        assert 'href="/mile/bib/101"' in client.get("/mile/five").text
        assert 'href="/mile/bib/101?lang=de"' in client.get("/mile/five?lang=de").text
