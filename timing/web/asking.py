"""What a reader asks of a list, read from the address; and addresses that ask something else.

An address says everything, so that it can be shared, kept and cached.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request, url_for
from flask_babel import gettext as _
from werkzeug.routing import IntegerConverter, Map

from timing.core.telling.choosing import Choice
from timing.services.public.results import Ask
from timing.web.language import LANGUAGES

LONGEST = 100
"""Characters of one thing that is asked for; more is no name and no bib."""
VIEWS = ("list", "splits", "heats")
_FIELDS = ("sex", "category", "club", "delegation", "state")


class Number(IntegerConverter):
    """A number in an address that every column holds; with a longer one there is no page."""

    def __init__(self, map: Map, max: int = 2**31 - 1, **form: Any) -> None:  # noqa: A002 - Flask's
        super().__init__(map, max=max, **form)


def ask() -> Ask:
    """Read what the address asks for; 400 for what nobody can mean."""
    choice = Choice(**{name: text(name) for name in _FIELDS}, heat=number("heat", 0))
    view = text("view") or VIEWS[0]
    if view not in VIEWS:
        abort(400, _("There is no such view of a list."))
    return Ask(text("q"), choice, number("page", 1), view)


def text(name: str) -> str:
    """Give one text of the address; 400 for one that is too long."""
    given = request.args.get(name, "")
    if len(given) > LONGEST:
        abort(400, _("A search has at most %(most)d characters.", most=LONGEST))
    return given.replace("\0", "")


def number(name: str, without: int) -> int:
    """Give one number of the address; 400 for what is none."""
    given = text(name)
    if not given:
        return without
    if not (given.isascii() and given.isdecimal()) or len(given) > 6:
        abort(400, _("“%(given)s” is not a number.", given=given[:20]))
    return int(given)


def here(**changes: Any) -> str:
    """Give the address of this page with some things asked differently; None takes one away.

    Another choice begins on the first leaf again.
    """
    asked = {**request.args.to_dict(), "page": None, **changes}
    kept = {name: asked[name] for name in asked if asked[name] not in (None, "") and _plain(name)}
    return url_for(request.endpoint or "results.events", **{**kept, **(request.view_args or {})})


def _plain(name: str) -> bool:
    """Whether it is a thing to ask for, and no order to whoever builds the address."""
    return name != "endpoint" and not name.startswith("_")


def furnish(app: Flask) -> None:
    """Hand ``here`` to the templates and keep the language that was asked for in every link."""
    app.jinja_env.globals["here"] = here

    @app.url_defaults
    def _language(endpoint: str, values: dict[str, Any]) -> None:
        asked = request.args.get("lang", "") if request else ""
        if asked in LANGUAGES and endpoint != "static" and not endpoint.startswith("capture."):
            values.setdefault("lang", asked)
