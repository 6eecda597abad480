"""What the cells of a column mean where one cell alone does not tell: sexes and dates.

The letter M is a man in most languages and a woman in Spanish, 03/04 is a day in April or in
March: the whole column decides, and where it does not, the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from timing.core.sentence import worded, words_of
from timing.core.setup.roster import Sex
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record, fold, vocabulary

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T].*)?")
_BETWEEN = re.compile(r"[\s,;]+")
_YEAR = re.compile(r"\d{4}")
_OLDEST = 1900


@cache
def _sex_words() -> Mapping[str, Sex]:
    words = vocabulary()["sex"]["words"]
    return {fold(word) or word: Sex(code) for code, known in words.items() for word in known}


def read_sexes(records: Iterable[Record], findings: Findings, file: str) -> list[Sex]:
    """The sexes of a column. An unknown word is a problem; so are letters of no one language."""
    cells = [(record.line, record.get("sex")) for record in records]
    words = _sex_words()
    folded = [(line, cell, fold(cell) or cell) for line, cell in cells]
    letters = _letters({key.upper() for _, _, key in folded if key and key not in words})
    known = {"": Sex.UNKNOWN, **{key.casefold(): sex for key, sex in letters.items()}, **words}
    sexes = []
    for line, cell, key in folded:
        sex = known.get(key)
        if sex is None:
            sentence = worded(
                "{cell!r} is no sex; expected M or F in the whole column, or words", cell=cell
            )
            findings.problem("sex", sentence, file, line)
        sexes.append(sex or Sex.UNKNOWN)
    return sexes


def _letters(found: set[str]) -> Mapping[str, Sex]:
    """The set that explains the letters that were found; see config/vocabulary.toml."""
    usual, *others = (
        {letter: Sex(sex) for letter, sex in letters.items()}
        for letters in vocabulary()["sex"]["letters"]
    )
    telling = len(found) > 1 or not found <= usual.keys()
    return next((each for each in others if telling and found <= each.keys()), usual)


def read_births(
    records: Sequence[Record], findings: Findings, file: str, order: str = ""
) -> list[str]:
    """Birth dates (ISO) or years of a column, "" where the cell is empty.

    order: "dmy" or "mdy" for dates such as 03/04/1984; "" lets the dates of the column decide,
    and if none of them can, one that would differ is a problem.
    """
    known = order or _order(record.get("born") for record in records)
    births = []
    for record in records:
        cell = record.get("born")
        try:
            births.append(_birth(cell, known))
        except ValueError as error:
            births.append("")
            findings.problem(
                "born",
                worded("{cell!r} {told}", cell=cell, told=words_of(error)),
                file,
                record.line,
            )
    return births


def _order(cells: Iterable[str]) -> str:
    """The order that the dates with a slash or hyphen of a column prove, "" if none does."""
    for cell in cells:
        parts = _NUMERIC.fullmatch(cell)
        if parts and parts[2] != "." and len(parts[1]) < 3:
            if int(parts[1]) > 12:
                return "dmy"
            if int(parts[3]) > 12:
                return "mdy"
    return ""


def _birth(cell: str, order: str) -> str:
    """A birth date or year; raises ValueError with what is wrong with the cell."""
    if cell in ("", "?"):
        return ""
    if _YEAR.fullmatch(cell):
        return _after_oldest(int(cell), cell)
    parts = _NUMERIC.fullmatch(cell)
    if parts is None:
        raise ValueError(worded("is no birth date; expected a year, YYYY-MM-DD or DD.MM.YYYY"))
    year, month, day = _ordered(parts, order)
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(worded("is no day of the calendar; expected such as 1984-05-30")) from None
    return _after_oldest(year, found.isoformat())


def _ordered(parts: re.Match[str], order: str) -> tuple[int, int, int]:
    """Year, month and day of three numbers."""
    first, second, last = int(parts[1]), int(parts[3]), int(parts[4])
    if len(parts[1]) == 4:
        return first, second, last
    if len(parts[4]) != 4:
        raise ValueError(worded("has a year of two digits; expected four: 26 may be 1926 or 2026"))
    if parts[2] == "." or first == second or order == "dmy":
        return last, second, first
    if order == "mdy":
        return last, first, second
    raise ValueError(
        worded(
            'may be day/month or month/day; expected YYYY-MM-DD, or dates = "dmy" or "mdy" '
            "under [entries] in race.toml"
        )
    )


def _after_oldest(year: int, born: str) -> str:
    if year < _OLDEST:
        raise ValueError(
            worded("is before {oldest}; expected a birth date or year", oldest=_OLDEST)
        )
    return born


@cache
def _yes() -> frozenset[str]:
    return frozenset(fold(word) for word in vocabulary()["yes"]["words"])


def is_yes(cell: str) -> bool:
    """Whether a cell says yes, in one of the languages of the vocabulary."""
    return fold(cell) in _yes()


def split_list(cell: str) -> list[str]:
    """The words of a cell that holds several: ``12 17``, ``12, 17`` or ``12;17``."""
    return _BETWEEN.split(cell.strip(" ,;"))
