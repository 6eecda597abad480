"""Results as IOF XML 3.0 (a ResultList), the form of orienteering and of many club programs.

Source: https://github.com/international-orienteering-federation/datastandard-v3 (IOF.xsd).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from timing.core.clock import SECOND, Duration, Instant, datetime_of, format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rules import Basis
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, Sex
from timing.core.status import Status
from timing.core.telling.legs import LegTime, leg_table
from timing.files.feeds.discreet import discreet
from timing.files.feeds.ultrasignup import halves

_NAMESPACE = "http://www.orienteering.org/datastandard/3.0"
_STATUS = {
    Status.OK: "OK", Status.READY: "Inactive", Status.RUN: "Active", Status.DNS: "DidNotStart",
    Status.DNF: "DidNotFinish", Status.DQ: "Disqualified", Status.OTL: "OverTime",
    Status.WD: "DidNotFinish", Status.CXL: "Inactive", Status.STP: "DidNotFinish",
}  # fmt: skip
_FATE = {Fate.CANCELLED: "Canceled", Fate.POSTPONED: "Rescheduled"}
_SEX = {Sex.MEN: "M", Sex.WOMEN: "F"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def iof_xml(event: Event, standings: Iterable[Standings], created: Instant) -> bytes:
    """One ResultList with a class for each round. created: the moment of the snapshot."""
    root = Element("ResultList", {
        "xmlns": _NAMESPACE, "iofVersion": "3.0", "createTime": _moment(created),
        "creator": "timing", "status": "Snapshot",
    })  # fmt: skip
    head = SubElement(root, "Event")
    _text(head, "Name", event.name)
    _text(SubElement(head, "StartTime"), "Date", event.date)
    _text(SubElement(head, "EndTime"), "Date", event.last_date or event.date)
    fate = event.called_off.get(WHOLE_EVENT)
    if fate is not None and fate.fate in _FATE:
        _text(head, "Status", _FATE[fate.fate])
    for one in standings:
        if one.rows:
            _class(root, one, event.called_off.get(one.contest.code))
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _class(root: Element, one: Standings, fate: CalledOff | None) -> None:
    contest = one.contest
    named = next(each.name for each in contest.rounds if each.code == one.round)
    several = len(contest.rounds) > 1
    resolution = f"{10**-contest.rules.decimals:g}"
    result = SubElement(root, "ClassResult", {"timeResolution": resolution})
    sex = {"sex": _SEX[Sex(contest.sex)]} if contest.sex in ("M", "W") else {}
    void = {} if fate is None or fate.ranked else {"status": "Invalidated"}
    kind = SubElement(result, "Class", sex | void)
    _text(kind, "Id", f"{contest.code}-{one.round}" if several else contest.code)
    _text(kind, "Name", f"{contest.name}, {named}" if several else contest.name)
    _text(SubElement(result, "Course"), "Length", f"{contest.course.distance / 1000:g}")
    if contest.legs_of > 1:
        for row, legs in zip(one.rows, leg_table(contest, one.rows), strict=True):
            _team(result, one, row, legs)
    else:
        for row in one.rows:
            _person_result(result, one, row)


def _person_result(parent: Element, one: Standings, row: Row) -> None:
    entry, result = discreet(row.entry), row.result
    item = SubElement(parent, "PersonResult")
    _person(item, entry)
    _organisation(item, entry)
    told = SubElement(item, "Result")
    _text(told, "BibNumber", row.bib)
    _when(told, row)
    _time(told, one, row)
    _text(told, "Status", _status(row))
    if one.contest.rules.basis is Basis.LAPS:
        _text(told, "Score", str(result.laps)).set("type", "laps")
    else:
        _splits(told, one, row)


def _team(parent: Element, one: Standings, row: Row, legs: Iterable[LegTime]) -> None:
    """One element a leg; the last of them carries the result of the team."""
    entry = discreet(row.entry)
    item = SubElement(parent, "TeamResult")
    _text(item, "Name", entry.name)
    _organisation(item, entry)
    _text(item, "BibNumber", row.bib)
    known = {leg.number: leg for leg in legs}
    for number in range(1, one.contest.legs_of + 1):
        leg = known.get(number)
        member = SubElement(item, "TeamMemberResult")
        if leg is not None and leg.name:
            _person(member, Entry(id=0, contest="", name=leg.name))
        told = SubElement(member, "Result")
        _text(told, "Leg", str(number))
        if leg is not None and leg.time is not None:
            _text(told, "Time", _seconds(leg.time, one))
        _text(told, "Status", _status(row))
        if number == one.contest.legs_of:
            whole = SubElement(told, "OverallResult")
            _time(whole, one, row)
            _text(whole, "Status", _status(row))


def _person(parent: Element, entry: Entry) -> None:
    sex = {"sex": _SEX[entry.sex]} if entry.sex in _SEX else {}
    name = SubElement(SubElement(parent, "Person", sex), "Name")
    first, last = halves(entry)
    _text(name, "Family", last)
    _text(name, "Given", first)


def _organisation(parent: Element, entry: Entry) -> None:
    nation = entry.delegation or entry.nation
    if not (entry.club or nation):
        return
    item = SubElement(parent, "Organisation")
    _text(item, "Name", entry.club or nation)
    if nation:
        _text(item, "Country", nation).set("code", nation)


def _when(told: Element, row: Row) -> None:
    result = row.result
    if result.started is not None:
        _text(told, "StartTime", _moment(result.started))
    if result.status is Status.OK and result.reads and result.reads[-1].at is not None:
        _text(told, "FinishTime", _moment(result.reads[-1].at))


def _time(told: Element, one: Standings, row: Row) -> None:
    """The time of the list with the gap; a place only for those who have one."""
    time = row.result.official
    if one.contest.rules.basis is Basis.LAPS:
        time = row.result.elapsed[-1] if row.result.elapsed else None
    if time is not None and row.result.status is Status.OK:
        _text(told, "Time", _seconds(time, one))
        if row.gap is not None:
            _text(told, "TimeBehind", _seconds(row.gap, one))
    if row.place is not None and _status(row) == "OK":
        _text(told, "Position", str(row.place))


def _splits(told: Element, one: Standings, row: Row) -> None:
    """Every point between start and finish, in order, also those that were not passed."""
    passed = dict(zip(row.result.positions, row.result.elapsed, strict=False))
    for position, point in enumerate(one.contest.course.points[1:-1], 1):
        elapsed = passed.get(position)
        missing = {"status": "Missing"} if elapsed is None else {}
        item = SubElement(told, "SplitTime", missing)
        _text(item, "ControlCode", point.code)
        if elapsed is not None:
            _text(item, "Time", _seconds(elapsed, one))


def _status(row: Row) -> str:
    """Who has a time but no place runs out of competition."""
    if row.result.status is Status.OK and row.place is None:
        return "NotCompeting"
    return _STATUS[row.result.status]


def _seconds(time: Duration, one: Standings) -> str:
    whole, part = divmod(time, SECOND)
    _, point, fraction = format_duration(part, one.contest.rules.decimals).partition(".")
    return f"{whole}{point}{fraction}"


def _moment(at: Instant) -> str:
    return datetime_of(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(parent: Element, name: str, text: str) -> Element:
    item = SubElement(parent, name)
    item.text = _NO_XML.sub("", text)
    return item
