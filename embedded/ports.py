"""Whether the ports of a run can be opened, asked before anything is started."""

import errno
import socket
import time
from collections.abc import Iterable

HOST = "127.0.0.1"
_PATIENCE = 1.0


def problems(ports: Iterable[tuple[str, int]]) -> list[str]:
    """One sentence for each port that cannot be opened, naming the variable that moves it."""
    found = ((name, port, _refusal(port)) for name, port in ports)
    return [
        f"{name} {port}: {reason}; set {name} to another port, or stop what uses it."
        if reason.startswith("taken")
        else f"{name} {port}: {reason}; set {name} to another port."
        for name, port, reason in found
        if reason
    ]


def _refusal(port: int) -> str:
    limit = time.monotonic() + _PATIENCE  # a run that was just killed may still hold it
    while True:
        reason = _attempt(port)
        if not reason.startswith("taken") or time.monotonic() > limit:
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
                return "taken by another program"
            return f"this user may not open it ({error.strerror})"
    return ""
