"""The columns of a result list out of its printed lines, as they were kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timing.core.setup.event import Contest
from timing.core.status import Status
from timing.core.telling.kept import KeptLine, KeptList
from timing.core.telling.legend import EQUALLED
from timing.core.telling.listing import brief
from timing.printing.sheets.result_rows import OUTSIDE, View


class KeptRows:
    """All rows of one kept list."""

    def __init__(self, kept: KeptList) -> None:
        self.contest: Contest = kept.contest
        self.round: str = kept.round
        self.ranked: Sequence[bool] = [bool(line.place) for line in kept.lines]
        self._kept = kept
        self._lines = kept.lines

    def column(self, key: str) -> list[str]:
        """The texts of a column. Raises KeyError."""
        if key not in KeptLine.__struct_fields__:
            raise KeyError(key)
        if key == "notes":
            marks = self._kept.marks.get
            notes = [(*map(brief, _notes(line)), *marks(line.entry, ())) for line in self._lines]
            return [", ".join(each) for each in notes]
        return [getattr(line, key) for line in self._lines]

    def places(self, view: View) -> list[str]:
        """The places within the parts of a view."""
        return self.column("place" if view is View.OVERALL else f"{view.value}_place")

    def splits(self) -> dict[int, list[str]]:
        """The texts of each position that somebody passed. Laps beyond the course go on."""
        most = max((len(line.splits) for line in self._lines), default=0)
        passed = {
            position: [
                line.splits[position - 1].elapsed if position <= len(line.splits) else ""
                for line in self._lines
            ]
            for position in range(1, most + 1)
        }
        return {position: texts for position, texts in passed.items() if any(texts)}

    def codes(self, view: View) -> Iterator[str]:
        """The status, the shared place and the notes of every row. Then the marks."""
        for line in self._lines:
            if view is View.OVERALL and line.place[-1:] == "=":
                yield EQUALLED
            if not line.place and line.status != Status.OK:
                yield line.time if line.time.startswith(line.status) else line.status
            yield from _notes(line)
        marks = self._kept.marks
        for entry in sorted({line.entry for line in self._lines} & marks.keys()):
            yield from marks[entry]


def _notes(line: KeptLine) -> tuple[str, ...]:
    """What stands beside the time; who has a time and no place competes outside the ranking."""
    guest = not line.place and line.status == Status.OK
    return (*line.notes, OUTSIDE) if guest else line.notes
