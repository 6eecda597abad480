"""The description of API v1 (OpenAPI 3.1), made from the table of operations and the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from timing.services.publications import exchange
from timing.services.raceday.capture import Batch, Line
from timing.web import station_words as sent
from timing.web.api import words
from timing.web.api.operations import BASE, OPERATIONS, Operation

_PLACE = re.compile(r"{(\w+)}")
_WHERE = {
    "event": "The name of the event in addresses.",
    "contest": "The code of the contest.",
    "bib": "The bib as text.",
    "version": "The number of the publication.",
    "form": "The name of the format.",
}
STATIONS = (
    Operation(
        "stations.lines", "post", "/stations/lines",
        "Take lines of a station down; each is named with what became of it.",
        sent.Receipts, query=None, takes=Batch, bearer=True,
    ),
    Operation(
        "stations.expected", "get", "/stations/expected",
        "List who may come to the timing point of the link.",
        sent.ExpectedList, query=None, bearer=True,
    ),
    Operation(
        "stations.people", "get", "/stations/people",
        "List everybody for the device of a check-in desk.",
        sent.DeskList, query=None, bearer=True,
    ),
    Operation("clock", "get", "/clock", "Give the time of the server.", sent.ServerClock,
              query=None),
)  # fmt: skip
"""Operations whose views are those of the stations' page."""

_INTRODUCTION = (
    "Everything that is public, read only, without a key; times are whole microseconds. "
    "Order is always the rank. Ask again with If-None-Match: an unchanged answer is a 304. "
    "Stations write with the token of their link."
)


@cache
def openapi() -> dict[str, Any]:
    """Give the description."""
    operations = (*OPERATIONS, *STATIONS)
    documents = {each.answer for each in operations if each.answer is not None}
    taken = {each.takes for each in operations if each.takes is not None}
    kinds = sorted({*documents, *taken, words.Problem, Line}, key=lambda kind: str(kind.__name__))
    _schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(f"{BASE}{each.path}", {})[each.method] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Timing", "version": "1", "description": _INTRODUCTION},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"station": {"type": "http", "scheme": "bearer"}},
        },
    }


_REF = "#/components/schemas/{name}"


def _operation(each: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "parameters": [*_places(each.path), *_questions(each)],
        "responses": _answers(each),
    }
    if each.takes is not None:
        schema = {"$ref": _REF.format(name=each.takes.__name__)}
        described["requestBody"] = {
            "required": True, "content": {"application/json": {"schema": schema}},
        }  # fmt: skip
    if each.bearer:
        described["security"] = [{"station": []}]
    return described


def _places(path: str) -> Iterable[dict[str, Any]]:
    for name in _PLACE.findall(path):
        schema: dict[str, Any] = {"type": "string", "minLength": 1}
        if name == "version":
            schema = {"type": "integer", "minimum": 0, "maximum": 100_000}
        if name == "form":
            schema["enum"] = list(exchange.PUBLIC_FORMATS)
        yield {"name": name, "in": "path", "required": True, "schema": schema,
               "description": _WHERE[name]}  # fmt: skip


def _questions(each: Operation) -> Iterable[dict[str, Any]]:
    if each.query is None:
        return
    (_schema,), components = msgspec.json.schema_components([each.query], ref_template="{name}")
    for name, schema in components[each.query.__name__]["properties"].items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}


def _answers(each: Operation) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "The answer."}
    if each.answer is not None:
        schema = {"$ref": _REF.format(name=each.answer.__name__)}
        good["content"] = {"application/json": {"schema": schema}}
    else:
        good["content"] = {
            kind: {"schema": {"type": "string"}} if kind.startswith("text/") else {}
            for kind in each.media
        }
    refused = {"$ref": _REF.format(name="Problem")}
    problem = {"content": {"application/problem+json": {"schema": refused}}}
    said = {
        "400": "The address or the body cannot be read.",
        "404": "There is no such thing, or it is hidden.",
        "default": "Anything else that went wrong.",
    }
    if each.bearer:
        said |= {"401": "No token.", "403": "The link is unknown, closed or over."}
    return {"200": good} | {code: {"description": text, **problem} for code, text in said.items()}
