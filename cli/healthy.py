"""`zaiseki healthy`: the health check of a container, which runs every few seconds.

It imports the standard library only, and little of that.
"""

import socket
import sys
from collections.abc import Sequence

USAGE = "usage: zaiseki healthy ADDRESS    (host:port, or unix:/path)"
REQUEST = b"GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n"
SECONDS = 3.0


def main(arguments: Sequence[str]) -> int:
    """Check whether the process that listens there is ready: 0 if it is, 1 if not, 2 for usage."""
    if len(arguments) != 1 or ":" not in arguments[0]:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        answer = _ask(arguments[0])
    except (OSError, OverflowError, ValueError) as error:
        answer = str(error)
    if answer.startswith("HTTP/1.") and answer.split()[1:2] == ["200"]:
        return 0
    print(f"{arguments[0]} is not ready: {answer}", file=sys.stderr)
    return 1


def _ask(address: str) -> str:
    """The first line of the answer; empty if there is none."""
    with _connected(address) as connection:
        connection.sendall(REQUEST)
        with connection.makefile(encoding="latin-1") as answer:
            return answer.readline(200).strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
