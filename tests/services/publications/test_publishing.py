"""Results become numbered versions, which never change."""

from __future__ import annotations

import hashlib

import pytest

from tests.core.story import contest, event
from tests.services.days import SLUG, go_on, run_day, set_clock
from timing.core.journal.rulings import Clear, Close, SetStatus
from timing.core.refusal import Refusal
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.publications import projection, publishing
from timing.services.publications.publishing import Order
from timing.services.raceday import ready
from timing.services.rulings import rule
from timing.store import results, setup
from timing.store.publications import State

CLEAN = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:50"
DIRTY = CLEAN + " | 999 finish 7:00"
TIMER = Order("Tim Er")
OFFICIAL = Order("Tim Er", official=True)


def refused(house: House, order: Order, contest_code: str = "race") -> str:
    with pytest.raises(Refusal) as refusal:
        publishing.publish(house, SLUG, contest_code, order)
    return refusal.value.problems[0].code


def test_a_version_holds_rows_line_of_the_journal_setup_and_sheet(house: House):
    run_day(house, CLEAN)
    version = publishing.publish(house, SLUG, "race", TIMER)
    kept = publishing.sheet(house, SLUG, "race", 1)
    assert kept is not None
    assert (version.version, version.state, version.seq) == (1, State.PROVISIONAL, 4)
    assert [line["bib"] for line in kept.rows[0]["lines"]] == ["101", "102", "103"]
    assert kept.pdf.startswith(b"%PDF")
    assert [row.rank for row in rows_of(house)[0]] == [1, 2, 3]
    assert hashlib.sha256(kept.pdf).hexdigest() == version.sha256
    assert len(version.setup) == 64


def test_a_publication_never_changes(house: House):
    run_day(house, CLEAN)
    publishing.publish(house, SLUG, "race", OFFICIAL)
    before = publishing.sheet(house, SLUG, "race", 1), publishing.versions(house, SLUG)
    dq = SetStatus(entry=101, round="final", status=Status.DQ, rule="TR16.8")
    rule(house, SLUG, [dq], reason="false start", author="Ref")
    publishing.publish(house, SLUG, "race", OFFICIAL)
    projection.rebuild(house, SLUG)
    assert publishing.sheet(house, SLUG, "race", 1) == before[0]
    assert publishing.versions(house, SLUG)[:1] == before[1]


def test_the_same_results_at_the_same_moment_make_the_same_bytes(house: House):
    run_day(house, CLEAN)
    first = publishing._draft(house, SLUG, "race", TIMER)
    assert publishing._draft(house, SLUG, "race", TIMER) == first


def test_versions_count_up_and_say_what_changed(house: House):
    run_day(house, CLEAN)
    publishing.publish(house, SLUG, "race", TIMER)
    go_on(house, "104 finish 6:44 | dq 103 TR16.8")
    assert [each.bib for each in publishing.pending(house, SLUG, "race")] == ["103"]
    publishing.publish(house, SLUG, "race", Order("Tim", force=True, reason="as agreed"))
    [change] = publishing.difference(house, SLUG, "race", 1, 2)
    assert change.sentence.text() == "103 Runner 103: 3. 6:50.0 becomes DQ (TR16.8)."
    assert publishing.pending(house, SLUG, "race") == []
    assert publishing.versions(house, SLUG)[1].note == "as agreed"


def test_official_results_that_change_are_amended(house: House):
    run_day(house, CLEAN)
    states = [publishing._edition(None, each).kind for each in (TIMER, OFFICIAL)]
    last = publishing.publish(house, SLUG, "race", OFFICIAL)
    assert [*states, publishing._edition(last, OFFICIAL).kind] == [
        "provisional", "official", "amended",
    ]  # fmt: skip
    assert publishing._edition(last, OFFICIAL).version == 2


def test_errors_that_are_open_stand_in_the_way_of_official_results_only(house: House):
    run_day(house, DIRTY, entered="101 102 103")
    assert refused(house, OFFICIAL) == "open-unknown_bib"
    assert publishing.versions(house, SLUG) == []
    assert publishing.publish(house, SLUG, "race", TIMER).version == 1


def test_an_error_that_is_explained_stands_in_nobodys_way(house: House):
    run_day(house, DIRTY, entered="101 102 103")
    [doubt] = ready.readiness(house, SLUG, "race").blocking
    rule(house, SLUG, [Clear(anomaly=doubt.key)], reason="a dog", author="Ref")
    assert publishing.publish(house, SLUG, "race", OFFICIAL).state is State.OFFICIAL


def test_whoever_insists_gives_a_reason(house: House):
    run_day(house, DIRTY, entered="101 102 103")
    assert refused(house, OFFICIAL._replace(force=True)) == "reason-missing"
    insisted = OFFICIAL._replace(force=True, reason="press at five")
    assert publishing.publish(house, SLUG, "race", insisted).note == "press at five"


def test_who_is_still_out_stands_in_the_way_until_the_round_is_closed(house: House):
    run_day(house, CLEAN + " | 104 start 0:02")
    assert refused(house, OFFICIAL) == "open-still_out"
    closed = Close(contest="race", round="final")
    rule(house, SLUG, [closed], reason="broom wagon is in", author="Ref")
    assert publishing.publish(house, SLUG, "race", OFFICIAL).version == 1


def test_a_contest_that_is_not_there_and_one_without_anybody_are_refused(house: House):
    run_day(house, CLEAN, of=event([contest(), contest("walk")]))
    assert refused(house, TIMER, "swim") == "unknown-contest"
    assert refused(house, TIMER, "walk") == "nothing-to-publish"
    with pytest.raises(UnknownEventError):
        publishing.publish(house, "nowhere", "race", TIMER)


def test_all_contests_are_published_or_none(house: House):
    run_day(house, DIRTY, of=event([contest(), contest("walk")]), entered="101 102 103")
    with pytest.raises(Refusal, match="999"):
        publishing.publish_all(house, SLUG, OFFICIAL)
    assert publishing.versions(house, SLUG) == []
    assert [each.contest for each in publishing.publish_all(house, SLUG, TIMER)] == ["race"]


def test_an_event_without_a_start_list_has_nothing_to_publish(house: House):
    run_day(house, "", entered="")
    with pytest.raises(Refusal, match="no start list"):
        publishing.publish_all(house, SLUG, TIMER)


def test_a_change_of_the_roster_changes_the_digest_of_the_setup(house: House):
    told = run_day(house, CLEAN)
    before = publishing._draft(house, SLUG, "race", TIMER).sheet.setup
    with house.store.write() as tx:
        setup.save_event(tx, told.event.__class__(**{
            name: getattr(told.event, name) for name in told.event.__struct_fields__
        } | {"note": "moved"}))  # fmt: skip
    assert publishing._draft(house, SLUG, "race", TIMER).sheet.setup != before


def test_what_is_rebuilt_is_what_was_live(house: House):
    run_day(house, CLEAN)
    assert projection.refresh(house, SLUG)
    set_clock(house, "31:00")
    go_on(house, "dq 101 TR16.8 | 999 finish 6:00")
    assert projection.refresh(house, SLUG)
    live = rows_of(house)
    rebuilt = projection.rebuild(house, SLUG)
    assert rows_of(house) == live
    assert (rebuilt.seq, rebuilt.results) == (6, len(live[0])) == (6, 3)


def rows_of(house: House):
    with house.store.read() as tx:
        event_id = setup.find_event(tx, SLUG) or 0
        return (
            results.load_results(tx, event_id, "race", "final"),
            results.load_standings(tx, event_id, "race", "final"),
            results.read_stamp(tx, event_id),
        )


def test_a_row_that_is_no_result_any_more_leaves_the_projection(house: House):
    run_day(house, CLEAN)
    with house.store.write() as tx:
        event_id = setup.find_event(tx, SLUG) or 0
        ghost = results.ResultRow("race", "final", 7, 9, Status.OK)
        results.write_results(tx, event_id, results.Stamp(1, 1), [ghost])
    assert projection.refresh(house, SLUG)
    assert 7 not in {row.entry for row in rows_of(house)[0]}


def test_there_is_nothing_to_rebuild_of_an_event_that_does_not_exist(house: House):
    with pytest.raises(UnknownEventError):
        projection.rebuild(house, "nowhere")


def test_projections_that_stand_for_something_newer_are_left_alone(house: House):
    run_day(house, CLEAN)
    with house.store.write() as tx:
        event_id = setup.find_event(tx, SLUG) or 0
        results.write_results(tx, event_id, results.Stamp(999, 99), [])
    assert not projection.refresh(house, SLUG)
    assert rows_of(house)[0] == []
    assert projection.rebuild(house, SLUG).results == 3


def test_whoever_publishes_while_others_do_is_told_to_look_again(house: House, monkeypatch):
    run_day(house, CLEAN)
    draft = publishing._draft(house, SLUG, "race", TIMER)
    monkeypatch.setattr(publishing, "_draft", lambda *_: draft._replace(after=7))
    assert refused(house, TIMER) == "busy"
    assert publishing.versions(house, SLUG) == []


def test_a_sheet_tells_the_first_changes_and_how_many_more(house: House):
    field = [str(bib) for bib in range(101, 121)]
    finishes = " | ".join(f"{bib} finish 6:{bib[1:]}" for bib in field)
    run_day(house, f"gun 0:00 | {finishes}")
    publishing.publish(house, SLUG, "race", TIMER)
    go_on(house, "note finish:1 late | gun 0:01")
    assert len(publishing.pending(house, SLUG, "race")) == 20
    assert publishing.publish(house, SLUG, "race", TIMER).version == 2
