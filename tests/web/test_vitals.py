"""What a supervisor and Prometheus are told: whether the house lives, and numbers without names."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from tests.web import race


def values(text: str) -> dict[str, str]:
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: value for name, _space, value in lines}


def test_a_house_whose_database_answers_is_healthy(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_house_without_its_database_says_so(client, house, monkeypatch):
    def broken(_self):
        raise OperationalError("select 1", None, Exception("gone"))

    monkeypatch.setattr(type(house.store), "read", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")


def test_metrics_count_runners_lines_and_answers(five, client):
    client.get("/mile/five")
    client.get("/api/v1/events/nowhere")
    found = values(client.get("/metrics").text)
    assert found['timing_starts{event="mile"}'] == "6"
    assert found['timing_finished{event="mile"}'] == "4"
    assert found['timing_on_course{event="mile"}'] == "1"
    assert found['timing_answers_total{desk="results",status="200"}'] == "1"
    assert found['timing_answers_total{desk="api",status="404"}'] == "1"
    assert int(found['timing_journal_lines{event="mile"}']) > 6


def test_metrics_are_in_the_text_form_of_prometheus(five, client):
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    names = [line.split()[2] for line in answer.text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names)) == 7
    assert answer.text.endswith("\n")
    assert "Ødegård" not in answer.text


def test_hidden_events_are_not_named(house, client):
    race.hold(house, race.race(public=False), race.field(2), [])
    assert "mile" not in client.get("/metrics").text
