"""The description of the API: everything in it is there, everything there is in it."""

from __future__ import annotations

import re

import pytest

from timing.services.office import stations
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture
def described(client):
    return client.get(DOCUMENT).json


def test_every_address_under_the_api_is_described_and_nothing_else(app, described):
    served = {
        (re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.rule != DOCUMENT
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, item in described["paths"].items() for method in item}
    assert told == served


def test_every_reference_leads_somewhere(described):
    from json import dumps

    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', dumps(described)))
    assert wanted <= set(described["components"]["schemas"])
    assert described["openapi"].startswith("3.1")


def test_writing_needs_the_token_of_a_station(described):
    paths = described["paths"]
    assert paths["/api/v1/stations/lines"]["post"]["security"] == [{"station": []}]
    assert "security" not in paths["/api/v1/events"]["get"]
    writing = [path for path, item in paths.items() if set(item) - {"get"}]
    assert writing == ["/api/v1/stations/lines"]


_KNOWN = {"event": "mile", "contest": "five", "bib": "101", "version": 1, "form": "csv"}


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False], ids=["known names", "any names"])
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_request_gets_an_error_of_ours_or_an_answer_outside_the_description(
    five, app, known, mode
):
    """Requests that Schemathesis makes up from the description, sound ones and broken ones."""
    from schemathesis import GenerationMode, openapi

    publishing.publish(five, "mile", "five", Order("ref"))
    token = stations.make_link(five, "mile", "line", "office", point="line")
    schema = openapi.from_wsgi(DOCUMENT, app)
    asked = 0
    for operation in (each.ok() for each in schema.get_all_operations()):
        names = [each["name"] for each in operation.definition.raw["parameters"]
                 if each["in"] == "path"]  # fmt: skip
        where = {name: _KNOWN[name] for name in names} if known and names else None
        if mode == "negative" and not (operation.query or operation.body):
            continue  # nothing in it that could be wrong
        made = operation.as_strategy(GenerationMode(mode), path_parameters=where)
        asked += _ask(made, token)
    assert asked > 30


def _ask(made, token: str) -> int:
    """Send some of the requests and hold each answer against the description."""
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis import checks
    from schemathesis.specs.openapi import checks as described

    wanted = [
        checks.not_a_server_error, described.status_code_conformance,
        described.content_type_conformance, described.response_schema_conformance,
    ]  # fmt: skip
    asked = 0

    @settings(max_examples=8, deadline=None, derandomize=True, database=None,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=made)
    def ask(case) -> None:
        nonlocal asked
        headers = {"Authorization": f"Bearer {token}"} if "stations" in case.path else {}
        case.validate_response(case.call(headers=headers), checks=wanted)
        asked += 1

    ask()
    return asked
