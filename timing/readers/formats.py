"""Every format by its name, and the decoder of files that uses the same grammars.

``timing decode FORMAT FILE`` and the reader process both start from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from timing.core.sentence import worded
from timing.readers.chronokeep import ChronokeepLog, ChronokeepPortal
from timing.readers.chronotrack import ControllerFile, Ctp01
from timing.readers.epclog import EpcLog
from timing.readers.grammar import Grammar, Setup
from timing.readers.ipico import Ipico, IpicoLite
from timing.readers.ipicodbf import IpicoDbf
from timing.readers.jchip import JChip
from timing.readers.lif import Lif
from timing.readers.mylaps import Mylaps
from timing.readers.raceresult import RaceResult
from timing.readers.rfidserver import RfidServer
from timing.readers.sighting import Refused, Sighting
from timing.readers.table import Table
from timing.readers.timemachine import TimeMachine
from timing.readers.timy import Timy
from timing.readers.ultra import Ultra
from timing.readers.wiclax import Wiclax

Way: TypeAlias = Literal["connect", "listen", "file", "serial"]
_CHUNK = 1 << 16


class Format(NamedTuple):
    """One format.

    way: we connect to the box, we listen for it, we watch a file, or a serial bridge feeds us.
    port: the usual one. framing: what ends a line. resumes: asks again for what a break lost.
    silence: seconds without a byte after which the box is thought gone; None: may be silent.
    """

    name: str
    way: Way
    port: int | None
    framing: str
    says: str
    source: str
    make: Callable[[Setup], Grammar]
    resumes: bool = False
    silence: int | None = None


_LINES = "CR, LF or CRLF"
_ALL = (
    Format(
        "csv", "file", None, _LINES,
        "table of bibs or chips and times, columns by header or map",
        "own", Table,
    ),
    Format(
        "tsv", "file", None, _LINES,
        "club list without header: bib, time, leg; 28.49 is 28 min 49 s",
        "grahamkirby/race-timing", partial(Table, club=True),
    ),
    Format(
        "rfidserver", "file", None, _LINES,
        "files of RFID Server (Ultra, Joey)",
        "PikaTimer PikaRFIDFileReader, chronokeep LogImporter", RfidServer,
    ),
    Format(
        "ultra", "connect", 23, _LINES,
        "RFID Timing Ultra and Joey",
        "chronokeep RFIDUltraInterface, PikaTimer PikaRFIDDirectReader", Ultra,
        resumes=True, silence=60,
    ),
    Format(
        "raceresult", "connect", 3601, "CRLF, empty line ends a block",
        "RACE RESULT decoder: pushed passings, gaps pulled",
        "raceresult.com kbexport2 id=19, 487; metarace rrs.py", RaceResult,
        resumes=True, silence=60,
    ),
    Format(
        "raceresult-pull", "connect", 3601, "CRLF, empty line ends a block",
        "RACE RESULT decoder, asked about once a second",
        "raceresult.com kbexport2 id=19, 487; CrossMgr RaceResult.py",
        partial(RaceResult, push=False),
        resumes=True, silence=60,
    ),
    Format(
        "mylaps", "listen", 3097, "$",
        "MYLAPS Timing & Scoring exporter, named fields",
        "MYLAPS T&S TCP-IP V2 protocol v2021.1", Mylaps,
        resumes=True,
    ),
    Format(
        "mylaps-v1", "listen", 3097, "$",
        "MYLAPS Timing & Scoring exporter, older records",
        "racemap/2-racemap-forwarder", partial(Mylaps, version=1),
        resumes=True,
    ),
    Format(
        "chronotrack", "listen", 61611, "CRLF",
        "ChronoTrack live protocol CTP01",
        "racemap/2-racemap-forwarder src/main/chronoTrack", Ctp01,
        resumes=True,
    ),
    Format(
        "chronotrack-file", "file", None, _LINES,
        "ChronoTrack controller files: tags (.csv) and markers (.mrk)",
        "racemap/2-racemap-forwarder docs, files of a marathon", ControllerFile,
    ),
    Format(
        "ipico", "connect", 10000, _LINES,
        "IPICO Elite and Trident lines aa…; 10200 sends first and last seen",
        "iwismer/rusty-timer docs/ipico-protocol; manula.com tridentrfid", Ipico,
    ),
    Format(
        "ipico-lite", "connect", 10000, _LINES,
        "IPICO Lite: the same lines, asked for its clock",
        "iwismer/rusty-timer docs/ipico-protocol", IpicoLite,
    ),
    Format(
        "ipico-dbf", "file", None, "41 bytes",
        "DBF file of IPICO Direct for Race Director",
        "iwismer/rusty-timer docs/race-director", IpicoDbf,
    ),
    Format(
        "jchip", "listen", 53135, "CR",
        "JChip receivers and the Impinj and Alien bridges",
        "CrossMgr JChip.py", JChip,
    ),
    Format(
        "wiclax", "connect", None, "CR",
        "Wiclax generic acquisition, any home-made box",
        "csutorasa/wiclax4j docs/protocol.md", Wiclax,
        resumes=True,
    ),
    Format(
        "epc", "file", None, _LINES,
        "tag logs of Impinj and Alien readers",
        "CrossMgr ImpinjImport.py", EpcLog,
    ),
    Format(
        "timemachine", "serial", None, "CRLF",
        "Time Machine (TMSI), cross-country mode",
        "louking/tm-csv-connector", TimeMachine,
    ),
    Format(
        "timy", "serial", None, "CR",
        "ALGE Timy",
        "Timy3 manual, RS 232 interface; metarace timy.py", Timy,
    ),
    Format(
        "lif", "file", None, _LINES,
        "FinishLynx results of a heat",
        "FinishLynx help, CrossMgr FinishLynx.py", Lif,
    ),
    Format(
        "chronokeep", "file", None, _LINES,
        "log of chronokeep",
        "chronokeep-windows LogImporter.cs", ChronokeepLog,
    ),
    Format(
        "chronokeep-portal", "connect", None, "one JSON object a line",
        "Chronokeep portal; its control port is found by multicast 224.0.44.88:4488",
        "chronokeep-portal src/control/socket", ChronokeepPortal,
        resumes=True,
    ),
)  # fmt: skip
FORMATS: dict[str, Format] = {each.name: each for each in _ALL}


class UnknownFormatError(ValueError):
    """No format has this name; the sentence lists those that exist."""

    def __init__(self, name: str) -> None:
        known = ", ".join(FORMATS)
        super().__init__(
            worded("{form!r} is no format; expected one of {known}", form=name, known=known)
        )


def format_named(name: str) -> Format:
    """Raises UnknownFormatError."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormatError(name) from None


def decode(
    name: str, data: bytes | Iterable[bytes], setup: Setup | None = None
) -> Iterator[Sighting | Refused]:
    """The sightings and refused lines of a recorded stream or a file's bytes.

    Raises UnknownFormatError and, for a bad column map, table.ColumnsError.
    """
    grammar = format_named(name).make(setup or Setup())
    return _events(grammar, [data] if isinstance(data, bytes) else data)


def decode_file(name: str, path: Path, setup: Setup | None = None) -> Iterator[Sighting | Refused]:
    """The same for a file, in pieces, so that a file of any size fits. Raises OSError as well."""
    grammar = format_named(name).make(setup or Setup())
    return _events(grammar, _pieces(path))


def _events(grammar: Grammar, pieces: Iterable[bytes]) -> Iterator[Sighting | Refused]:
    for piece in pieces:
        yield from _told(grammar.feed(piece))
    yield from _told(grammar.close())


def _told(events: Iterable[object]) -> Iterator[Sighting | Refused]:
    return (event for event in events if isinstance(event, Sighting | Refused))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece
