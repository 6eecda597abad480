"""Journals and results as files: out of one house, into another; nothing lost or doubled."""

import json

import pytest

from tests.services.days import SLUG, go_on, places, run_day
from timing.core.refusal import Refusal
from timing.services.publications import exchange

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | dq 102 TR16.8"


def test_a_journal_that_comes_home_changes_nothing(house, tmp_path):
    run_day(house, RACE)
    before = places(house)
    file = tmp_path / "journal.jsonl"
    file.write_bytes(b"".join(exchange.export_journal(house, SLUG)))
    receipts = exchange.import_journal(house, SLUG, file)
    assert {str(receipt.outcome) for receipt in receipts} == {"known"}
    assert places(house) == before


def test_a_journal_makes_the_same_race_in_another_event(house, tmp_path):
    told = run_day(house, RACE)
    file = tmp_path / "journal.jsonl"
    file.write_bytes(b"".join(exchange.export_journal(house, SLUG)))
    from msgspec.structs import replace

    from timing.store import roster, setup

    with house.store.write() as tx:
        event = setup.save_event(tx, replace(told.event, slug="again"))
        roster.save_roster(tx, event, told.roster)
    exchange.import_journal(house, "again", file)
    rows = house.live.snapshot("again", fresh=True).standings["race", "final"].rows
    assert [(row.bib, str(row.result.status)) for row in rows] == [("101", "OK"), ("102", "DQ")]


def test_a_broken_journal_writes_nothing(house, tmp_path):
    run_day(house, RACE)
    file = tmp_path / "journal.jsonl"
    lines = list(exchange.export_journal(house, SLUG))
    file.write_bytes(b"".join(lines[:2]) + b"{broken\n")
    with pytest.raises(Refusal, match=r"journal\.jsonl:3"):
        exchange.import_journal(house, SLUG, file)


def test_results_of_the_whole_event_have_the_order_of_the_standings(house):
    run_day(house, RACE)
    go_on(house, "103 finish 6:40")
    document = json.loads(exchange.export_results(house, SLUG, "json"))
    rows = document["contests"][0]["rows"]
    assert [row["bib"] for row in rows][:1] == ["101"]
    table = exchange.export_results(house, SLUG, "csv").decode()
    assert table.splitlines()[1].startswith("race,1,101,")


def test_an_unknown_format_or_event_is_named(house):
    run_day(house, RACE)
    with pytest.raises(Refusal, match="'doc' is no format; expected one of csv, json, xlsx"):
        exchange.export_results(house, SLUG, "doc")
    with pytest.raises(Refusal, match="no event 'nowhere'"):
        exchange.export_results(house, "nowhere", "csv")
    with pytest.raises(Refusal, match="no event 'nowhere'"):
        exchange.export_journal(house, "nowhere")
