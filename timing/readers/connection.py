"""Sockets around a grammar: one client that reconnects, one server for many boxes.

Blocking and small: a process reads one box or listens on one port. A sighting is committed
before it is acknowledged; bytes that are read are offered to the sink until they are durable.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
from collections.abc import Callable

from timing.core.clock import SECOND, Duration
from timing.readers.delivery import Host, Sink, back_off, deliver
from timing.readers.grammar import Grammar
from timing.readers.sighting import Event, Position

MakeGrammar = Callable[[Position], Grammar]
_BYTES = 65_536
_PATIENCE_SECONDS = 10  # for connecting and for sending


class Line:
    """One connection: bytes in, answers out; closes itself when the other side is gone."""

    def __init__(self, peer: socket.socket, grammar: Grammar, sink: Sink, host: Host) -> None:
        self._peer, self._grammar, self._sink, self._host = peer, grammar, sink, host
        self._heard = self._idled = host.clock()
        self.brought = False  # anything worth a commit
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def greet(self) -> None:
        """Raises OSError."""
        self._deliver(self._grammar.greet())

    def hear(self, wait: Duration | None = None) -> bool:
        """Take what is there; False when the other side has closed. Raises OSError.

        wait: at most so long, then say what is due; None: something is known to be there.
        """
        data = self._received(wait)
        if data is None:
            self.idle()
            return True
        self._heard = self._idled = self._host.clock()
        self._deliver(self._grammar.feed(data))
        return bool(data)

    def _received(self, wait: Duration | None) -> bytes | None:
        if wait is None:
            return self._peer.recv(_BYTES)
        self._peer.settimeout(wait / SECOND)
        try:
            return self._peer.recv(_BYTES)
        except TimeoutError:
            return None
        finally:
            self._peer.settimeout(_PATIENCE_SECONDS)

    def idle(self) -> None:
        """Say what is due in silence, at most once a poll. Raises OSError."""
        now = self._host.clock()
        if now - self._idled >= self._host.poll:
            self._idled = now
            self._deliver(self._grammar.idle())

    def silent_for(self, span: Duration | None) -> bool:
        return span is not None and self._host.clock() - self._heard >= span

    def end(self) -> None:
        """Keep the half line that is left, then close."""
        with contextlib.suppress(OSError):
            self._deliver(self._grammar.close(cut=True))
        self._peer.close()

    def _deliver(self, events: list[Event]) -> None:
        if events:
            came = deliver(
                events, lambda: self._grammar.position, self._sink, self._host, self._peer.sendall
            )
            self.brought = self.brought or came


def read_from(
    address: tuple[str, int],
    make: MakeGrammar,
    sink: Sink,
    host: Host,
    silence: Duration | None = None,
) -> None:
    """Connect to a box and read it until the work is stopped; reconnect with back-off.

    silence: after so long without a byte the connection is thought dead and is made anew.
    """
    pauses = back_off()
    while not host.stopped():
        try:
            with socket.create_connection(address, timeout=_PATIENCE_SECONDS) as peer:
                host.tell(f"connected to {_spoken(address)}")
                if _read_until_lost(Line(peer, make(sink.position()), sink, host), host, silence):
                    pauses = back_off()
                host.tell(f"connection to {_spoken(address)} ended")
        except OSError as error:
            host.tell(f"no connection to {_spoken(address)}: {error}")
        if not host.stopped():
            host.wait(next(pauses))


def _read_until_lost(line: Line, host: Host, silence: Duration | None) -> bool:
    try:
        line.greet()
        while not host.stopped():
            if not line.hear(host.poll):
                break
            if line.silent_for(silence):
                host.tell("nothing heard for too long")
                break
    except OSError as error:
        host.tell(f"connection lost: {error}")
    line.end()
    return line.brought


def listen_on(
    address: tuple[str, int],
    make: MakeGrammar,
    sink: Sink,
    host: Host,
    ready: Callable[[tuple[str, int]], None] = lambda _: None,
) -> None:
    """Accept any number of boxes on a port until the work is stopped.

    ready: is told the address once the port is open (port 0 asks for any free one).
    Raises OSError if the port cannot be opened.
    """
    lines: dict[socket.socket, Line] = {}
    with socket.create_server(address) as door, selectors.DefaultSelector() as selector:
        door.setblocking(False)
        selector.register(door, selectors.EVENT_READ)
        ready(door.getsockname()[:2])
        try:
            while not host.stopped():
                for key, _ in selector.select(host.poll / SECOND):
                    peer = key.fileobj
                    if peer is door:
                        _welcome(door, selector, lines, make, sink, host)
                    elif isinstance(peer, socket.socket):
                        _attend(peer, Line.hear, selector, lines, host)
                for peer in list(lines):
                    _attend(peer, Line.idle, selector, lines, host)
            for line in lines.values():
                line.end()
        finally:
            for peer in lines:
                peer.close()


def _welcome(
    door: socket.socket,
    selector: selectors.BaseSelector,
    lines: dict[socket.socket, Line],
    make: MakeGrammar,
    sink: Sink,
    host: Host,
) -> None:
    try:
        peer, address = door.accept()
    except OSError:  # gone again before it was let in
        return
    host.tell(f"connected: {_spoken(address)}")
    peer.settimeout(_PATIENCE_SECONDS)
    lines[peer] = Line(peer, make(sink.position()), sink, host)
    selector.register(peer, selectors.EVENT_READ)
    _attend(peer, Line.greet, selector, lines, host)


def _attend(
    peer: socket.socket,
    act: Callable[[Line], bool | None],
    selector: selectors.BaseSelector,
    lines: dict[socket.socket, Line],
    host: Host,
) -> None:
    """Let one line act; one that fails is ended without harm to the others."""
    line = lines[peer]
    try:
        alive = act(line) is not False
    except OSError as error:
        host.tell(f"connection lost: {error}")
        alive = False
    if not alive:
        selector.unregister(peer)
        del lines[peer]
        line.end()


def _spoken(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"
