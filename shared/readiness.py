"""Tells whoever started this process that it is ready (the protocol of sd_notify)."""

import os
import socket


def notify_ready() -> None:
    """Send `READY=1` to the socket in NOTIFY_SOCKET; without one, nobody waits for it."""
    path = os.environ.get("NOTIFY_SOCKET")
    if not path:
        return
    address = f"\0{path[1:]}" if path.startswith("@") else path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notice:
        notice.connect(address)
        notice.send(b"READY=1")
