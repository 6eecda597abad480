"""More or fewer heats in a round, with the waves that they start with."""

from __future__ import annotations

from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.core.story import contest, event
from timing.core.clock import Duration
from timing.core.setup.event import Event, Heat, Round, Wave
from timing.core.setup.heats import Fitting, fitting_of, refitted, waves_in

MINUTE = Duration(60_000_000)


def setup(heats: int = 2, code: str = "heats", **wave) -> Event:
    """A sprint with heats that each have a wave, and a final."""
    first = Round(
        code=code, name="Heats", by_place=3, by_time=2,
        heats=tuple(Heat(number=n, wave=f"h{n}", lanes=6) for n in range(1, heats + 1)),
    )  # fmt: skip
    final = Round(code="final", name="Final", heats=(Heat(number=1, wave="race"),))
    waves = [Wave(code=f"h{n}", name=f"H{n}", **wave) for n in range(1, heats + 1)]
    return event([replace(contest(), rounds=(first, final)), contest("road")], waves=waves)


def first_of(found: Event) -> Round:
    return found.contests[0].rounds[0]


def test_a_new_heat_has_the_lanes_and_the_interval_of_the_last_one():
    after = refitted(setup(interval=MINUTE), "race", "heats", Fitting(3, 2, 1))
    assert first_of(after).heats[2] == Heat(number=3, wave="race-heat-3", lanes=6)
    assert fitting_of(first_of(after)) == (3, 2, 1)
    wave = next(each for each in after.waves if each.code == "race-heat-3")
    assert (wave.name, wave.interval) == ("Race, heat 3", MINUTE)
    assert after.contests[1] == setup().contests[1]


def test_another_round_names_its_waves_by_its_own_name():
    after = refitted(setup(code="semi"), "race", "semi", Fitting(3, 3, 2))
    assert after.waves[-1].code == "race-semi-3"
    assert after.waves[-1].name == "Race, heats 3"


def test_a_wave_that_is_there_already_is_not_given_to_a_new_heat():
    before = setup()
    taken = replace(before, waves=(*before.waves, Wave(code="race-heat-3", name="Walk")))
    after = refitted(taken, "race", "heats", Fitting(3, 3, 2))
    assert first_of(after).heats[2].wave == "race-heat-3-new"


def test_numbers_go_on_after_the_highest():
    before = setup()
    heats = (Heat(number=1, wave="h1"), Heat(number=5, wave="h2"))
    odd = replace(before, contests=(
        replace(before.contests[0], rounds=(replace(first_of(before), heats=heats),)),
    ))  # fmt: skip
    after = refitted(odd, "race", "heats", Fitting(4, 3, 2))
    assert [heat.number for heat in first_of(after).heats] == [1, 5, 6, 7]


def test_fewer_heats_take_their_waves_with_them_but_not_those_of_others():
    before = setup(3)
    shared = replace(before, contests=(
        before.contests[0],
        replace(before.contests[1], rounds=(
            Round(code="final", name="Final", heats=(Heat(number=1, wave="h2"),)),
        )),
    ))  # fmt: skip
    after = refitted(shared, "race", "heats", Fitting(1, 3, 2))
    assert [heat.number for heat in first_of(after).heats] == [1]
    assert {"h1", "h2", "race"} <= {wave.code for wave in after.waves}
    assert "h3" not in {wave.code for wave in after.waves}


def test_a_contest_or_a_round_that_is_not_there_changes_nothing():
    for where in (("walk", "heats"), ("race", "semi")):
        assert refitted(setup(), *where, Fitting(3, 3, 2)) == setup()


@given(st.integers(1, 8), st.integers(0, 12))
def test_there_are_as_many_heats_as_wanted_at_least_one_and_each_has_its_wave(before, wanted):
    after = refitted(setup(before), "race", "heats", Fitting(wanted, 3, 2))
    heats = first_of(after).heats
    assert len(heats) == max(1, wanted)
    assert len({heat.number for heat in heats}) == len({heat.wave for heat in heats}) == len(heats)
    assert waves_in(after.contests) <= {wave.code for wave in after.waves}
    assert heats[: min(before, len(heats))] == first_of(setup(before)).heats[: len(heats)]
