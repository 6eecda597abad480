"""Every kind of sheet with rows, by its name; what stands on each is made in the files beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from timing.printing.sheet import Sheet
from timing.printing.sheets.start_lists import KINDS as LISTS
from timing.services.paper import list_kinds, record_forms, report_kinds, result_kinds
from timing.services.paper.wanted import Table


class SheetKind(NamedTuple):
    """How the sheets of a kind are made. public: everybody may have them."""

    make: Callable[[Table], list[Sheet]]
    public: bool = False


def _kind(kind: str, make: Callable[..., list[Sheet]]) -> SheetKind:
    return SheetKind(partial(make, kind=kind), public=True)


KINDS: Mapping[str, SheetKind] = {
    **{kind: _kind(kind, result_kinds.results) for kind in result_kinds.RESULTS},
    "teams": _kind("teams", result_kinds.teams),
    "relays": _kind("relays", result_kinds.relays),
    "awards": SheetKind(report_kinds.awards),
    "medals": SheetKind(report_kinds.medals, public=True),
    "records": SheetKind(report_kinds.records, public=True),
    "record-application": SheetKind(record_forms.applications),
    "incidents": SheetKind(report_kinds.incidents),
    **{
        kind: SheetKind(partial(list_kinds.listed, kind=kind), kind in list_kinds.PUBLIC)
        for kind in LISTS
    },
    "times": SheetKind(list_kinds.times),
}
"""Every kind of sheet with rows, results first."""
