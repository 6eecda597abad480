"""The laws of every grammar: any cutting of the bytes is the same, and nothing makes it fail."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from tests.readers.emulators import (
    chronotrack,
    ipico,
    jchip,
    mylaps,
    portal,
    raceresult,
    reads,
    ultra,
    wiclax,
)
from timing.readers.formats import FORMATS, decode
from timing.readers.grammar import LIMIT, UNFORESEEN, Frames
from timing.readers.sighting import Refused, Reply, Sighting

# What each box says, with a garbled line in the middle; the laws cut and spoil it.
SPOKEN: dict[str, bytes] = {
    "csv": b"bib,time\r\n101,6:45.112\r\n?,6:46\r\nx\r\n102,1:07:03\n103,DNF\n104,later\n",
    "tsv": b"# club\n7\t28.49\n\n8\t?\t2\n?\t1.11.43\r10\tlater\n9\t:59",
    "rfidserver": b'1,0580AB,7,"2026-06-14 09:30:00.120",1,1\r\nbad\r\n0,0,0,"9:31:00.000",0,0\r\n'
    b"0580AC\t23:59:59.000\t1\t2\n0580AC\t00:00:01.000\t1\t2\n",
    "ultra": b"Connected,0\r" + b"".join(map(ultra.line, (1, 2, 5))) + b"V=25.0\n0,x\n",
    "raceresult": b"GETPROTOCOL;1.0;1.0;3.0\r\nSETPROTOCOL;3.0\r\nPASSINGS;3;177\r\n"
    + b"".join(raceresult.Decoder().line(n).encode() + b"\r\n" for n in (1, 2))
    + b"3;;;\r\n\r\n#P;"
    + raceresult.Decoder().line(7).encode()
    + b"\r\nwhat is this\r\n",
    "mylaps": f"Finish@Pong@$Finish@Passing@{mylaps.passing(1)}@{mylaps.GARBLED}@7@$\r\n"
    f"Finish@Store@{mylaps.store(2)}@8@$\x00Finish@Nothing@$F@Marker@t=1:00:00|mt=X@9@$".encode(),
    "chronotrack": f"SimpleClient~0.6.0~CTP01\r\nack~getlocations~a~b\r\n{chronotrack.line(1)}\r\n"
    f"{chronotrack.line(2)}\r\nCT01_33~x\r\nerr~start~no\r\n".encode(),
    "chronotrack-file": b"TO~1~99~160~13~1620462257.60~12~8~-29~1~P~71\r\nTO~2\r\n"
    b"I2,31,TimeChange,8,21050808260304,2105080826\r\n",
    "ipico": ipico.line(1)
    + b"aa000580001232\r\nab000a2c260306052004151b2782ae\r\nab000902260306051855443727cf\r\n"
    + b"aaA10580001218380001260307134851630 0RR4f\r\ndate.Wed Nov 12 15:30:30 CST 2008\r\n",
    "ipico-dbf": b"".join(
        (
            bytes(8) + (64).to_bytes(2, "little") + (41).to_bytes(2, "little") + bytes(52),
            b" F  058000123b3212065046 1649260321   F 4" * 2,
            b" F  058000123b3299065046 1649260321   F 4",
            b"\x1a",
        )
    ),
    "jchip": b"N0000JCHIP\rGT0093000120000 date=20260614\r" + jchip.line(3) + b"<<<x>>>\r",
    "wiclax": wiclax.line(1) + b"*\rCLOCK 14-06-2026 09:30:00\rRACESTART 09:30:00,123\rx;y\r",
    "epc": b"Tag,Timestamp\nAB,2016-09-11 09:15:34.305\nAB\nAB,Sat Feb 01 14:11:29.1  2020-02-01\n",
    "timemachine": b"\x17       00001 0:15:32.45\r\n\x14       00001 0:15:32.45   00123\r\n?\r\n",
    "timy": b" 0056 C1 12:14:50.8340 01\rn0002\rc 0023 c1 15:44:15,7847 00\r12:14:51.3\rhello\r",
    "lif": b"1,2,3,100m,1.2,m/s,,,,100,10:00:00.123\r\n"
    b'1,7,4,Doe,Jo,Club,12.31,,,0.15,"6.1 (6.1)"\r\n'
    b"DNF,8,5,Roe,Al,Club,,,\r\n,,,\r\n",
    "chronokeep": b"0,0580AB,1465464600,120,1465464600,120,1,1,9,5,-60,0,,0,12,0\nshort\n",
    "chronokeep-portal": b'{"command":"reads","list":[7,{"identifier":"1"}]}\n{"command":"x"}\n[\n',
}
SPOKEN |= {
    "raceresult-pull": SPOKEN["raceresult"],
    "mylaps-v1": SPOKEN["mylaps"],
    "ipico-lite": SPOKEN["ipico"],
}


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
