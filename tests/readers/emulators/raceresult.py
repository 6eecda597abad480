"""A RACE RESULT decoder: answers the commands, pushes some passings and forgets to push others."""

from __future__ import annotations

from tests.readers.emulators import reads
from tests.readers.emulators.wire import Mouth


class Decoder:
    """file: number of the passing file, or None for an old box. stored: passings before we came."""

    def __init__(self, *, file: int | None = 177, newest: str = "3.0", stored: int = 15) -> None:
        self.file, self.newest, self.made = file, newest, stored
        self.commands: list[str] = []
        self._pushing = False

    def line(self, number: int) -> str:
        when = reads.moment(number)
        head = f"{number};{reads.chip(number)};{when:%Y-%m-%d};{when:%H:%M:%S}"
        tail = f";0;7;{20 + number % 10};;0;1;1;0;;;;;Box 1;{self.file or 0};2;D-1"
        return f"{head}.{when.microsecond // 1000:03d}{tail}"

    def talk(self, mouth: Mouth) -> None:
        self._pushing = False
        while True:
            command = mouth.hear(b"\r\n", 0.005)
            if command is not None:
                self.commands.append(command.decode())
                mouth.say(self._answer(command.decode()).encode())
            elif self.made < reads.COUNT:
                self.made += 1
                if self._pushing and self.made % 5:
                    mouth.say(f"#P;{self.line(self.made)}\r\n".encode())

    def _answer(self, command: str) -> str:
        word, _, rest = command.partition(";")
        if word == "GETPROTOCOL":
            return f"GETPROTOCOL;1.0;1.0;{self.newest}\r\n"
        if word == "PASSINGS":
            tail = "" if self.file is None else f";{self.file}"
            return f"PASSINGS;{self.made}{tail}\r\n"
        if word == "GETTIME":
            return "GETTIME;2026-06-14;09:00:00.000\r\n"
        if ":" in word:
            first, count = (int(part) for part in word.split(":"))
            lines = [self.line(n) for n in range(first, min(first + count - 1, self.made) + 1)]
            return "".join(f"{line}\r\n" for line in [*lines, ""])
        self._pushing = self._pushing or word == "SETPUSHPASSINGS"
        return f"{word};{rest}\r\n"
