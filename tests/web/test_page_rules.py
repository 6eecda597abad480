"""What a browser may do with pages: no word of others runs, the office stands in no frame."""

from __future__ import annotations

import re

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import PASSWORD, token
from timing.services.office import accounts
from timing.services.office.throttle import FREE
from timing.web import microcache


@pytest.fixture
def day(app):
    run_day(app.extensions["house"], "gun 0:00 | 101 finish 6:45")
    return app.test_client()


@pytest.mark.parametrize(
    "page", ["/", f"/{SLUG}", f"/{SLUG}/race", f"/{SLUG}/bib/101", "/nowhere", "/staff/sign-in"]
)
def test_a_page_loads_and_runs_nothing_but_ours(day, page):
    answer = day.get(page)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; object-src 'none'; base-uri 'none'")
    assert ("frame-ancestors 'self'" in policy) == page.startswith("/staff")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", [f"/{SLUG}/race.csv", f"/{SLUG}/race.json", f"/{SLUG}/race.pdf"])
def test_a_file_is_what_it_says_it_is(day, page):
    answer = day.get(page)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in answer.headers


def test_a_kept_page_keeps_its_rules(app, day):
    microcache.furnish(app, {"results"}, lambda: 0.0)
    first, kept = (day.get(f"/{SLUG}/race") for _ in range(2))
    for name in ("Content-Security-Policy", "X-Content-Type-Options"):
        assert kept.headers[name] == first.headers[name]
    again = day.get(f"/{SLUG}/race", headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, "Content-Security-Policy" in again.headers) == (304, False)


def test_the_address_of_a_station_is_told_to_no_other_site(day):
    assert day.get("/s/a-link-that-is-a-secret").headers["Referrer-Policy"] == "same-origin"
    assert "Referrer-Policy" not in day.get(f"/{SLUG}").headers


def test_no_template_needs_what_the_rules_forbid(app):
    """A script or a style that stands in a page would not run."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        text = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
        assert not re.search(r"<script(?![^>]*src=)(?![^>]*application/)", text), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:", text), name


@pytest.mark.parametrize(
    ("headers", "secure"), [({}, False), ({"X-Forwarded-Proto": "https"}, True)]
)
def test_a_cookie_that_came_over_https_goes_over_https_only(client, headers, secure):
    (cookie,) = client.get("/staff/sign-in", headers=headers).headers.getlist("Set-Cookie")
    assert ("Secure" in cookie) == secure
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def guess(client, name, password, **asked):
    form = {"name": name, "password": password}
    form["csrf_token"] = token(client.get("/staff/sign-in"))
    return client.post("/staff/sign-in", data=form, **asked).status_code


@pytest.mark.parametrize(("near", "status"), [("127.0.0.1", 302), ("192.0.2.7", 429)])
def test_behind_a_proxy_of_this_computer_only_the_guesser_waits(app, client, near, status):
    accounts.add(app.extensions["house"], "Ada", "timer", PASSWORD)
    proxied = {"environ_base": {"REMOTE_ADDR": near}}
    for number in range(FREE):
        forged = f"198.51.100.{number}, 203.0.113.9"
        guess(client, f"x{number}", "wrong", headers={"X-Forwarded-For": forged}, **proxied)
    there = {"X-Forwarded-For": "203.0.113.9"}
    assert guess(client, "Ada", PASSWORD, headers=there, **proxied) == 429
    other = {"X-Forwarded-For": "203.0.113.10"}
    assert guess(client, "Ada", PASSWORD, headers=other, **proxied) == status
