"""Entries in the semicolon form of Hy-Tek Meet Manager: records I, D and E.

Source: hytek.active.com, Import Entries from a Semi-Colon Delimited File. Fields 2 to 10 are the
same in all three; blank fields at the end may be cut. Relay records (Q, R) are told and left out.
"""

from __future__ import annotations

from pathlib import Path

from timing.core.sentence import worded
from timing.files.tables.encodings import encoding_of
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record

_SAME = ("last", "first", "initial", "sex", "born", "team_code", "club", "age")
_EVENT, _MARK, _COMPETITOR, _DECLARED = 10, 11, 14, 16
_SCRATCHED = "S"


def hytek_records(path: Path, findings: Findings, encoding: str | None = None) -> list[Record]:
    """One record for each entry (D, E), and one for who is only listed (I)."""
    file = str(path)
    entries: list[Record] = []
    listed: list[tuple[tuple[str, ...], Record]] = []
    people: set[tuple[str, ...]] = set()
    with path.open(encoding=encoding_of(path, findings, encoding)) as stream:
        for line, text in enumerate(stream, 1):
            cells = [cell.strip() for cell in text.rstrip("\r\n").split(";")]
            match cells[0]:
                case "D" | "E":
                    people.add(tuple(cells[1:8]))
                    entries.append(_entry(line, cells))
                case "I":
                    listed.append((tuple(cells[1:8]), _entry(line, cells[:10])))
                case "Q" | "R":
                    findings.notice(
                        "relay", worded("a relay is left out; only people are read"), file, line
                    )
                case "":
                    pass
                case other:
                    sentence = worded(
                        "{begin!r} begins no record; expected I, D, E, Q or R", begin=other[:20]
                    )
                    findings.problem("hytek", sentence, file, line)
    return entries + [record for who, record in listed if who not in people]


def _entry(line: int, cells: list[str]) -> Record:
    padded = cells + [""] * 20
    fields = dict(zip(_SAME, padded[1:], strict=False))
    team = fields.pop("team_code")
    initial = fields.pop("initial")
    fields["first"] = " ".join(part for part in (fields["first"], initial) if part)
    fields["club"] = fields["club"] or team
    fields |= {"contest": padded[_EVENT], "seed": _seed(padded[_MARK])}
    if cells[0] == "D":
        fields["bib"] = padded[_COMPETITOR]
        fields["removed"] = "yes" if padded[_DECLARED] == _SCRATCHED else ""
    return Record(line, {key: value for key, value in fields.items() if value})


def _seed(mark: str) -> str:
    """NT (no time) and the like are no seed."""
    return mark if mark[:1].isdecimal() else ""
