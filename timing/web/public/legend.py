"""What the codes of a list mean, in the reader's language; only those that a page really shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l

from timing.core.telling.listing import Line

MEANINGS: Mapping[str, str] = {
    "DNS": _l("did not start"),
    "DNF": _l("did not finish"),
    "DQ": _l("disqualified"),
    "OTL": _l("over the time limit"),
    "WD": _l("withdrawn by the organiser"),
    "RUN": _l("on the course"),
    "READY": _l("waits for the start"),
    "=": _l("shared place or equalled record"),
    "+": _l("time penalty, contained in the time"),
    "Q": _l("qualified by place"),
    "q": _l("qualified by time"),
    "qR": _l("advanced by the referee"),
    "qJ": _l("advanced by the jury of appeal"),
    "qD": _l("advanced by draw"),
    "L": _l("lane infringement"),
    "YC": _l("yellow card"),
    "YRC": _l("second yellow card"),
    "RC": _l("red card"),
    "P": _l("competes under protest"),
    "PB": _l("personal best"),
    "=PB": _l("personal best equalled"),
    "SB": _l("season best"),
    "=SB": _l("season best equalled"),
    "REC?": _l("possible record, not ratified"),
    "=REC?": _l("record possibly equalled, not ratified"),
}
"""Code -> meaning; ``+`` and ``=`` stand for everything that begins or ends with them."""


def legend_of(lines: Iterable[Line], notes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """List the codes of some lines with their meanings, in the order of ``MEANINGS``."""
    used = {code for line in lines for code in _codes(line)} | set(notes)
    return [(code, meaning) for code, meaning in MEANINGS.items() if code in used]


def _codes(line: Line) -> Iterable[str]:
    if line.time.startswith(line.status.value):
        yield line.status.value
    if line.place.endswith("="):
        yield "="
    for note in line.notes:
        yield "+" if note.startswith("+") else note.partition(" ")[0]
