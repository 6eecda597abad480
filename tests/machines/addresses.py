"""What werkzeug writes for each address of an application, written once in a test run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Writer = Callable[..., Callable[..., tuple[str, str]]]


def shared(write: Writer) -> Writer:
    """Keep the functions that build addresses; two rules with the same steps have the same one.

    Each of two hundred addresses is a program that is parsed and compiled, twice: a tenth of a
    second for every application, and nearly every test of a page has an application of its own.
    """
    kept: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}

    def once(rule: Rule, *how: bool) -> Callable[..., tuple[str, str]]:
        steps = (rule.rule, *rule._trace, repr(rule.defaults), *how)
        if steps not in kept:
            kept[steps] = write(rule, *how)
        return kept[steps]

    return once
