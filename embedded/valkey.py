"""The embedded Valkey: a persistent broker that never evicts, on a Unix socket."""

import os
from pathlib import Path

from embedded import binaries
from embedded.process import Program

SOCKET = "valkey.sock"


def write_configuration(data: Path, sockets: Path, *, password: str, durable: bool = True) -> Path:
    """Write the server's configuration, which keeps the password out of the command line."""
    data.mkdir(mode=0o700, exist_ok=True)
    lines = [
        "port 0",
        f"unixsocket {sockets / SOCKET}",
        "unixsocketperm 700",
        f"requirepass {password}",
        f'dir "{_quoted(data)}"',
        f"appendonly {'yes' if durable else 'no'}",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "databases 64",
        "daemonize no",
    ]
    path = data / "valkey.conf"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"')


def program(configuration: Path, log: Path) -> Program:
    """The server."""
    return Program((binaries.valkey(), configuration), {"PATH": os.defpath, "LC_ALL": "C"}, log)
