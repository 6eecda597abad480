"""The history of an entrant in sentences, as the card of a check-in desk reads it aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _, lazy_gettext

from timing.core.clock import Duration, format_duration
from timing.core.setup.event import Event
from timing.core.telling.checkin import ITEMS
from timing.services.entrants.cards import CHECKED_IN, Line
from timing.web.staff.entry_words import FIELD_WORDS
from timing.web.words import RULED

_SPANS = ("elapsed", "offset", "time")
Data = Mapping[str, Any]
SEEN = (
    lazy_gettext("photo ID"), lazy_gettext("Photo ID seen: age and nationality are right"),
    lazy_gettext("disclaimer"), lazy_gettext("Disclaimer signed"),
    lazy_gettext("medical declaration"), lazy_gettext("Medical declaration handed in"),
    lazy_gettext("briefing"), lazy_gettext("Safety briefing heard, backward roll practised"),
    lazy_gettext("bib on the back"), lazy_gettext("Bib is worn on the back"),
    lazy_gettext("bibs on both sides"), lazy_gettext("Bibs are worn on chest and back"),
    lazy_gettext("helmet"), lazy_gettext("Helmet seen"),
    lazy_gettext("guide"), lazy_gettext("Guide is here"),
    lazy_gettext("bib"), lazy_gettext("Bib handed out"),
)  # fmt: skip
"""The words of ``core.telling.checkin.ITEMS``, so that they stand in the catalogues."""


def told(line: Line, event: Event) -> str:
    """Say one line of a history in a sentence."""
    own = _SENTENCES.get(line.what)
    return str(RULED[line.what]) % _Loose(line.data) if own is None else own(line.data, event)


def _here(_data: Data, _event: Event) -> str:
    return str(_("Checked in"))


def _not_here(_data: Data, _event: Event) -> str:
    return str(_("Check-in taken back"))


def _bib(data: Data, _event: Event) -> str:
    given, back = _("Bib %(bib)s handed out", bib=data["bib"]), _("Bib taken back")
    return str(given if data["bib"] else back)


def _seen(data: Data, _event: Event) -> str:
    code = data["item"]
    return str(_(ITEMS[code].sentence) if code in ITEMS else code)


def _moved(data: Data, event: Event) -> str:
    names = {wave.code: wave.name for wave in event.waves}
    return str(_("Starts in wave %(wave)s", wave=names.get(data["wave"], data["wave"])))


def _amended(data: Data, event: Event) -> str:
    field = str(FIELD_WORDS.get(data["field"], data["field"]))
    if data.get("old") is None and data.get("new") is None:
        return str(_("%(field)s changed", field=field))
    old, new = (_value(data["field"], data.get(side) or "", event) for side in ("old", "new"))
    return str(_("%(field)s changed from %(old)s to %(new)s", field=field, old=old, new=new))


def _value(field: str, text: str, event: Event) -> str:
    contest = event.contest(text) if field == "contest" else None
    return f"“{text}”" if contest is None else contest.name


_SENTENCES: Mapping[str, Callable[[Data, Event], str]] = {
    CHECKED_IN: _here, "void": _not_here, "bind_bib": _bib, "confirm": _seen, "move": _moved,
    "amend": _amended,
}  # fmt: skip
"""What the card says in words of its own; the rest as the officials' history says it."""


class _Loose(dict[str, Any]):
    """The data of a ruling for its sentence; spans of time as people write them."""

    def __getitem__(self, name: str) -> Any:
        value = self.get(name, "")
        is_span = name in _SPANS and isinstance(value, int)
        return format_duration(Duration(value)) if is_span else value
