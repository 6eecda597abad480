"""Who may do what: the roles of a race office and the verbs that each may use.

A verb names a kind of work, never a page. The table is the rule; the web only asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Verb(StrEnum):
    """A kind of work behind the counter."""

    LOOK = "look"
    ANNOUNCE = "announce"
    CHECK_IN = "check_in"
    ENTER = "enter"
    CAPTURE = "capture"
    START = "start"
    JUDGE = "judge"
    RULE = "rule"
    PUBLISH = "publish"
    SET_UP = "set_up"
    STATIONS = "stations"
    ACCOUNTS = "accounts"


class Role(StrEnum):
    """What somebody is in the race office."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    TIMER = "timer"
    DESK = "desk"
    JUDGE = "judge"
    ANNOUNCER = "announcer"


ALLOWED: Mapping[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: frozenset(Verb),
    Role.ORGANISER: frozenset(Verb) - {Verb.ACCOUNTS},
    Role.TIMER: frozenset(
        {Verb.LOOK, Verb.CAPTURE, Verb.START, Verb.RULE, Verb.STATIONS, Verb.PUBLISH}
    ),
    Role.DESK: frozenset({Verb.LOOK, Verb.CHECK_IN, Verb.ENTER}),
    Role.JUDGE: frozenset({Verb.LOOK, Verb.JUDGE}),
    Role.ANNOUNCER: frozenset({Verb.LOOK, Verb.ANNOUNCE}),
}
"""Role -> the verbs it may use."""


def may(role: str, verb: Verb) -> bool:
    """Whether a role may use a verb; an unknown role may do nothing."""
    return role in ALLOWED and verb in ALLOWED[Role(role)]
