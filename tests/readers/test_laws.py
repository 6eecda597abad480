"""The laws of every grammar: any cutting of the bytes is the same, and nothing makes it fail."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from tests.readers.emulators import portal, reads
from tests.readers.emulators.spoken import SPOKEN
from timing.readers.formats import FORMATS, decode
from timing.readers.grammar import LIMIT, UNFORESEEN, Frames
from timing.readers.sighting import Refused, Reply, Sighting


def events(name: str, pieces: list[bytes]) -> list[object]:
    grammar = FORMATS[name].make(reads.SETUP)
    told: list[object] = list(grammar.greet())
    for piece in pieces:
        told += grammar.feed(piece)
    return [*told, *grammar.close(), dict(grammar.position)]


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


def test_every_format_is_held_to_the_laws():
    assert set(SPOKEN) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_box_says_holds_sightings_and_a_refused_line(name):
    told = events(name, [SPOKEN[name]])
    assert any(isinstance(event, Sighting) for event in told) or name == "chronokeep-portal"
    assert any(isinstance(event, Refused) for event in told)


@pytest.mark.parametrize("name", FORMATS)
@given(places=st.lists(st.integers(0, 10_000), max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_cutting_of_the_bytes_gives_the_same_events(name, places):
    data = SPOKEN[name]
    assert events(name, cut(data, places)) == events(name, [data])


@pytest.mark.parametrize("name", FORMATS)
def test_byte_by_byte_is_the_same_as_at_once(name):
    data = SPOKEN[name]
    assert events(name, [bytes([byte]) for byte in data]) == events(name, [data])


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_random_bytes_never_raise(name, data):
    for event in events(name, [data])[:-1]:
        assert isinstance(event, Sighting | Refused | Reply)
        assert getattr(event, "code", None) != UNFORESEEN, event


@pytest.mark.parametrize("name", FORMATS)
@given(
    spoiled=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6),
    again=st.integers(0, 3),
)
@settings(max_examples=80, deadline=None)
def test_spoiled_lines_never_raise_and_nothing_is_invented(name, spoiled, again):
    data = bytearray(SPOKEN[name] * (again + 1))
    for place, byte in spoiled:
        data[place % len(data)] = byte
    for event in decode(name, bytes(data), reads.SETUP):
        if isinstance(event, Sighting):
            assert "\x00" not in "".join(filter(None, (event.line, event.chip, event.bib)))
            assert event.sequence is None or 0 <= event.sequence < 10**18
        else:
            assert event.code != UNFORESEEN, event
            assert event.sentence
            assert event.line_no >= 1


@pytest.mark.parametrize("name", FORMATS)
@given(st.text("0123456789.,:;~@$|{}[]\"'aADTRGPNQ# \t\r\n\x00²é", max_size=120))
@settings(max_examples=60, deadline=None)
def test_text_of_the_alphabet_of_boxes_never_raises(name, text):
    for event in decode(name, text.encode(), reads.SETUP):
        assert getattr(event, "code", None) != UNFORESEEN, event


@pytest.mark.parametrize("name", FORMATS)
def test_a_box_that_says_all_twice_in_two_connections_has_the_same_keys(name):
    def keys():
        told = events(name, [SPOKEN[name]])
        return [event.key for event in told if isinstance(event, Sighting)]

    assert keys() == keys()
    assert len(keys()) == len(set(keys())) or name in {"raceresult", "raceresult-pull", "ultra"}


@given(
    st.lists(st.integers(0, 7), max_size=8).map(lambda sizes: [b"x" * (s * 10) for s in sizes]),
    st.lists(st.integers(0, 500), max_size=10),
)
@settings(deadline=None)
def test_lines_without_an_end_are_kept_in_pieces_however_they_come(lines, places):
    data = b"\n".join(line * (LIMIT // 40) for line in lines)

    def frames(pieces):
        cutter = Frames()
        told = [frame for piece in pieces for frame in cutter.split(piece)]
        return [(type(f).__name__, bytes(f)) for f in (*told, cutter.rest())]

    whole = frames([data])
    assert frames(cut(data, [place * 331 for place in places])) == whole
    assert b"".join(data for _, data in whole) == data.replace(b"\n", b"")


portal_line = portal.read  # the emulator and the grammar speak of the same read


def test_a_portal_read_is_a_moment_in_utc():
    import json

    data = json.dumps({"command": "reads", "list": [portal_line(5)]}).encode() + b"\n"
    (seen,) = decode("chronokeep-portal", data, reads.SETUP)
    assert (seen.chip, seen.at, seen.rssi) == (reads.chip(5), reads.instant(5), -60)
