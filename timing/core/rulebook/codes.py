"""Codes of a result list: which there are, how they are shown, and where the unranked stand.

The list is data (config/rules/codes.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules
from timing.core.sentence import worded
from timing.core.status import Status


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One code.

    kind: status, sign, qualified, note, record, best, possible or mark. meaning: by language.
    before: what a sign makes of the ``{meaning}`` of the code that it stands before. cr25: in the
    list of World Athletics CR 25.4. rule: the number of the rule must stand behind it. export: the
    word of exchange files, "" for none.
    """

    code: str
    kind: str
    meaning: Mapping[str, str]
    before: Mapping[str, str] = {}
    cr25: bool = False
    rule: bool = False
    export: str = ""


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: tuple[Code, ...]


def decode_codes(text: str, file: str | None = None) -> dict[str, Code]:
    """Read the codes by their name. Raises Refusal."""
    rows = read_rules(text, _File, file=file).code
    codes: dict[str, Code] = {}
    problems = []
    for number, row in enumerate(rows, 1):
        if row.code in codes:
            sentence = f"row {number} of code: {row.code} stands there twice"
            problems.append(Problem("duplicate-code", sentence, file))
        if "en" not in row.meaning:
            sentence = f"row {number} of code: {row.code} has no meaning in English"
            problems.append(Problem("no-meaning", sentence, file))
        codes[row.code] = row
    accept(problems)
    return codes


def check_code(codes: Mapping[str, Code], code: str, rule: str | None = None) -> Problem | None:
    """Tell what is wrong with a code as an official gives it; None when nothing is."""
    if code not in codes:
        return Problem("unknown-code", worded("there is no code {code!r}", code=code))
    if codes[code].rule and not (rule or "").strip():
        sentence = worded("{code} needs the number of the rule, such as {code} (TR16.8)", code=code)
        return Problem("rule-missing", sentence)
    return None


def render_code(code: str, rule: str | None = None) -> str:
    """Show a code with its rule: ``DQ (TR16.8)`` (CR 25.4)."""
    return f"{code} ({rule})" if rule else code


def render_record(code: str, category: str = "", *, equalled: bool = False) -> str:
    """Show a record or best: ``WR``, ``=WR`` where it is equalled, ``WR M40`` of a class."""
    shown = f"={code}" if equalled else code
    return f"{shown} {category}" if category else shown


def status_of(*, reported: bool = True, started: bool = True, finished: bool = True) -> Status:
    """Give the status that follows without a ruling.

    CR 25.4: on the start list but not at the call room, or there and never off, is DNS; off and
    not home is DNF.
    """
    if not (reported and started):
        return Status.DNS
    return Status.OK if finished else Status.DNF


def over_limit(time: int, limit: int | None) -> bool:
    """Whether a time is over the limit; exactly the limit is in time. OTL has no place."""
    return limit is not None and time > limit


def list_order(
    statuses: Sequence[str], times: Sequence[int | None], unranked: Iterable[str]
) -> list[int]:
    """Give the positions of a result list: the ranked by time, then the others by status.

    unranked: the statuses in the order wanted (no federation rules one); a status that is not
    named comes last. Equals keep the order in which they came.
    """
    rank = {status: number for number, status in enumerate(unranked)}

    def key(row: int) -> tuple[int, int]:
        if statuses[row] == Status.OK:
            return -1, times[row] or 0
        return rank.get(statuses[row], len(rank)), 0

    return sorted(range(len(statuses)), key=key)
