"""The operations of API v1: one table, from which routes, checks and the description are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _
from msgspec import Meta, Struct

BASE = "/api/v1"
Words = Annotated[str, Meta(max_length=100)]
Version = Annotated[int, Meta(ge=0, le=100_000)]
Q = TypeVar("Q", bound="Query")


class Query(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may stand behind the question mark. lang: of the sentences in errors."""

    lang: Annotated[str, Meta(max_length=10)] = ""


class ListQuery(Query, frozen=True, kw_only=True):
    """A part of a list. cursor: ``next`` of the part before; "" for the first."""

    cursor: Words = ""
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200


class StandingsQuery(ListQuery, frozen=True, kw_only=True):
    """A part of a result list. state: finished, course or without. heat: 0 for all."""

    round: Words = ""
    q: Words = ""
    sex: Words = ""
    category: Words = ""
    club: Words = ""
    delegation: Words = ""
    state: Annotated[str, Meta(pattern="^(finished|course|without)?$")] = ""
    heat: Annotated[int, Meta(ge=0, le=100_000)] = 0


class EntriesQuery(ListQuery, frozen=True, kw_only=True):
    """A part of the entries. contest: "" for all."""

    contest: Words = ""


class ChangesQuery(Query, frozen=True, kw_only=True):
    """Against which version; by default the one before. 0 is before everything."""

    older: Version | None = None


class Operation(NamedTuple):
    """One thing that the API does.

    path: under BASE, with ``{names}``. answer: a document, or None for a file of one of the
    media types.
    takes: the document that is sent. bearer: needs the token of a station's link.
    """

    name: str
    method: str
    path: str
    summary: str
    answer: Any
    media: tuple[str, ...] = ()
    query: type[Query] | None = Query
    takes: Any = None
    bearer: bool = False


OPERATIONS: list[Operation] = []
"""Everything that is described; a view adds itself, foreign views are added by name."""


def offer(
    desk: Blueprint,
    path: str,
    answer: Any,
    *,
    query: type[Query] = Query,
    media: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a view of a function that gives a document; its docstring is the summary."""

    def add(view: Callable[..., Any]) -> Callable[..., Any]:
        summary = (view.__doc__ or "").partition("\n")[0]
        OPERATIONS.append(Operation(view.__name__, "get", path, summary, answer, media, query))
        rule = BASE + path.replace("{version}", "<int(max=100000):version>")
        desk.add_url_rule(
            rule.replace("{", "<").replace("}", ">"), view.__name__, _answered(view, query)
        )
        return view

    return add


def _answered(view: Callable[..., Any], query: type[Query]) -> Callable[..., Response]:
    def answer(**where: Any) -> Response:
        made = view(asked(query), **where)
        return made if isinstance(made, Response) else documented(made)

    return answer


def documented(document: Struct) -> Response:
    """Answer with a document; a list that goes on names its next part in a header, too."""
    answer = Response(msgspec.json.encode(document), mimetype="application/json")
    following = getattr(document, "next", None)
    if isinstance(following, str):
        args = {**request.args.to_dict(), "cursor": following}
        from_here = "&".join(f"{quote(name)}={quote(value)}" for name, value in args.items())
        answer.headers["Link"] = f'<{request.path}?{from_here}>; rel="next"'
    return answer


def asked(query: type[Q]) -> Q:
    """Read what stands behind the question mark; 400 for what is not offered."""
    given = {name: value for name, value in request.args.items() if value}
    try:
        return msgspec.convert(given, query, strict=False)
    except msgspec.ValidationError as error:
        abort(400, _not_offered(given, str(error)))


_FIELD, _VALUE = re.compile(r"unknown field `(.*)`"), re.compile(r"at `\$\.(\w+)")


def _not_offered(given: dict[str, str], told: str) -> str:
    """Say in the reader's language which part of an address cannot be meant."""
    if found := _FIELD.search(told):
        return str(_("“%(name)s” cannot be asked for here.", name=found[1][:40]))
    found = _VALUE.search(told)
    name = found[1] if found else ""
    value = given.get(name, "")[:40]
    return str(_("“%(value)s” is no value of “%(name)s”.", value=value, name=name))
