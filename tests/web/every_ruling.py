"""One ruling of each kind, some of them about nothing."""

from __future__ import annotations

from tests.core.story import ZERO
from timing.core.clock import SECOND, Duration
from timing.core.journal import rulings as act
from timing.core.setup.called_off import Fate
from timing.core.status import Status

_LINE = ("finish", 1)
_SPAN = Duration(SECOND)

EVERY: list[act.Act] = [
    act.Withdraw(line=("nowhere", 1)),
    act.Void(line=_LINE),
    act.Attribute(line=_LINE, bib="102"),
    act.Retime(line=_LINE, at=None),
    act.Repoint(line=_LINE, point="start"),
    act.Pair(time=_LINE, bib=("finish", 2)),
    act.Blank(line=_LINE),
    act.SetTime(entry=101, round="final", elapsed=_SPAN),
    act.BindBib(entry=101, bib="777"),
    act.BindChip(chip="A7", bib="101"),
    act.Gun(wave="race", at=ZERO),
    act.Gun(wave="race", at=None),
    act.SetClock(station="finish", offset=_SPAN),
    act.Move(entry=101, round="final", wave="race"),
    act.StartOffset(entry=101, round="final", offset=_SPAN),
    act.SetStatus(entry=101, round="final", status=Status.DQ, rule="TR16.8"),
    act.Penalty(entry=101, round="final", time=_SPAN),
    act.Caution(entry=101, round="final", code="ran-forward"),
    act.PhotoFinish(round="final", order=(101, 102)),
    act.DeadHeat(round="final", entries=(101, 102)),
    act.Qualify(entry=101, round="final", mark="qR"),
    act.Close(contest="race", round="final"),
    act.Clear(anomaly="no_bib:finish:1"),
    act.Amend(entry=101, field="name", revision=1),
    act.Note(line=_LINE, text="100 % sure"),
    act.Reaction(entry=101, round="final", time=_SPAN),
    act.SetRecord(entry=101, round="final", code="WR", body="Guinness", category="M40"),
    act.CallOff(contests=("race",), fate=Fate.STOPPED, stands=ZERO, point="finish"),
    act.CallOff(contests=(), fate=Fate.POSTPONED, day="2026-06-01"),
    act.CallOff(contests=("gone",), fate=Fate.CANCELLED),
    act.Wind(contest="race", round="final", heat=1, speed="+1.2"),
]
