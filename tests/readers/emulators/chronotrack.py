"""The client of ChronoTrack CTP01: greets, obeys, and streams each location from a sequence."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth
from timing.readers.chronotrack import SETTINGS

PLACES = ("start", "finish")


def line(sequence: int) -> str:
    """Odd sequences belong to the start, even ones to the finish; number 1 is the gun."""
    when = reads.moment(sequence)
    time = f"{when:%Y-%m-%d}T{when:%H:%M:%S}.{when.microsecond // 10_000:02d}"
    tag = "guntime" if sequence == 1 else reads.chip(sequence)
    return f"CT01_33~{sequence}~{PLACES[1 - sequence % 2]}~{tag}~{time}~1~DF239A~2"


class SimpleClient:
    def __init__(self) -> None:
        self.commands: list[str] = []
        self.settings: dict[str, str] = {}

    def talk(self, mouth: Mouth) -> None:
        mouth.say(b"SimpleClient~0.6.0~CTP01\r\n")
        answer = (mouth.hear(b"\r\n") or b"").decode().split("~")
        for _ in range(int(answer[2])):
            name, _, value = (mouth.hear(b"\r\n") or b"").decode().partition("=")
            self.settings[name] = value
        assert self.settings == SETTINGS
        while True:
            self._obey(mouth, (mouth.hear(b"\r\n") or b"").decode())

    def _obey(self, mouth: Mouth, command: str) -> None:
        self.commands.append(command)
        word, *rest = command.split("~")
        if word == "start":
            self._stream(mouth, rest[0], int(rest[1]) if rest[1:] else 1)
        elif word == "getlocations":
            mouth.say(f"ack~getlocations~{'~'.join(PLACES)}\r\n".encode())
        else:
            mouth.say(f"ack~{word}~Race~1~A race\r\n".encode())

    def _stream(self, mouth: Mouth, place: str, first: int) -> None:
        for sequence in range(first, reads.COUNT + 1):
            if PLACES[1 - sequence % 2] == place:
                mouth.say(f"{line(sequence)}\r\n".encode())
