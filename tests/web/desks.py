"""Signing in at the counter and sending forms, for the tests of the staff desks."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from timing.services.house import House
from timing.services.office import accounts

PASSWORD = "a long password of the tests"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def house_of(app: Flask) -> House:
    house: House = app.extensions["house"]
    return house


def sign_in(app: Flask, client: FlaskClient, role: str = "administrator") -> None:
    """Make an account of this role and sign it in."""
    accounts.add(house_of(app), role, role, PASSWORD)
    page = client.get("/staff/sign-in")
    form = {"name": role, "password": PASSWORD, "csrf_token": token(page)}
    assert client.post("/staff/sign-in", data=form).status_code == 302


def token(page: TestResponse) -> str:
    found = _TOKEN.search(page.text)
    assert found, page.text
    return found[1]


def send(client: FlaskClient, form_page: str, address: str, **fields: str) -> TestResponse:
    """Send a form from a page, with the page's token."""
    fields["csrf_token"] = token(client.get(form_page))
    return client.post(address, data=fields)
