"""The fold and the ranking beside the least that plain Python can do with the same lines."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import count
from operator import itemgetter

import msgspec
import pytest

from tests.bench.races import GUN, race
from timing.core.clock import Duration, Instant
from timing.core.fold.standings import standings_of
from timing.core.fold.whole import fold, refit, refold
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.rulebook.ranking import Finish, finish_order, places_within, tie_groups
from timing.core.rulebook.rules import Ties
from timing.core.setup.event import Event
from timing.core.setup.roster import Roster
from timing.core.status import Status
from timing.store import migrate
from timing.store.connect import open_store
from timing.store.journal import append, load_journal
from timing.store.lines import READ_COLUMNS, read_row
from timing.store.setup import save_event

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def counted(keys, labels):
    """Places within the classes of a sorted list, equal keys sharing theirs."""
    last, seen, places, out = {}, {}, {}, []
    for key, label in zip(keys, labels, strict=True):
        seen[label] = seen.get(label, 0) + 1
        if last.get(label) != key:
            last[label], places[label] = key, seen[label]
        out.append(places[label])
    return out


def plain_results(reads):
    """Group by bib, sort by time, elapsed splits and net time."""
    by_bib = defaultdict(list)
    for read in reads:
        by_bib[read[3]].append(read)
    results = []
    for bib, lines in by_bib.items():
        lines.sort(key=itemgetter(5))
        splits = [read[5] - GUN for read in lines]
        results.append((splits[-1] - splits[0], int(bib), splits))
    return results


def plain_results_of_bursts(reads):
    """The same where only the first read at each point counts."""
    by_bib = defaultdict(list)
    for read in reads:
        by_bib[read[3]].append(read)
    results = []
    for bib, lines in by_bib.items():
        lines.sort(key=itemgetter(5))
        splits = {}
        for read in lines:
            if read[2] not in splits:
                splits[read[2]] = read[5] - GUN
        times = list(splits.values())
        results.append((times[-1] - times[0], int(bib), times))
    return results


def plain_race(big):
    """The whole race: results, then places overall, within sex, within category and heat."""
    results = sorted(plain_results(big.journal.reads))
    entries = {entry.id: entry for entry in big.roster.entries}
    starts = {start.entry: start for start in big.roster.starts}
    keys = [result[0] for result in results]
    people = [entries[result[1]] for result in results]
    begun = [starts[result[1]] for result in results]
    classes = [(entry.sex, big.categories[entry.id]) for entry in people]
    return list(
        zip(
            results,
            people,
            begun,
            counted(keys, ["all"] * len(keys)),
            counted(keys, [entry.sex for entry in people]),
            counted(keys, classes),
            counted(keys, [start.heat for start in begun]),
            strict=True,
        )
    )


def whole_race(big):
    state = fold(big.event, big.roster, big.journal)
    return standings_of(state, big.contest, "final", big.categories)


def test_fold_and_rank_of_a_city_marathon(bench):
    big = race(50_000)
    assert len(whole_race(big).ranked) == len(plain_race(big)) == 50_000
    bench.compare(
        "fold and rank 50,000 entries, 600,000 reads",
        lambda: whole_race(big),
        "one plain pass",
        lambda: plain_race(big),
        at_most=2.0,
    )
    bench.within("the same, in seconds", lambda: whole_race(big), limit=5.0)


PEOPLE = 18_000


class File:
    """A database file with the journal of a large race, and both ways to read it."""

    def __init__(self, path, big):
        migrate.upgrade(f"sqlite:///{path}")
        self.store = open_store(f"sqlite:///{path}")
        self.driver = sqlite3.connect(path)
        self.event, self.roster = big.event, big.roster
        empty = Event(slug="big", name="Big", date="2026-05-30", points=(), waves=(), contests=())
        with self.store.write() as tx:
            self.number = save_event(tx, empty)
            append(tx, self.number, [], big.journal.rulings)
        names, marks = ", ".join(READ_COLUMNS), ", ".join("?" * len(READ_COLUMNS))
        rows = (
            read_row(self.number, seq, read, None) for seq, read in enumerate(big.journal.reads, 2)
        )
        self.driver.executemany(f"INSERT INTO read ({names}) VALUES ({marks})", rows)
        self.driver.execute("UPDATE journal SET seq = ?", (len(big.journal.reads) + 1,))
        self.driver.commit()

    def fold(self):
        with self.store.read() as tx:
            return fold(self.event, self.roster, load_journal(tx, self.number))

    def plain(self):
        fields = ", ".join(Read._fields)
        rows = self.driver.execute(
            f"SELECT {fields} FROM read WHERE event_id = ? ORDER BY seq", (self.number,)
        )
        return plain_results_of_bursts(rows.fetchall())

    def close(self):
        self.driver.close()
        self.store.close()


def test_fold_of_a_race_whose_mats_see_everybody_twelve_times(bench, tmp_path):
    """18,000 people, 2.6 million reads, from the database file to the results on both sides."""
    big = race(PEOPLE, burst=12)
    name = f"load and fold {len(big.journal.reads):,} reads of {PEOPLE:,} people"
    with closing(File(tmp_path / "big.db", big)) as file:
        del big
        assert len(file.fold().results) == len(file.plain()) == PEOPLE
        bench.compare(name, file.fold, "raw load and one plain pass", file.plain, at_most=1.5)


HUNDRED = 100


def test_one_entry_refolded(bench):
    big = race(50_000)
    state = fold(big.event, big.roster, big.journal)
    numbers = count(2)
    bibs = random.Random(2).sample(range(1, 50_001), 50_000)

    def read():
        for _ in range(HUNDRED):
            n = next(numbers)
            at = Instant(GUN + 9_000_000_000 + n)
            refold(state, [Read("late", n, "mat-11", str(bibs[n]), None, at, "typed")], [], n)

    def ruled(decide):
        def work():
            for _ in range(HUNDRED):
                n = next(numbers)
                made = Ruling("office", n, Instant(GUN + n), decide(bibs[n], n))
                refold(state, [], [made], n)

        return work

    bench.within("one read refolded, times 100", read, limit=0.01)
    for name, decide in {
        "disqualified": lambda bib, _: act.SetStatus(entry=bib, round="final", status=Status.DQ),
        "given a time": lambda bib, _: act.SetTime(
            entry=bib, round="final", elapsed=Duration(3_600_000_000)
        ),
        "given a penalty": lambda bib, _: act.Penalty(
            entry=bib, round="final", time=Duration(60_000_000)
        ),
        "without a read": lambda bib, _: act.Void(line=("box-3", bib)),
        "ruling withdrawn": lambda _, n: act.Withdraw(line=("office", n - HUNDRED)),
    }.items():
        bench.within(f"one entry {name}, times 100", ruled(decide), limit=0.01)


def test_what_a_race_office_changes_in_the_middle_of_a_race(bench):
    """Among 20,000: who wears what, starts where or comes late touches only whom it concerns."""
    big = race(20_000)
    state = fold(big.event, big.roster, big.journal)
    numbers = count(2)

    def ruled(decide):
        n = next(numbers)
        refold(state, [], [Ruling("office", n, Instant(GUN + n), decide(n))], n)

    def changed():
        n = next(numbers)
        entries = list(big.roster.entries)
        entries[n] = msgspec.structs.replace(entries[n], club="Late")
        roster = Roster(entries=tuple(entries), starts=big.roster.starts)
        assert refit(state, big.event, roster, Journal(seq=n)) is not None

    for name, decide in {
        "a bib bound": lambda n: act.BindBib(entry=n, bib=f"B{n}"),
        "a chip bound": lambda n: act.BindChip(chip=f"C{n}", bib=f"B{n}"),
        "another start": lambda n: act.Move(entry=n, round="final", wave="all", heat=2),
        "a round closed": lambda _: act.Close(contest="road", round="final"),
    }.items():
        bench.within(f"{name}, 20,000", lambda: ruled(decide), limit=0.1)  # noqa: B023
    bench.within("an entry changed, 20,000", changed, limit=0.1)


def sorted_finish(people, scopes):
    chance = random.Random(3)
    keys = sorted(chance.randrange(people * 2) for _ in range(people))
    return keys, [[chance.randrange(2 + scope * 3) for _ in keys] for scope in range(scopes)]


def test_six_rankings_of_ten_thousand(bench):
    keys, scopes = sorted_finish(10_000, 6)
    assert [places_within(keys, labels) for labels in scopes] == [
        counted(keys, labels) for labels in scopes
    ]
    bench.compare(
        "rank 10,000 in 6 scopes",
        lambda: [places_within(keys, labels) for labels in scopes],
        "plain counters",
        lambda: [counted(keys, labels) for labels in scopes],
        at_most=1.2,
        runs=9,
    )


def test_fifty_thousand_in_twenty_one_scopes(bench):
    """Everybody, 2 sexes and 18 classes, from times in any order; the floor ranks everybody."""
    chance = random.Random(3)
    times = [chance.randrange(100_000) for _ in range(50_000)]
    sexes = [chance.choice("MW") for _ in times]
    classes = [f"{sex}{chance.randrange(9)}" for sex in sexes]

    def scopes():
        order = sorted(range(len(times)), key=times.__getitem__)
        keys = [times[place] for place in order]
        return [
            places_within(keys, [labels[place] for place in order])
            for labels in (["all"] * len(keys), sexes, classes)
        ]

    def one():
        order = sorted(range(len(times)), key=times.__getitem__)
        return counted([times[place] for place in order], ["all"] * len(order))

    assert len({*sexes, *classes}) + 1 == 21
    assert scopes()[0] == one()
    bench.compare(
        "sort and rank 50,000 in 21 scopes", scopes, "in one scope", one, at_most=3.5, runs=9
    )


def by_hand(finishes, labels):
    """One ranking as it is written on the spot, from finishes in any order.

    It does what the product must do for one ranking, and no more: sort by what decides (time, what
    separates equal times, the photo, the order of recording), put the scopes into that order, and
    count places in each, equals of all but the order of recording sharing theirs.
    """
    order = sorted(range(len(finishes)), key=lambda each: finishes[each][:4])
    keys = [finishes[each][:3] for each in order]
    return counted(keys, [labels[each] for each in order])


def test_twenty_one_rankings_of_fifty_thousand(bench):
    """Each ranks everybody in up to 62 scopes of its own: a million places from one race.

    Both sides begin with the same finishes in the order in which they were recorded, and with the
    scopes of each in that order. The yardstick ranks once and we 21 times, so whatever is not
    shared between rankings counts 21 times against us: only sorting and ties are.
    """
    chance = random.Random(3)
    finishes = [Finish(chance.randrange(100_000), recorded=n) for n in range(50_000)]
    scopes = [[chance.randrange(2 + scope * 3) for _ in finishes] for scope in range(21)]

    def all_of_them():
        order = finish_order(finishes)
        groups = tie_groups([finishes[each] for each in order], Ties.SHARED)
        return [places_within(groups, [labels[each] for each in order]) for labels in scopes]

    assert sum(len(set(labels)) for labels in scopes) == 672
    assert all_of_them() == [by_hand(finishes, labels) for labels in scopes]
    bench.compare(
        "21 rankings of 50,000 (672 scopes), from unsorted finishes",
        all_of_them,
        "one of them by hand",
        lambda: by_hand(finishes, scopes[0]),
        at_most=3.5,
        runs=9,
    )
    keys, labels = sorted_finish(50_000, 21)
    bench.compare(
        "the same places, sorted already",
        lambda: [places_within(keys, each) for each in labels],
        "plain counters",
        lambda: [counted(keys, each) for each in labels],
        at_most=1.2,
    )
