"""Notifies the parent process that this process is ready or stopping (sd_notify(3))."""

import contextlib
import os
import socket


def notify_ready() -> None:
    """Send `READY=1` to the socket in NOTIFY_SOCKET; without one it does nothing."""
    _notify(b"READY=1")


def notify_stopping() -> None:
    """Send `STOPPING=1`, so that the parent may kill this process if it does not end."""
    with contextlib.suppress(OSError):  # the listener may have ended before
        _notify(b"STOPPING=1")


def _notify(word: bytes) -> None:
    path = os.environ.get("NOTIFY_SOCKET")
    if not path:
        return
    address = f"\0{path[1:]}" if path.startswith("@") else path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notice:
        notice.connect(address)
        notice.send(word)
