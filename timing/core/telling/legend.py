"""The legend of a list: exactly the codes that stand in it, and what each means in a language.

A record is explained with the body that lists it: without one it is nobody's record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from timing.core.rulebook.codes import Code
from timing.core.rulebook.rulesets import text_in
from timing.core.telling.listing import brief

PENALTY, EQUALLED = "+", "="
_RECORD, _STATUS = "record", "status"


def legend_of(
    notes: Iterable[str],
    codes: Mapping[str, Code],
    language: str,
    own: Mapping[str, str],
    named: Callable[[str], str] = str,
    ruled: Callable[[str], str] = lambda _rule: "",
) -> list[tuple[str, str]]:
    """Explain what stands beside places and times, in the order of the codes.

    notes: as ``core.telling.listing`` prints them, a status with its rule. own: codes that
    record books of the event bring, with their meanings. named: says in words what the name of
    a body only describes (``press``). ruled: says in a few words what the rule behind a status
    says, "" where that is not known. What nobody knows is left out.
    """
    bodies: dict[str, dict[str, None]] = {}
    for note in notes:
        shown = PENALTY if note.startswith(PENALTY) else brief(note)
        body = note[len(shown) :].removeprefix(" (").removesuffix(")")
        bodies.setdefault(shown, {})[body] = None
    order = {code: place for place, code in enumerate((*codes, *own))}
    known = [shown for shown in bodies if _code(shown, codes) in order]
    known.sort(key=lambda shown: (order[_code(shown, codes)], shown))
    told: list[tuple[str, str]] = []
    for shown in known:
        meaning = _meaning(shown, codes, language, own)
        told.append((shown, meaning + _listed(shown, codes, own, map(named, bodies[shown]))))
        if shown in codes and codes[shown].kind == _STATUS:
            rules = sorted(filter(None, bodies[shown]))
            told += [(rule, words) for rule in rules if (words := ruled(rule))]
    return told


def _code(shown: str, codes: Mapping[str, Code]) -> str:
    """The code of ``=NR M40``; some codes begin with the sign themselves."""
    return shown if shown in codes else shown.removeprefix(EQUALLED).partition(" ")[0]


def _meaning(shown: str, codes: Mapping[str, Code], language: str, own: Mapping[str, str]) -> str:
    code = _code(shown, codes)
    text = text_in(codes[code].meaning, language) if code in codes else own[code]
    if shown == code or not shown.startswith(EQUALLED):
        return text
    return text_in(codes[EQUALLED].before, language).format(meaning=text)


def _listed(
    shown: str, codes: Mapping[str, Code], own: Mapping[str, str], bodies: Iterable[str]
) -> str:
    """The bodies that list a record; nothing behind any other code."""
    code = _code(shown, codes)
    if code not in own and codes[code].kind != _RECORD:
        return ""
    return f" ({', '.join(bodies)})"
