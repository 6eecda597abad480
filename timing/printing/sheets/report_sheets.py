"""Papers for the record: the incident report of rulings and the data sheet of a record claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from timing.printing.sheet import Align, Column, Fit, Group, Sheet, Signature, Turn
from timing.printing.sheets.frame import Filling, Frame, framed


class Incident(NamedTuple):
    """One ruling as text. withdrawn: when and by whom, "" while it is in force."""

    number: str
    at: str
    concerns: str
    decision: str
    reason: str
    by: str
    withdrawn: str = ""


def incident_report(frame: Frame, incidents: Iterable[Incident], contest: str = "") -> Sheet:
    """All rulings in the order in which they were made, with reason and name."""
    say = frame.phrases
    weights = {"concerns": 1.5, "decision": 3.0, "reason": 3.0, "by": 1.5, "withdrawn": 1.0}
    rows = [tuple(incident) for incident in incidents]
    columns = [
        Column(
            key=key,
            heading=say(f"column.{key}"),
            align=Align.RIGHT if key == "number" else Align.LEFT,
            weight=weights.get(key, 0.0),
            fit=Fit.WRAP if key in weights else Fit.SHRINK,
            strong=key == "decision",
        )
        for key in Incident._fields
    ]
    return framed(
        frame,
        Filling(
            subtitles=[text for text in (contest, say("list.incidents")) if text],
            columns=columns,
            groups=[Group(rows=rows, note="" if rows else say("word.nobody_ruled"))],
            signed=True,
            turn=Turn.LANDSCAPE,
        ),
    )


class Part(NamedTuple):
    """A part of a form: its title and (question, answer); an empty answer is filled in by hand."""

    title: str
    lines: Sequence[tuple[str, str]]


def data_sheet(
    frame: Frame, title: str, parts: Iterable[Part], signatures: Sequence[Signature] = ()
) -> Sheet:
    """A form of questions and answers, such as the application for a record."""
    columns = [
        Column(key="question", weight=2, fit=Fit.WRAP),
        Column(key="answer", weight=3, strong=True, fit=Fit.WRAP),
    ]
    groups = [
        Group(
            title=part.title,
            rows=[(asked, answer or "\u2026" * 12) for asked, answer in part.lines],
        )
        for part in parts
    ]
    sheet = framed(
        frame,
        Filling(
            subtitles=[title], columns=columns, groups=groups, signed=not signatures,
            turn=Turn.PORTRAIT,
        ),
    )  # fmt: skip
    return replace(sheet, signatures=signatures) if signatures else sheet
