"""Accounts in the browser: shown once, closed, slowed down; and who may open which page."""

from __future__ import annotations

import re

import pytest
from werkzeug.routing import IntegerConverter

from tests.services.days import SLUG, run_day
from tests.web.desks import PASSWORD, send, sign_in, token
from timing.core.clock import MINUTE
from timing.core.permissions import Role, may
from timing.services.office import accounts
from timing.services.office.throttle import FREE, Throttle
from timing.web.access import at_counter

PAGE = "/staff/accounts"


@pytest.fixture
def staff(app, house, client):
    sign_in(app, client)
    return client


def secret(page):
    return re.search(r'class="secret">([^<]+)<', page.text)[1]


def test_a_new_account_has_a_password_that_is_shown_once(house, staff):
    page = send(staff, PAGE, PAGE, do="add", name="Ada", role="timer")
    assert accounts.sign_in(house, "Ada", secret(page)).role == "timer"
    assert 'class="secret"' not in staff.get(PAGE).text
    fresh = send(staff, PAGE, PAGE, do="password", name="Ada")
    assert accounts.sign_in(house, "Ada", secret(fresh))
    assert accounts.sign_in(house, "Ada", secret(page)) is None


def test_roles_change_sessions_end_and_accounts_close(house, staff):
    accounts.add(house, "Ada", "timer", PASSWORD)
    session = accounts.sign_in(house, "Ada", PASSWORD)
    send(staff, PAGE, PAGE, do="role", name="Ada", role="judge")
    assert accounts.still_valid(house, session).role == "judge"
    send(staff, PAGE, PAGE, do="out", name="Ada")
    assert accounts.still_valid(house, session) is None
    send(staff, PAGE, PAGE, do="close", name="Ada")
    assert accounts.sign_in(house, "Ada", PASSWORD) is None
    assert "closed" in staff.get(PAGE).text


def test_nobody_locks_themselves_out(house, staff):
    for deed in ("close", "role"):
        page = send(staff, PAGE, PAGE, do=deed, name="administrator", role="desk")
        assert page.status_code == 422
    assert send(staff, PAGE, PAGE, do="add", name="", role="desk").status_code == 422
    assert send(staff, PAGE, PAGE, do="dance", name="x").status_code == 302


def test_who_guesses_waits_longer_and_longer(app, client, clock):
    house = app.extensions["house"]
    accounts.add(house, "Ada", "timer", PASSWORD)

    def attempt(password):
        form = {"name": "Ada", "password": password}
        form["csrf_token"] = token(client.get("/staff/sign-in"))
        return client.post("/staff/sign-in", data=form).status_code

    assert [attempt("wrong") for _ in range(FREE)] == [401] * FREE
    assert attempt(PASSWORD) == 429
    clock.advance(10 * MINUTE)
    assert attempt(PASSWORD) == 302


def test_a_throttle_forgets_and_forgives(clock):
    throttle = Throttle()
    for _ in range(FREE + 3):
        throttle.wrong(("name:a", "from:1"), clock())
    assert throttle.wait(("name:a",), clock()) == 16_000_000
    assert throttle.wait(("name:b",), clock()) == 0
    throttle.right("name:a")
    assert throttle.wait(("name:a",), clock()) == 0
    assert throttle.wait(("from:1",), clock()) > 0
    clock.advance(20 * MINUTE)
    assert throttle.wait(("from:1",), clock()) == 0


OPEN = {"accounts.sign_in", "accounts.sign_out"}
"""Staff views that need no session."""


def staff_rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff")]


def address_of(app, rule):
    """An address of the route that leads somewhere in the story, as far as it can."""
    known = {"slug": SLUG, "form": "csv", "word": "0" * 32}
    numbers = {"entry": 101}
    filled = {
        name: numbers.get(name, 1)
        if isinstance(rule._converters.get(name), IntegerConverter)
        else known.get(name, "race")
        for name in rule.arguments
    }
    return app.url_map.bind("localhost").build(rule.endpoint, filled)


def test_every_staff_view_names_the_work_that_it_is_for(app):
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in staff_rules(app)}
    silent = {name for name, view in views.items() if not hasattr(view, "verb")} - OPEN
    assert silent == set()


def test_every_route_opens_for_exactly_the_roles_of_the_table(app, house):
    """Each staff route is asked for by each role, and by nobody; only the table decides."""
    run_day(house, "gun 0:00 | 101 start 0:01 | 101 finish 9:00")
    clients = {role: app.test_client() for role in Role}
    for role, own in clients.items():
        sign_in(app, own, role.value)
    app.config["WTF_CSRF_ENABLED"] = False  # the role decides here, not the form
    asked = [
        (app.view_functions[rule.endpoint].verb, address_of(app, rule), method)
        for rule in staff_rules(app)
        if rule.endpoint not in OPEN
        for method in sorted(rule.methods & {"GET", "POST"})
    ]
    wrong = [
        (method, address, str(role), status)
        for verb, address, method in asked
        for role, own in clients.items()
        if ((status := own.open(address, method=method).status_code) == 403) == may(role, verb)
        or status >= 500
    ]
    assert wrong == []
    stranger = app.test_client()
    opened = [
        (method, address)
        for _, address, method in asked
        if stranger.open(address, method=method).status_code not in (302, 401)
    ]
    assert opened == []
    assert "sign-in" in stranger.get("/staff/").headers["Location"]


def test_a_session_ends_when_the_account_is_closed_elsewhere(app, house, staff):
    accounts.sign_out_everywhere(house, "administrator")
    assert staff.get("/staff/").status_code == 302
    with app.test_request_context("/staff/"):
        assert at_counter()


def test_signing_in_leads_back_and_never_to_another_site(app, client):
    accounts.add(app.extensions["house"], "Ada", "timer", PASSWORD)

    def after(back):
        form = {"name": "Ada", "password": PASSWORD}
        form["csrf_token"] = token(client.get("/staff/sign-in"))
        return client.post(f"/staff/sign-in?next={back}", data=form).headers["Location"]

    assert after("/staff/story/start") == "/staff/story/start"
    assert after("//evil.example") == "/staff/"
    assert after("/staff//evil.example") == "/staff/"
    assert after("/staff/%0d%0aSet-Cookie: x=1") == "/staff/"
    form = {"csrf_token": token(client.get("/staff/")), "everywhere": "yes"}
    assert client.post("/staff/sign-out", data=form).status_code == 302
    assert client.get("/staff/").status_code == 302


def test_the_office_remembers_the_language_that_was_chosen_also_over_a_sign_in(app, client):
    assert "Rennbüro" in client.get("/staff/sign-in?lang=de").text
    sign_in(app, client)
    page = client.get("/staff/").text
    assert '<html lang="de">' in page
    assert 'hreflang="it"' in page
    assert '<html lang="it">' in client.get("/staff/?lang=it").text
    assert '<html lang="it">' in client.get("/staff/accounts").text
    assert '<html lang="en">' in client.get("/").text
