"""A runner's certificate: of official results only, with what they say."""

from __future__ import annotations

import pytest

from tests.printing.reading import text_of
from tests.web import race
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.store import roster, setup

ADDRESS = "/mile/sheets/five/certificate/101.pdf"


def official(house):
    publishing.publish(
        house, "mile", "five", Order("ref", official=True, force=True, reason="done")
    )


def offered(client):
    return ADDRESS in client.get("/mile/bib/101").text


def test_a_certificate_is_offered_once_the_results_are_official(house, five, client):
    publishing.publish(house, "mile", "five", Order("ref"))
    assert not offered(client)
    assert client.get(ADDRESS).status_code == 404
    official(house)
    assert offered(client)
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    said = text_of(answer.data)
    assert "Åse Ødegård" in said
    assert "20:00" in said


def test_it_speaks_the_readers_language(house, five, client):
    official(house)
    assert "Certificate" in text_of(client.get(ADDRESS).data)
    assert "Urkunde" in text_of(client.get(f"{ADDRESS}?lang=de").data)


def test_who_has_no_place_gets_none(house, five, client):
    official(house)
    for bib in ("105", "106", "999"):
        assert client.get(f"/mile/sheets/five/certificate/{bib}.pdf").status_code == 404
    assert client.get("/mile/sheets/ten/certificate/101.pdf").status_code == 404
    assert client.get("/nowhere/sheets/five/certificate/101.pdf").status_code == 404


def test_a_result_that_is_not_the_official_one_any_more_gets_none(house, five, client, clock):
    official(house)
    race.more(house, "mile", race.passing(5, "line", 19 * race.MINUTE, 99))
    clock.advance(2_000_000)
    assert client.get(ADDRESS).status_code == 404
    official(house)
    assert "20:00" in text_of(client.get(ADDRESS).data)


@pytest.mark.parametrize("hidden", [{"hidden": True}])
def test_a_hidden_name_is_on_no_certificate(house, five, client, hidden):
    official(house)
    with house.store.write() as tx:
        number = setup.event_number(tx, "mile")
        roster.save_roster(tx, number, race.field(6, n1=hidden))
        setup.touch(tx, number)
    house.live.forget("mile")
    assert not offered(client)
    assert client.get(ADDRESS).status_code == 404
