"""What is not held as announced, once the rulings have been applied in their order."""

from __future__ import annotations

from timing.core.clock import Instant, in_calendar
from timing.core.journal.anomalies import Anomaly, about
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate
from timing.core.setup.event import Event

_LONG_AGO = Instant(0)


def fate_of(made: CallOff, reason: str = "", since: Instant = _LONG_AGO) -> CalledOff:
    """What a ruling makes of something; a moment that no calendar has is not known."""
    return CalledOff(
        fate=made.fate, reason=reason, since=since, until=_believed(made.until), day=made.day,
        stands=_believed(made.stands), point=made.point,
    )  # fmt: skip


def _believed(at: Instant | None) -> Instant | None:
    return at if at is not None and in_calendar(at) else None


class Fates:
    """Follows the rulings in force in order of precedence; the later one holds.

    called_off: by contest, "" for the whole event. anomalies: guns of what is not held.
    """

    def __init__(self, event: Event) -> None:
        self.called_off: dict[str, CalledOff] = {}
        self.anomalies: list[Anomaly] = []
        self._names = {each.code: each.name for each in event.contests}
        self._of_wave: dict[str, set[str]] = {}
        for each in event.contests:
            for heat in (heat for part in each.rounds for heat in part.heats):
                self._of_wave.setdefault(heat.wave, set()).add(each.code)

    def call_off(self, ruling: Ruling, made: CallOff) -> None:
        """Apply a ruling; a contest that is not there has no fate."""
        fate = fate_of(made, ruling.reason, ruling.at)
        named = [code for code in made.contests if code in self._names]
        codes = named if made.contests else (WHOLE_EVENT, *self._names)
        self.called_off |= dict.fromkeys(codes, fate)

    def fired(self, wave: str, *, again: bool) -> None:
        """A gun: what was postponed is on. again: the wave had a gun, which is only corrected.

        What is cancelled or stopped stays so, and officials hear of the gun.
        """
        for code in sorted(self._of_wave.get(wave, ())):
            fate = self.called_off.get(code)
            if fate is None:
                continue
            if fate.fate is Fate.POSTPONED:
                del self.called_off[code]
                self.called_off.pop(WHOLE_EVENT, None)
            elif not again:
                self.anomalies.append(
                    about("not_held", f"{code}:{wave}", contest=self._names[code], wave=wave)
                )
