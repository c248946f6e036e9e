"""Checks whether the ports of a run can be opened, before their parts are started."""

import errno
import socket
import time
from collections.abc import Iterable

from embedded import port_owner

HOST = "127.0.0.1"
_PATIENCE = 1.0
_TAKEN = "taken"


def problems(ports: Iterable[tuple[str, int]], *, patience: float = _PATIENCE) -> list[str]:
    """One sentence for each port that cannot be opened, with the variable that changes it.

    A port that is in use is tried again for `patience` seconds.
    """
    found = ((name, port, _refusal(port, patience)) for name, port in ports)
    return [
        f"{name} {port}: {_advice(name, port, reason)}" for name, port, reason in found if reason
    ]


def _advice(name: str, port: int, reason: str) -> str:
    move = f"set {name} to another port"
    if reason != _TAKEN:
        return f"{reason}; {move}."
    owner = port_owner.find(port) or "another program"
    return f"used by {owner}; {move}, or stop that program."


def _refusal(port: int, patience: float) -> str:
    limit = time.monotonic() + patience  # a run that was just killed may still use it
    while True:
        reason = _attempt(port)
        if reason != _TAKEN or time.monotonic() > limit:
            return reason
        time.sleep(0.05)


def _attempt(port: int) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return _TAKEN
            return f"this user may not open it ({error.strerror})"
    return ""
