"""``timing score`` as a whole process, beside a script that only reads, sorts and writes CSV."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.bench_terminal import TIMING, process

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

RACE = """
name = "City 10K"
date = "2026-05-30"
[[contest]]
distance = "10 km"
categories = "scheme.toml"
prizes = "prizes.toml"
teams = { count = 3 }
rules = { preset = "club-exact" }
"""
SCHEME = """
name = "tens"
source = "benchmark"
age = { day = { counted = "day" } }
category = [
    { code = "{sex}S", sexes = ["M", "W"], ages = { day = [0, 29] } },
    { code = "{sex}{from}", sexes = ["M", "W"], ages = { day = [30, 99] }, every = { day = 10 } },
]
"""
PRIZES = "name = 'few'\nsource = 'benchmark'\n" + "".join(
    f"[[prize]]\ncode = '{sex}{low}'\nname = '{sex}{low}'\nsexes = ['{sex}']\n"
    f"ages = [{low}, {low + 9}]\nnumber = 3\n"
    for sex in "MW"
    for low in range(30, 100, 10)
)
FLOOR = """
import csv, sys
folder = sys.argv[1]
people = {row["bib"]: row for row in csv.DictReader(open(folder + "/entries.csv"))}
times = list(csv.DictReader(open(folder + "/times.csv")))
times.sort(key=lambda row: float(row["time"].replace(":", "")))
with open(folder + "/floor.csv", "w") as out:
    writer = csv.writer(out)
    for place, row in enumerate(times, 1):
        writer.writerow([place, row["bib"], *people[row["bib"]].values(), row["time"]])
"""


def race(folder: Path, size: int) -> Path:
    """A race of so many finishers, and a tenth more who only entered."""
    dice = random.Random(size)
    entries = ["bib,name,sex,born,club"]
    for bib in range(1, size + size // 10 + 1):
        born = f"{dice.randint(1945, 2008)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        club = f"Club {dice.randint(1, 80)}"
        entries.append(f"{bib},Runner Number {bib},{dice.choice('MF')},{born},{club}")
    elapsed, times = 1800.0, ["bib,time"]
    for bib in dice.sample(range(1, size + size // 10 + 1), size):
        elapsed += dice.random() * 5400 / size
        minutes, seconds = divmod(elapsed, 60)
        times.append(f"{bib},{int(minutes) // 60}:{int(minutes) % 60:02d}:{seconds:06.3f}")
    for name, text in {
        "race.toml": RACE, "scheme.toml": SCHEME, "prizes.toml": PRIZES,
        "entries.csv": "\n".join(entries), "times.csv": "\n".join(times), "floor.py": FLOOR,
    }.items():  # fmt: skip
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize(("size", "limit"), [(1_000, 3.0), (10_000, 15.0)])
def test_a_race_from_files_to_its_lists(bench, tmp_path, size: int, limit: float) -> None:
    folder = race(tmp_path, size)

    def score():
        ended = subprocess.run(
            [TIMING, "score", folder, "--out", folder / "out", "--quiet"], check=False
        )
        assert ended.returncode in (0, 1)

    bench.compare(
        f"timing score, {size:,} finishers",
        score,
        "read, sort, write CSV",
        lambda: process(sys.executable, folder / "floor.py", folder),
        at_most=40,
    )
    bench.within("the same, in seconds", score, limit=limit)
    assert len((folder / "out" / "results.csv").read_text().splitlines()) == size + 1
