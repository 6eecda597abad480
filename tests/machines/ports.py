"""Ports of loopback for servers that are started later, or again: nobody else is given the same."""

from __future__ import annotations

import os
import random
import socket

_BELOW_CALLERS = range(20_000, 32_000)
"""As a rule the system gives higher ones to whoever calls, such as a browser."""
_marks: list[socket.socket] = []


def free_port() -> int:
    """Give a port on which nobody listens, and which no other test is given.

    The mark that says so is the datagram socket of the same number; the process holds it.
    """
    chance = random.Random(f"{os.getpid()} {len(_marks)}")
    for port in chance.sample(_BELOW_CALLERS, 100):
        mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            mark.bind(("127.0.0.1", port))
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            mark.close()
            continue
        _marks.append(mark)
        return port
    raise OSError("no port of loopback is free between 20000 and 32000")
