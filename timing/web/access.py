"""Who is at the counter, and whether they may do what a view does.

A staff view says its verb with ``@needs(Verb....)``; one that says none is refused to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, abort, g, redirect, request, session, url_for
from flask_babel import gettext as _

from timing.core.permissions import Verb, may
from timing.services.office import accounts
from timing.services.office.accounts import Session
from timing.web import interrupted
from timing.web.language import KEPT
from timing.web.pages import the_house

View = TypeVar("View", bound=Callable[..., Any])
_KEY = "account"


def needs(verb: Verb) -> Callable[[View], View]:
    """Let only those in who may use a verb. Without a session the sign-in page is shown."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            somebody = present()
            if somebody is None:
                return _ask_to_sign_in()
            if not may(somebody.role, verb):
                abort(403, _("Your role (%(role)s) may not do this.", role=somebody.role))
            return view(*args, **values)

        guarded.verb = verb  # type: ignore[attr-defined]
        return cast("View", guarded)

    return guard


def present() -> Session | None:
    """Give whoever is signed in, looked up once a request."""
    if "somebody" not in g:
        kept = session.get(_KEY)
        g.somebody = accounts.still_valid(the_house(), Session(*kept)) if kept else None
    somebody: Session | None = g.somebody
    return somebody


def whoever() -> str:
    """Give the name to write beside a ruling. The view has asked for a verb already."""
    somebody = present()
    return somebody.name if somebody else ""


def enter(somebody: Session) -> None:
    """Open a session on this device."""
    language = session.get(KEPT)
    session.clear()
    if language:
        session[KEPT] = language
    session.permanent = True
    session[_KEY] = list(somebody)
    g.somebody = somebody


def leave() -> None:
    """Close the session on this device."""
    session.clear()
    g.somebody = None


def _ask_to_sign_in() -> Response:
    if request.method != "GET":
        kept = interrupted.sent()
        if kept is None:
            abort(401, interrupted.told())
        return Response(interrupted.sign_in_page(kept), 401)
    back = request.full_path.rstrip("?")
    return cast("Response", redirect(url_for("accounts.sign_in", next=back)))


def at_counter() -> bool:
    """Whether the request is for a staff page; public pages never look at a cookie."""
    return request.path.startswith("/staff")
