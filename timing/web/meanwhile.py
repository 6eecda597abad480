"""Two people with the same form: what one kept since the other opened the page is not undone.

A page carries what it showed; only what was typed otherwise is a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from flask import request
from markupsafe import Markup, escape

from timing.core.refusal import Problem, Refusal
from timing.core.sentence import worded

FIELD = "shown"


def shown(fields: Mapping[str, object]) -> Markup:
    """Give the hidden field that carries what a form shows."""
    words = {name: str(value) for name, value in fields.items() if value not in (None, "")}
    text = escape(msgspec.json.encode(words).decode())
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, Markup(text))  # noqa: S704 - it is escaped


def merged(
    now: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Give what was typed, and where nothing was changed what is there by now.

    Problems, by field: somebody else wrote something different there meanwhile.
    """
    before = carried(request.form.get(FIELD, ""))
    if before is None:
        return dict(typed), ()
    names = dict.fromkeys((*typed, *now))
    chosen = {name: _chosen(before, now, typed, name) for name in names}
    fields = {name: value for name, value in chosen.items() if value or name in typed}
    return fields, tuple(_clashes(before, now, typed))


def hold(problems: tuple[Problem, ...]) -> None:
    """Raise Refusal where there are such problems, before anything is written."""
    if problems:
        raise Refusal(*problems)


def carried(text: str) -> dict[str, str] | None:
    """What the page showed, from the hidden field; None where it did not say."""
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except msgspec.DecodeError:
        return None


def _chosen(
    before: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str], name: str
) -> str:
    same = _plain(typed.get(name, "")) == _plain(before.get(name, ""))
    return (now if same else typed).get(name, "")


def _clashes(
    before: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str]
) -> Iterator[Problem]:
    for name in typed:
        was, theirs, ours = (_plain(each.get(name, "")) for each in (before, now, typed))
        if was not in (theirs, ours) and theirs != ours:
            told = worded(
                "somebody else wrote {theirs!r} here meanwhile, and you {ours!r}; keep it again to"
                " write yours",
                theirs=theirs[:60], ours=ours[:60],
            )  # fmt: skip
            yield Problem(name, told)


def _plain(text: str) -> str:
    """A text without what a browser changes in it: the ends of its lines."""
    return text.replace("\r\n", "\n").strip()
