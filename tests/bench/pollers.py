"""Readers of a page who ask again every few seconds, as its script does: a program of its own.

Run as ``python -m tests.bench.pollers HOST PORT PATH COUNT SECONDS``; prints one line of JSON.
An answer is late by the moment at which it was due, so that a slow server hides nothing.
"""

from __future__ import annotations

import heapq
import json
import resource
import select
import socket
import sys
import time
from collections import Counter
from random import Random

EVERY = 2.0
"""Seconds between two questions of one reader, give or take a quarter."""
_RAMP = 4.0  # seconds in which all of them arrive
_LATEST = 10.0  # seconds after which an answer counts as none


class Reader:
    """One connection, kept alive. due: of the question that is under way, 0 for none."""

    def __init__(self, where: tuple[str, int]) -> None:
        self.line = socket.create_connection(where, timeout=10)
        self.line.setblocking(False)
        self.etag, self.due, self.got = b"", 0.0, b""

    def ask(self, head: bytes, due: float) -> None:
        condition = b"If-None-Match: " + self.etag + b"\r\n" if self.etag else b""
        self.line.send(head + condition + b"\r\n")
        self.due, self.got = due, b""

    def hear(self) -> tuple[int, int] | None:
        """Read what has come; the status and the bytes of an answer that is complete."""
        piece = self.line.recv(1 << 18)
        if not piece:
            raise ConnectionError("closed by the server")
        self.got += piece
        head, gap, body = self.got.partition(b"\r\n\r\n")
        if not gap:
            return None
        said = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        status = int(head[9:12])
        if status == 200 and len(body) < int(said[b"content-length"]):
            return None
        self.etag = said.get(b"etag", self.etag)
        return status, len(self.got)


class Crowd:
    """All readers. taken: seconds of each answer after the ramp; said: how often each status."""

    def __init__(self, where: tuple[str, int], path: str, count: int) -> None:
        self.head = (
            f"GET {path} HTTP/1.1\r\nHost: {where[0]}:{where[1]}\r\n"
            "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en\r\n"
        ).encode()
        self.lot, self.watch = Random(6), select.epoll()
        self.taken: list[float] = []
        self.said: Counter[str] = Counter()
        self.bytes = 0
        self.readers = {reader.line.fileno(): reader
                        for reader in (Reader(where) for _ in range(count))}  # fmt: skip
        for number in self.readers:
            self.watch.register(number, select.EPOLLIN)

    def run(self, seconds: float) -> None:
        begin = time.monotonic()
        end, full = begin + _RAMP + seconds, begin + _RAMP
        diary = [(begin + self.lot.random() * _RAMP, number) for number in self.readers]
        heapq.heapify(diary)
        while (now := time.monotonic()) < end:
            while diary and diary[0][0] <= now:
                due, number = heapq.heappop(diary)
                self.readers[number].ask(self.head, due)
            pause = min(diary[0][0], end) - now if diary else 0.01
            for number, _event in self.watch.poll(max(0.0, pause)):
                self._hear(self.readers[number], number, diary, full)
        late = [one for one in self.readers.values() if one.due and end - one.due > _LATEST]
        self.said["late"] += len(late)

    def _hear(
        self, reader: Reader, number: int, diary: list[tuple[float, int]], full: float
    ) -> None:
        try:
            answer = reader.hear()
        except OSError:
            self.said["broken"] += 1
            self.watch.unregister(number)
            return
        if answer is None:
            return
        now = time.monotonic()
        if reader.due >= full:
            self.taken.append(now - reader.due)
            self.said[str(answer[0])] += 1
            self.bytes += answer[1]
        heapq.heappush(diary, (reader.due + EVERY * (0.75 + self.lot.random() / 2), number))
        reader.due = 0.0


def main(host: str, port: int, path: str, count: int, seconds: float) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    crowd = Crowd((host, port), path, count)
    crowd.run(seconds)
    taken = sorted(crowd.taken)
    share = {f"p{part}": taken[min(len(taken) - 1, len(taken) * part // 100)]
             for part in (50, 95, 99, 100)}  # fmt: skip
    print(json.dumps({"said": crowd.said, "bytes": crowd.bytes, "answers": len(taken)} | share))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
