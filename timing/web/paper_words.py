"""The names of the sheets in the reader's language, in the order of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from timing.printing.cards.imposition import label_sheets

BEFORE: Mapping[str, Any] = {
    "start": lazy_gettext("Start lists"),
    "start-by-wave": lazy_gettext("Start list by wave"),
    "start-by-name": lazy_gettext("Entries by name"),
    "start-by-bib": lazy_gettext("Entries by bib"),
    "call-room": lazy_gettext("Call room"),
    "check-in": lazy_gettext("Check-in list"),
    "no-shows": lazy_gettext("Not checked in"),
    "judges": lazy_gettext("Judges' sheets"),
    "laps": lazy_gettext("Lap counters' sheets"),
    "announcer": lazy_gettext("Announcer's sheet"),
    "times": lazy_gettext("Times by hand"),
}
AFTER: Mapping[str, Any] = {
    "results": lazy_gettext("Results"),
    "results-by-sex": lazy_gettext("Results by sex"),
    "results-by-category": lazy_gettext("Results by category"),
    "results-by-heat": lazy_gettext("Results by heat, with a summary"),
    "results-compact": lazy_gettext("Results, few columns"),
    "results-with-splits": lazy_gettext("Results with splits or laps"),
    "teams": lazy_gettext("Teams"),
    "relays": lazy_gettext("Relays with legs"),
    "awards": lazy_gettext("Award list"),
    "medals": lazy_gettext("Medal table"),
    "records": lazy_gettext("Records"),
    "record-application": lazy_gettext("Application for a record"),
    "incidents": lazy_gettext("Incident report"),
    "book": lazy_gettext("Results book"),
}
CARDS: Mapping[str, Any] = {
    "certificates": lazy_gettext("Certificates"),
    "bibs": lazy_gettext("Bibs, front and back"),
    "labels": lazy_gettext("Labels"),
    "posters": lazy_gettext("Posters with a code to the results"),
    "station-posters": lazy_gettext("Posters with new links for stations"),
}
GROUPS = (
    (lazy_gettext("Before the race"), BEFORE),
    (lazy_gettext("After the race"), AFTER),
    (lazy_gettext("Cards"), CARDS),
)
"""Every kind of sheet in groups, as the print room offers them."""
SHEETS: Mapping[str, Any] = {**BEFORE, **AFTER, **CARDS}

LABEL_SHEETS = tuple(
    (each.name, f"{each.name} · {each.columns} × {each.rows} · {each.known_as}")  # noqa: RUF001
    for each in label_sheets().values()
)
"""Sheets of labels with how many stand on them and the number that they are sold under."""
