"""Whatever stands in an address: a page or a sentence in the reader's language, never a fault."""

from __future__ import annotations

import re

import pytest

from tests.web.desks import sign_in, token
from timing.web.asking import Number

LISTS = ("/mile/five", "/mile/five?view=splits&", "/mile/five/prizes", "/mile/on-course", "/mile")


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # addresses are read before any database is asked


ASKED = (
    "endpoint=x", "_method=POST", "_anchor=x", "_external=1", "self=1", "values=1",
    "_scheme=javascript&_external=1&q=%0Aalert(1)", "slug=other", "contest=other",
    "q=%00", "q=%ED%A0%80", "sex=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip


@pytest.mark.parametrize("page", LISTS)
def test_the_links_of_a_page_stay_in_the_event_whatever_is_asked(five, client, page):
    for asked in ASKED:
        answer = client.get(f"{page}{'' if '?' in page else '?'}{asked}")
        assert answer.status_code < 500, asked
        assert "<script>alert" not in answer.text
        if answer.status_code == 200:
            links = re.findall(r'<a [^>]*href="([^"]*)"', answer.text)
            strange = {link for link in links if not link.startswith(("/mile", "/?", "?", "#"))}
            assert links
            assert strange <= {"/"}, asked


STATUS = {
    "/mile/five?page=x": 400, "/mile/five?page=0": 404, "/mile/five?page=9999999": 400,
    "/mile/five?view=map": 400, f"/mile/five?q={'a' * 101}": 400, "/mile/five?round=semi": 404,
    "/mile/none.csv": 404, "/mile/none.json": 404, "/none/five.csv": 404, "/mile/bib/%00": 404,
    "/mile/find?q=%00": 200, "/%2e%2e/%2e%2e/etc/passwd": 404, "/mile/five.exe": 404,
}  # fmt: skip


def test_what_nobody_can_mean_is_refused_with_its_status(five, client):
    assert {address: client.get(address).status_code for address in STATUS} == STATUS


TITLES = {
    "en": "Not found", "de": "Nicht gefunden", "it": "Non trovato", "fr": "Introuvable",
    "es": "No encontrado",
}  # fmt: skip


def test_a_slash_behind_an_address_is_no_other_address(five, client):
    for page in ("/mile", "/mile/five"):
        assert client.get(f"{page}/").text == client.get(page).text
    assert client.get("/mile/none/").status_code == 404
    assert client.get("/staff").headers["Location"].endswith("/staff/")


def test_a_page_that_is_not_there_says_so_in_the_readers_language(five, client):
    for language, title in TITLES.items():
        for address in ("/nowhere", "/mile/none", "/mile/bib/999", "/a/b/c/d"):
            page = client.get(address, headers={"Accept-Language": language})
            assert page.status_code == 404
            assert f"<h1>{title}</h1>" in page.text
            assert f'<html lang="{language}"' in page.text


def test_a_program_gets_a_problem_document(five, client):
    for address in ("/mile/none.json", "/api/v1/events/none"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert answer.json["status"] == 404
        assert answer.json["detail"]


def test_a_page_says_what_may_be_done_with_it(five, client):
    answer = client.delete("/mile/five")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_desk_of_an_event_that_is_not_there_is_not_found(app, five, client):
    sign_in(app, client, "organiser")
    for desk in ("", "checkin/", "checkin/9999", "checkin/absent", "print/"):
        page = client.get(f"/staff/nowhere/{desk}?lang=de")
        assert page.status_code == 404
        assert '<html lang="de"' in page.text


def test_a_number_that_no_column_holds_is_no_page(app, five, client):
    sign_in(app, client)
    secret = token(client.get("/staff/"))
    for rule in app.url_map.iter_rules():
        numbers = [name for name, kind in rule._converters.items() if isinstance(kind, Number)]
        if numbers:
            named = dict.fromkeys(rule.arguments, "mile")
            address = rule.build(named | dict.fromkeys(numbers, 10**25))[1]
            if "POST" in rule.methods:
                answer = client.post(address, data={"csrf_token": secret})
            else:
                answer = client.get(address)
            assert answer.status_code in (404, 405), address


@pytest.mark.parametrize(
    ("desk", "fields"),
    [
        ("officials/undo", {"line": f"desk:{'9' * 25}", "reason": "typed wrong"}),
        ("officials/undo", {"line": "desk:²", "reason": "typed wrong"}),
        ("call-off", {"asked": "²"}),
        ("privacy/erase", {"bib": "1", "again": "1", "entry": "9" * 25}),
        ("start/five/time", {"ago": "1:20", "asked": "²"}),
        ("setup/contest/five", {"leg-²-name": "x", f"leg-{'9' * 25}-name": "x"}),
    ],
)
def test_what_only_looks_like_a_number_is_a_mistake_and_no_fault(app, five, client, desk, fields):
    sign_in(app, client)
    fields["csrf_token"] = token(client.get("/staff/"))
    assert client.post(f"/staff/mile/{desk}", data=fields).status_code in (302, 404, 422, 200)


def test_the_search_of_the_desk_takes_any_words(app, five, client):
    sign_in(app, client, "desk")
    for words in ("%00", "%25", "a" * 500, "';--", "%F0%9F%8F%83", "١٢٣"):
        assert client.get(f"/staff/mile/checkin/?q={words}").status_code in (200, 302)


def test_a_form_without_its_token_changes_nothing(app, five, client):
    sign_in(app, client, "desk")
    refused = client.post("/staff/mile/checkin/1", data={"do": "in"})
    assert refused.status_code == 401
    assert "is checked in" not in client.get("/staff/mile/checkin/").text
