"""A Chronokeep portal: JSON objects, one a line, with keep-alives in between."""

from __future__ import annotations

import json

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth


def read(number: int) -> dict[str, object]:
    seconds, micros = divmod(reads.instant(number), 1_000_000)
    told = {"identifier": reads.chip(number), "seconds": seconds, "milliseconds": micros // 1000}
    more = {"antenna": 1, "reader": "A", "rssi": "-60", "ident_type": "chip", "type": "reader"}
    return told | more


class Portal:
    def __init__(self) -> None:
        self.sent = 0
        self.answers: list[dict[str, object]] = []

    def talk(self, mouth: Mouth) -> None:
        while True:
            request = mouth.hear(b"\n", 0.005)
            if request is not None:
                self.answers.append(json.loads(request))
                self._answer(mouth, self.answers[-1])
            elif self.sent < reads.COUNT:
                self.sent += 2
                self._say(mouth, command="reads", list=[read(self.sent - 1), read(self.sent)])
                self._say(mouth, command="keepalive")

    def _answer(self, mouth: Mouth, request: dict[str, object]) -> None:
        if request["command"] == "connect":
            self._say(mouth, command="connection_successful", name="Finish", kind="portal")
        if request["command"] == "reads_get":
            first, last = request["start_seconds"], request["end_seconds"]
            known = [read(number) for number in range(1, self.sent + 1)]
            wanted = [each for each in known if first <= each["seconds"] <= last]
            self._say(mouth, command="reads", list=wanted)

    @staticmethod
    def _say(mouth: Mouth, **words: object) -> None:
        mouth.say(json.dumps(words).encode() + b"\n")
