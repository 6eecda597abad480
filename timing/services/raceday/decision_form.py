"""The form of a decision, read against what stands in the journal: bibs, lines, spans of time.

A field that cannot be read is refused in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from timing.core.clock import Instant, TimeTextError, parse_duration
from timing.core.fold.results import Result
from timing.core.fold.whole import State
from timing.core.journal.lines import LineId
from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import words_of
from timing.core.setup.roster import StartKey
from timing.core.whole_number import whole

Form = Mapping[str, str]


class Desk(NamedTuple):
    """What a form is read against."""

    state: State
    form: Form
    now: Instant

    def text(self, field: str) -> str:
        """A field that must not be empty. Raises Refusal."""
        found = self.form.get(field, "").strip()
        if not found:
            raise refused(field, "{field} is empty; expected a value", field=field)
        return found

    def line(self, field: str = "line") -> LineId:
        station, _colon, text = self.text(field).rpartition(":")
        n = whole(text, 18)
        if not station or n is None or not self.state.has_line((station, n)):
            raise refused(
                "line", "there is no line {text!r} in the journal", text=self.text(field)[:60]
            )
        return (station, n)

    def key(self, field: str = "bib") -> StartKey:
        """The start of a bib; where it has several, the round or the last one that has begun."""
        bib, wanted = self.text(field), self.form.get("round", "").strip()
        contest = self.form.get("contest", "").strip()
        keys = [
            target.key
            for target in self.state.known.wearers.get(bib, ())
            if wanted in ("", target.key[1])
            and contest in ("", self.state.lineup.entries[target.key[0]].contest)
        ]
        if not keys:
            raise refused(
                "bib", "bib {bib} starts nowhere; expected the bib of a starter", bib=bib[:20]
            )
        begun = [key for key in keys if self.state.results[key].reads]
        return (begun or keys)[-1]

    def keys(self, field: str = "bibs") -> list[StartKey]:
        bibs = self.text(field).replace(",", " ").replace(">", " ").split()
        return [self._replace(form={**self.form, "bib": bib}).key() for bib in bibs]

    def duration(self, field: str = "time", *, signed: bool = False) -> int:
        try:
            return parse_duration(self.text(field), signed=signed)
        except TimeTextError as error:
            raise Refusal(Problem("time", words_of(error))) from None

    def result(self, key: StartKey) -> Result:
        return self.state.results[key]
