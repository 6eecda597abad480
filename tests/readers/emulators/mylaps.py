"""The exporter of MYLAPS Timing & Scoring: sends a message again until it is acknowledged."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth
from timing.readers.ipico import checksum

GARBLED = "t=25-99|c=|"


def passing(number: int) -> str:
    when = reads.moment(number)
    time = f"{when:%H:%M:%S}.{when.microsecond // 1000:03d}"
    return f"t={time}|c={reads.chip(number)}|ct=UH|d={when:%y%m%d}|l=1|dv=4|re=0|an=00001111"


def store(number: int) -> str:
    """The older record: seven characters of chip, so the last seven of ours."""
    when = reads.moment(number)
    time = f"{when:%H:%M:%S}.{when.microsecond // 1000:03d}"
    text = f"{reads.chip(number)[-7:]}{time} 3 0F  1{number:04X}{when:%y%m%d}"
    return text + checksum(text).upper()


class Exporter:
    """on_sent: is called with the number of a message that was sent and not yet answered."""

    def __init__(self, record=passing, function: str = "Passing", on_sent=lambda _: None) -> None:
        self._record, self._function, self._on_sent = record, function, on_sent
        self._acknowledged: set[str] = set()
        self.heard: list[str] = []

    def talk(self, mouth: Mouth) -> None:
        mouth.say(b"Finish@Pong@$")
        self._until(mouth, "AckPong")
        for number in range(1, reads.COUNT + 1, 4):
            batch = [self._record(n) for n in range(number, min(number + 4, reads.COUNT + 1))]
            if number == 5:
                batch.insert(2, GARBLED)
            self._send(mouth, self._function, str(number), batch)
        self._send(mouth, "Marker", "900", ["t=09:30:00.000|mt=Gunshot|n=Gunshot 1"])
        mouth.say(b"Finish@Ping@$")
        self._until(mouth, "AckPing")

    def _send(self, mouth: Mouth, function: str, number: str, batch: list[str]) -> None:
        if number in self._acknowledged:
            return
        message = f"Finish@{function}@{'@'.join(batch)}@{number}@$".encode()
        mouth.say(message)
        self._on_sent(number)
        if number == "9":
            mouth.say(message)  # an impatient exporter
            self._until(mouth, f"Ack{function}@{number}")
        self._until(mouth, f"Ack{function}@{number}")
        self._acknowledged.add(number)

    def _until(self, mouth: Mouth, words: str) -> None:
        while True:
            answer = (mouth.hear(b"$") or b"").decode()
            self.heard.append(answer)
            if f"@{words}@" in answer:
                return
