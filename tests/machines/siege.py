"""A race day under fire: a real server and real readers are killed at random while lines come in.

Stations are threads that send as a phone does: again and again until a line is acknowledged. People
go on finishing while the server is down, so lines are made by the clock and not by the answers.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sysconfig
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from tests.machines.ports import free_port
from tests.machines.serving import environment
from tests.readers.emulators import mylaps
from tests.readers.emulators.wire import DialingBox, Faults, Mouth
from timing.app import open_house
from timing.core.journal.lines import Journal
from timing.core.setup.event import Event, TimingPoint, Wave
from timing.services.office import stations
from timing.settings import Settings
from timing.store import journal, setup

TIMING = Path(sysconfig.get_path("scripts")) / "timing"
SLUG = "siege"
_PATIENCE = 60  # seconds until a process must have answered
_LEAST = 2  # deaths of a siege, however slow the machine is
_BREATH = 0.02  # seconds between two attempts, at least
_MOST = 40  # chips in one message
_CHIPS = 100_000  # of one box; no other has them
_NOON = 1_781_430_000_000_000


class Plan(NamedTuple):
    """How hard it gets. rate: lines a second of all together. seconds: when it ends at the latest.

    kills: of the server; every third time a reader dies with it.
    """

    kills: int
    stations: int
    readers: int
    rate: int
    seconds: int


class Outcome(NamedTuple):
    """acknowledged, kept: lines. kills: how often the server died. lost, doubled: must be empty."""

    acknowledged: int
    kept: int
    kills: int
    reader_kills: int
    lost: list[str]
    doubled: list[str]
    seconds: float


class Program:
    """One ``timing`` process with all its children, killed without warning."""

    def __init__(self, words: list[str], folder: Path, url: str, port: int) -> None:
        self._words, self._folder = words, folder
        self._env = environment(folder, port) | {"TIMING_DATABASE_URL": url}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / f"{self._words[0]}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [TIMING, *self._words], cwd=self._folder, env=self._env, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def close(self) -> None:
        self.kill()

    def kill(self) -> None:
        """The whole group: as if the plug had been pulled."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_PATIENCE)
            self._process = None


class Phone:
    """A station: lines wait until they are acknowledged one by one."""

    def __init__(self, number: int, url: str, token: str, pause: float) -> None:
        self.name = f"phone-{number:04d}"
        self._url, self._token, self._pause = url, token, pause
        self._made = 0
        self._began = monotonic() + pause * number / 20
        self._base = _NOON + number
        self.pending: dict[int, dict[str, object]] = {}
        self.acknowledged: set[int] = set()

    def live(self, over: threading.Event, drained: threading.Event) -> None:
        while not drained.is_set():
            if not over.is_set():
                self._see()
            elif not self.pending:
                return
            if self.pending:
                self._send()
            drained.wait(max(_BREATH, self._began + self._made * self._pause - monotonic()))

    def _see(self) -> None:
        """Note everybody who came by until now."""
        while self._began + self._made * self._pause <= monotonic():
            self._made += 1
            at = self._base + self._made * 1000
            self.pending[self._made] = {"n": self._made, "bib": str(self._made), "at": at}

    def _send(self) -> None:
        lines = list(self.pending.values())[:500]
        body = json.dumps({"station": self.name, "lines": lines}).encode()
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        call = urllib.request.Request(self._url, body, headers)  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(call, timeout=10) as answer:  # noqa: S310 - loopback
                receipts = json.load(answer)["receipts"]
        except (OSError, ValueError, HTTPException):  # URLError is an OSError
            return
        for receipt in receipts:
            if receipt["outcome"] in {"new", "known"}:
                self.acknowledged.add(receipt["n"])
                self.pending.pop(receipt["n"], None)


class Mats(mylaps.Exporter):
    """A timing box that never stops; every message is sent until it is acknowledged."""

    def __init__(self, number: int, pause: float) -> None:
        super().__init__()
        self._next, self._pause = number * _CHIPS + 1, pause
        self._due = monotonic()
        self.over = threading.Event()
        self.sure: set[str] = set()

    def talk(self, mouth: Mouth) -> None:
        mouth.say(b"Mat@Pong@$")
        self._until(mouth, "AckPong")
        while not self.over.wait(self._due - monotonic()):
            many = min(_MOST, 4 + 4 * int((monotonic() - self._due) / self._pause))
            several = range(self._next, self._next + many)
            self._send(mouth, "Passing", str(self._next), [mylaps.passing(n) for n in several])
            self.sure |= {mylaps.reads.chip(n) for n in several}
            self._next += many
            self._due += self._pause * many / 4


def besiege(plan: Plan, settings: Settings, folder: Path, seed: int = 1) -> Outcome:
    """Let it rain and look what is left."""
    began = monotonic()
    token = _prepared(settings)
    port = free_port()
    server = Program(["serve"], folder, settings.database_url, port)
    phones_rate = plan.rate * plan.stations / (plan.stations + plan.readers)
    pause = plan.stations / phones_rate
    address = f"http://127.0.0.1:{port}/api/v1/stations/lines"
    phones = [Phone(k, address, token, pause) for k in range(1, plan.stations + 1)]
    over, drained = threading.Event(), threading.Event()
    threads = [threading.Thread(target=p.live, args=(over, drained), daemon=True) for p in phones]
    boxes = [Mats(k, 4 * (plan.stations + plan.readers) / plan.rate) for k in range(plan.readers)]
    with _readers(boxes, folder, settings.database_url) as programs, contextlib.closing(server):
        server.start()
        for thread in threads:
            thread.start()
        kills, reader_kills = _kills(
            plan, server, programs, lambda: sum(len(p.acknowledged) for p in phones),
            random.Random(seed), began,
        )  # fmt: skip
        over.set()
        for thread in threads:
            thread.join(_PATIENCE)
        drained.set()
        for box in boxes:
            box.over.set()
    return _verdict(settings, phones, boxes, (kills, reader_kills), monotonic() - began)


def _kills(
    plan: Plan,
    server: Program,
    readers: list[Program],
    progress: Callable[[], int],
    chance: random.Random,
    began: float,
) -> tuple[int, int]:
    """Kill, start again, wait until something was acknowledged, and so on."""
    kills = reader_kills = 0
    pace = threading.Event()
    least = min(_LEAST, plan.kills)
    while kills < least or (kills < plan.kills and monotonic() - began < plan.seconds):
        before, asked = progress(), monotonic()
        while progress() == before and monotonic() - asked < _PATIENCE:
            pace.wait(0.05)
        pace.wait(chance.uniform(0, 0.8))
        server.kill()
        kills += 1
        if readers and kills % 3 == 1:
            one = chance.choice(readers)
            one.kill()
            one.start()
            reader_kills += 1
        server.start()
    return kills, reader_kills


@contextlib.contextmanager
def _readers(boxes: list[Mats], folder: Path, url: str) -> Iterator[list[Program]]:
    """Start a reader for each box, and let the boxes dial it."""
    programs = []
    with contextlib.ExitStack() as stack:
        for number, box in enumerate(boxes):
            port = free_port()
            words = ["reader", "mylaps", f"127.0.0.1:{port}", "--event", SLUG, "--point", "finish"]
            program = Program([*words, "--name", f"box {number}"], folder, url, port)
            program.start()
            stack.callback(program.kill)
            programs.append(program)
            address = ("127.0.0.1", port)
            stack.enter_context(
                DialingBox(box.talk, Faults(chunk=4096), lambda address=address: address)
            )
        yield programs


def _prepared(settings: Settings) -> str:
    house = open_house(settings)
    with house.store.write() as tx:
        setup.save_event(
            tx,
            Event(
                slug=SLUG, name="Siege", date="2026-06-14", timezone="Europe/Rome", contests=(),
                points=(TimingPoint(code="finish", name="Finish"),),
                waves=(Wave(code="all", name="All"),),
            ),
        )  # fmt: skip
    token = stations.make_link(house, SLUG, "Phones", "crew", point="finish")
    house.store.close()
    return token


def _verdict(
    settings: Settings, phones: list[Phone], boxes: list[Mats], kills: tuple[int, int],
    seconds: float,
) -> Outcome:  # fmt: skip
    house = open_house(settings)
    with house.store.read() as tx:
        found: Journal = journal.load_journal(tx, setup.find_event(tx, SLUG) or 0)
    house.store.close()
    typed = Counter((read.station, read.at) for read in found.reads if read.bib)
    seen = Counter(read.chip for read in found.reads if read.chip)
    lost = [
        f"{phone.name} line {n}"
        for phone in phones
        for n in phone.acknowledged
        if (phone.name, phone._base + n * 1000) not in typed
    ]
    lost += [f"chip {chip}" for box in boxes for chip in box.sure if chip not in seen]
    doubled = [str(what) for what, times in (typed | seen).items() if times > 1]
    acknowledged = sum(len(p.acknowledged) for p in phones) + sum(len(b.sure) for b in boxes)
    return Outcome(acknowledged, len(found.reads), *kills, lost, doubled, seconds)
