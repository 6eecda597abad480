"""Whole races with independently known results, one argument a kind: ``relay_case`` ...

The folders are found as in the conftest above; their form is told in the README beside them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from timing.core.clock import SECOND, Duration, parse_duration
from timing.core.rulebook.prizes import Contender, Prize, PrizeScheme, give_prizes

_BESIDE = Path(__file__).resolve().parents[4] / "shared" / "cases"
_KINDS = {
    "relay_case": "relay",
    "series_case": "series",
    "ultra_case": "ultra_with_splits",
}
_UNREAD = ("", "?", "-", "DNF")


class Case:
    """One folder. Texts become values here and nowhere else."""

    def __init__(self, folder: Path, schemes: Path) -> None:
        self.folder = folder
        self.schemes = schemes
        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))

    def race(self, folder: str) -> Case:
        """One race of a series."""
        return Case(self.folder / folder, self.schemes)

    def has(self, name: str) -> bool:
        return (self.folder / name).exists()

    @property
    def is_of_categories(self) -> bool:
        """A case that must be refused for categories; other refusals are those of the files."""
        notes = self.folder / "expected_notes.txt"
        return notes.exists() and "category" in notes.read_text("utf-8")

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file; none where there is no file."""
        if not self.has(name):
            return []
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def scheme(self, name: str) -> Any:
        return json.loads((self.schemes / f"{name}.json").read_text("utf-8"))

    def lists(self, name: str) -> dict[str, list[dict[str, str]]]:
        """The rows of an expected listing by report group; "" where it is not split."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.rows(name):
            found.setdefault(row.get("Group", ""), []).append(row)
        return found

    def belongs(self, group: str, sex: str, ages: tuple[int, int], club: str = "") -> bool:
        """Whether a category is listed in a report group: some prize there is open to it."""
        return not group or any(
            prize.group == group
            and sex in prize.sexes
            and prize.first <= ages[0]
            and ages[1] <= prize.last
            and (not prize.clubs or club in prize.clubs)
            for prize in map(_prize, self.scheme(self.config["prize_scheme"])["categories"])
        )

    def prizes(
        self, line: Sequence[Contender], named: Callable[[Any], str]
    ) -> set[tuple[str, int, bool, str]]:
        """Who wins what: (category, place, tied, who), by the prize scheme of the case."""
        scheme = PrizeScheme(
            name=self.config["prize_scheme"],
            source="the case",
            general_first=self.config.get("prefer_lower_prize_in_more_general_category", True),
            prize=tuple(map(_prize, self.scheme(self.config["prize_scheme"])["categories"])),
        )
        title = {prize.code: prize.name for prize in scheme.prize}
        return {
            (title[award.prize], award.place, award.tied, named(award.entry))
            for award in give_prizes(scheme, {"": line})
        }

    def expected_prizes(
        self, named: Callable[[dict[str, Any]], str]
    ) -> set[tuple[str, int, bool, str]]:
        path = self.folder / "expected_prizes.json"
        if not path.exists():
            pytest.skip("no prizes are told for this case")
        return {
            (category["category"], winner["place"], winner["tied"], named(winner))
            for category in json.loads(path.read_text("utf-8"))["categories"]
            for winner in category["winners"]
        }

    @staticmethod
    def time(text: str | None) -> Duration | None:
        """A time as typed or printed; more than three decimals are cut."""
        if text is None or text in _UNREAD:
            return None
        cut = re.sub(r"(:[^:.]*\.\d{3})\d+$", r"\1", text.strip())
        return parse_duration(cut, dots_separate=True, signed=True)

    @staticmethod
    def printed(time: int | None) -> str:
        """``HH:MM:SS[.fff]`` without trailing zeros; DNF where there is no time."""
        if time is None:
            return "DNF"
        sign = "-" if time < 0 else ""
        seconds, micros = divmod(abs(time), SECOND)
        tail = f".{micros:06d}".rstrip("0").rstrip(".")
        return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{tail}"


def _prize(row: dict[str, Any]) -> Prize:
    return Prize(
        code=f"{row['report_group']}/{row['name']}",
        name=row["name"],
        sexes=tuple(row["eligible_genders"]),
        ages=(row["min_age"], row["max_age"]),
        number=row["number_of_prizes"],
        group=row["report_group"],
        exclusive=row["exclusive"],
        clubs=tuple(row.get("eligible_clubs") or ()),
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for argument, kind in _KINDS.items():
        if argument in metafunc.fixturenames:
            cases = _cases(metafunc.config, kind)
            if not cases:
                reason = f"no {kind} beside the checkout or in --cases"
                cases = [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="none")]
            metafunc.parametrize(argument, cases)


def _cases(config: pytest.Config, kind: str) -> list[Any]:
    given = config.getoption("--cases", default=None)
    folder = _BESIDE if given is None else Path(given)
    if not folder.is_dir():
        return []
    schemes = folder / "_schemes"
    if not schemes.is_dir():
        schemes = _BESIDE / "_schemes"
    paths = sorted(path.parent for path in folder.glob("*/config.json"))
    cases = [Case(path, schemes) for path in paths]
    published = [
        c
        for c in cases
        if c.has("expected_overall.csv")
        or c.has("expected_detailed.csv")
        or (kind == "series" and c.is_of_categories)
    ]
    return [pytest.param(c, id=c.folder.name) for c in published if c.config.get("kind") == kind]
