"""The number of a sheet, and the address that tells whether the sheet still says what is true.

A published sheet is known by its version, every other one by a digest of its rows.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from timing.printing.sheet import Sheet
from timing.printing.sheets.notices import alert_of
from timing.services.paper.wanted import Job
from timing.services.public.circumstances import sheet_address

_LETTERS = 8


class About(NamedTuple):
    """What a sheet is of. public: readers may ask whether it is current."""

    kind: str
    contest: str = ""
    round: str = ""
    public: bool = False


def digest(sheet: Sheet) -> str:
    """Name what the rows say, whatever the language, the paper and the moment."""
    told = hashlib.sha256("|".join(column.key for column in sheet.columns).encode())
    told.update(b"!" if sheet.alert else b"")
    for group in sheet.groups:
        told.update(b"\0")
        told.update("\n".join(["\t".join(row) for row in group.rows]).encode())
    return told.hexdigest()[:_LETTERS]


def stamped(job: Job, sheet: Sheet, about: About, version: int = 0) -> Sheet:
    """Give a sheet its number and the address of its code, and what nobody must miss.

    version: of the publication it is.
    """
    sheet = replace(sheet, alert=alert_of(job.say, job.event, about.contest))
    if version:
        link = _check(job, about, f"v{version}")
        number = f"{about.contest}-{version}"
        return replace(sheet, number=number, link=link, link_text=job.say("word.check"))
    token = digest(sheet)
    number = "-".join(part for part in (about.contest, about.round, about.kind, token) if part)
    if about.public:
        link, text = _check(job, about, token), job.say("word.check")
    else:
        link = f"{job.address}/{about.contest}" if about.contest else job.address
        text = job.say("word.live")
    return replace(sheet, number=number, link=link, link_text=text)


def _check(job: Job, about: About, token: str) -> str:
    return sheet_address(job.address, about.kind, about.contest, about.round, token)
