"""Ten desks check in 2,000 people: ``python -m tests.bench.soak_desks [sqlite|postgres]``.

Everybody stands at two desks at the same moment. Says how long it took and what went wrong.
Exit code 1: somebody is lost, here twice, or a desk was told something else than the truth.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.soak_faults import settings_of
from tests.services.entrants.ten_desks import everybody_at_two_desks, faults, hold
from timing.app import open_house

DESKS, PEOPLE = 10, 2000


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--people", type=int, default=PEOPLE)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with settings_of(asked.engine, folder) as settings:
            house = open_house(settings)
            hold(house, asked.people)
            began = perf_counter()
            told = everybody_at_two_desks(house, DESKS, asked.people)
            took = perf_counter() - began
            wrong = faults(house, told, asked.people)
            house.store.close()
    each = took / (2 * asked.people) * 1000
    print(
        f"{asked.engine}: {DESKS} desks checked {asked.people} people in, each at two desks, in "
        f"{took:.1f} s ({each:.1f} ms an attempt); {len(wrong)} faults"
    )
    for sentence in wrong[:20]:
        print(sentence)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
