"""Demonstration events: invented people, played by lot, through the journal like any other."""

from collections import Counter
from random import Random

import pytest

from timing.core.fold.standings import standings_of
from timing.core.fold.whole import anomalies_of, fold
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.journal.rulings import Gun
from timing.core.setup.course import course_problems
from timing.core.setup.roster import Sex
from timing.core.status import Status
from timing.files.rulebook import team_presets
from timing.services.demo import loading
from timing.services.demo.loading import demo_files, large_file, rehearsal
from timing.services.demo.people import decode_names, invent
from timing.services.demo.programme import decode_programme, sized
from timing.services.entrants.classify import categories_of
from timing.services.public.awarding import award_teams
from timing.store import journal, setup

LARGE = large_file()
CITY_RUN = decode_programme(LARGE.read_text(encoding="utf-8"))
NAMES = decode_names((LARGE.parent / "people.toml").read_text(encoding="utf-8"))
FILES = {path.stem: path for path in demo_files()}


@pytest.fixture(scope="module", params=sorted(FILES))
def day(request):
    return rehearsal(FILES[request.param])


def journal_of(day):
    lines = [line for _, line in day.lines]
    reads = tuple(line for line in lines if isinstance(line, Read))
    return Journal(reads, tuple(line for line in lines if isinstance(line, Ruling)), len(lines))


def lists_of(day):
    state = fold(day.event, day.roster, journal_of(day))
    categories = categories_of(day.event, day.roster)
    return state, {
        (contest.code, each.code): standings_of(state, contest, each.code, categories)
        for contest in day.event.contests
        for each in contest.rounds
    }


def test_the_sport_is_shown_and_marked_as_a_demonstration(day):
    assert day.event.demo
    assert "demonstration" in day.event.name.lower()
    assert {leg.direction for contest in day.event.contests for leg in contest.course.legs} >= {
        "backward"
    }


def test_the_same_seed_gives_the_same_day(day):
    again = rehearsal(FILES[day.event.slug])
    assert again.lines == day.lines
    assert again.roster == day.roster


def test_every_course_is_sound(day):
    points = {point.code: point for point in day.event.points}
    assert [list(course_problems(contest, points)) for contest in day.event.contests] == [
        [] for _ in day.event.contests
    ]


def test_names_come_in_several_scripts_and_nobody_has_two_entries_in_a_contest(day):
    names = {entry.name for entry in day.roster.entries}
    assert any(ord(letter) > 0x3000 for name in names for letter in name)
    assert any(0x370 <= ord(letter) < 0x600 for name in names for letter in name)
    keys = [(entry.contest, entry.person or entry.name) for entry in day.roster.entries]
    assert len(keys) == len(set(keys))


def test_everybody_who_starts_has_a_result_and_most_finish(day):
    _, lists = lists_of(day)
    for standings in lists.values():
        statuses = [row.result.status for row in standings.rows]
        assert statuses
        assert statuses.count(Status.OK) > len(statuses) * 0.7
        assert Status.RUN not in statuses
        assert Status.READY not in statuses


def test_no_error_is_left_for_the_officials(day):
    state, _ = lists_of(day)
    assert [each.sentence for each in anomalies_of(state) if each.severity == "error"] == []


def test_nobody_enters_more_than_three_individual_contests(day):
    counts = {}
    for entry in day.roster.entries:
        if not entry.members:
            counts[entry.person] = counts.get(entry.person, 0) + 1
    assert max(counts.values()) <= 3


def test_the_final_has_the_best_six_of_the_heats():
    _, lists = lists_of(rehearsal(FILES["retro-worlds"]))
    heats = [row.entry.id for row in lists["100m-men", "heats"].ranked]
    final = {row.entry.id for row in lists["100m-men", "final"].rows}
    assert final == set(heats[:6])


def test_the_mile_is_a_mile_of_four_laps_and_a_piece():
    [mile] = rehearsal(FILES["backwards-mile"]).event.contests
    assert mile.course.distance == 1_609_344
    assert [point.distance for point in mile.course.points] == [
        0, 409_344, 809_344, 1_209_344, 1_609_344,
    ]  # fmt: skip


def test_relay_teams_are_delegations_of_four():
    roster = rehearsal(FILES["retro-worlds"]).roster
    teams = [entry for entry in roster.entries if entry.contest == "4x100m"]
    assert len(teams) == 7
    assert {len(team.members) for team in teams} == {4}
    assert {team.sex for team in teams} <= {Sex.MIXED, Sex.MEN, Sex.WOMEN}


def test_demos_are_loaded_once_and_only_into_an_empty_house_if_asked(house):
    assert sorted(loading.load_demos(house)) == sorted(FILES)
    assert loading.load_demos(house) == []
    assert loading.load_demos(house, if_empty=True) == []


def test_a_replay_ends_with_the_same_results_as_the_day(house, clock):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        clock.advance(int(seconds * 1_000_000) + 1)

    told = []
    slug = loading.replay(
        house,
        rehearsal(FILES["backwards-mile"]),
        1.0,
        wait,
        lambda done, of: told.append((done, of)),
    )
    _, lists = lists_of(rehearsal(FILES["backwards-mile"]))
    replayed = house.live.snapshot(slug, fresh=True).standings["mile", "final"]
    assert [(row.place, row.bib) for row in replayed.rows] == [
        (row.place, row.bib) for row in lists["mile", "final"].rows
    ]
    assert sum(waits) > 600
    assert told[-1][0] == told[-1][1] == len(told)


@pytest.mark.parametrize("name", sorted(FILES))
def test_whoever_watches_a_replay_sees_the_gun_at_once(house, clock, name):
    """The first time that the replay waits, a gun has already gone off."""

    class Waited(Exception):  # noqa: N818 - it ends the watching, nothing is wrong
        pass

    def wait(_seconds):
        raise Waited

    with pytest.raises(Waited):
        loading.replay(house, rehearsal(FILES[name]), 1.0, wait, lambda _done, _of: None)
    with house.store.read() as tx:
        [event] = setup.list_events(tx)
        rulings = journal.load_journal(tx, setup.event_number(tx, event.slug)).rulings
    assert any(isinstance(ruling.act, Gun) for ruling in rulings)


def test_clubs_of_the_half_marathon_score_as_teams():
    day = rehearsal(FILES["retro-worlds"])
    _, lists = lists_of(day)
    half = lists["half-marathon", "final"]
    assert half.contest.rules.teams == "club"
    teams = list(award_teams(half, team_presets()["club"], ["W", "M"], 100))
    assert {team.sex for team in teams} == {"W", "M"}
    assert len(teams) >= 5
    assert all(len(team.scorers) == 3 for team in teams)


def test_nobody_enters_more_contests_than_the_rules_allow():
    day = rehearsal(FILES["retro-worlds"])
    entered = Counter(entry.person for entry in day.roster.entries if entry.person)
    assert max(entered.values()) <= 3


def test_clubs_of_the_mile_score_as_teams():
    _, lists = lists_of(rehearsal(FILES["backwards-mile"]))
    mile = lists["mile", "final"]
    teams = list(award_teams(mile, team_presets()[mile.contest.rules.teams], ["W", "M"], 100))
    assert [team.rank for team in teams] == [1, 2, 3, 4, 5, 6]
    assert len({team.club for team in teams}) == 6


class CountingLot(Random):
    """Counts how often it is asked to choose."""

    asked = 0

    def choice(self, seq):
        self.asked += 1
        return super().choice(seq)


@pytest.mark.parametrize("count", [1, 64, 700, 4_000, 20_000])
def test_any_number_of_people_is_invented_with_a_few_draws_each(count):
    lot = CountingLot(7)
    people = invent(sized(CITY_RUN, count), NAMES, lot)
    assert [person.id for person in people] == list(range(1, count + 1))
    assert len({(person.name, person.born) for person in people}) == count
    assert lot.asked < 12 * count + 3_000


def test_nobody_has_anothers_name_while_the_lists_have_more():
    people = invent(
        sized(decode_programme(LARGE.read_text(encoding="utf-8")), 400), NAMES, Random(1)
    )
    assert len({person.name for person in people}) == 400


@pytest.mark.parametrize("count", [1, 2, 39, 2_000])
def test_a_large_event_has_as_many_entrants_as_are_wished(count):
    day = rehearsal(LARGE, count)
    assert day.event.slug == f"city-run-{count}"
    assert len(day.roster.entries) == len({entry.person for entry in day.roster.entries}) == count
    assert len({entry.bib for entry in day.roster.entries}) == count


def test_the_contests_of_a_large_event_keep_their_shares():
    roster = rehearsal(LARGE, 4_000).roster
    assert Counter(entry.contest for entry in roster.entries) == {
        "half-marathon": 1_000, "10km": 1_800, "5km": 1_200,
    }  # fmt: skip


def test_a_large_event_is_a_day_like_the_others():
    state, lists = lists_of(rehearsal(LARGE, 300))
    for standings in lists.values():
        statuses = [row.result.status for row in standings.rows]
        assert statuses.count(Status.OK) > len(statuses) * 0.7
        assert Status.RUN not in statuses
        assert list(award_teams(standings, team_presets()["club"], ["W", "M"], 100))
    assert [each.sentence for each in anomalies_of(state) if each.severity == "error"] == []


def test_a_large_event_is_loaded_once(house):
    assert loading.load_large(house, 40, if_empty=True) == ["city-run-40"]
    assert loading.load_large(house, 40) == []
    assert loading.load_large(house, 41, if_empty=True) == []
    assert loading.load_large(house, 41) == ["city-run-41"]
    assert loading.load_demos(house, if_empty=True) == []
