"""Finds the process that listens on a port of this machine, as far as this user may see it."""

import contextlib
import os
import pwd
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LISTENS = "0A"


def find(port: int) -> str:
    """Its description: `caddy (process 4711)`, `a program of the user www`; empty if unknown."""
    sockets = dict(_listening(port))
    for inode in sockets:
        if pid := _holder(inode):
            return f"{_name(pid)} (process {pid})"
    for user in sockets.values():
        if user != os.geteuid():
            with contextlib.suppress(KeyError):
                return f"a program of the user {pwd.getpwuid(user).pw_name}"
    return ""


def _listening(port: int) -> "list[tuple[str, int]]":
    """The inodes of the sockets that listen there, with the user that opened them."""
    found = []
    for table in _TABLES:
        with contextlib.suppress(OSError):
            for line in table.read_text(encoding="ascii").splitlines()[1:]:
                words = line.split()
                if words[3] == _LISTENS and int(words[1].rpartition(":")[2], 16) == port:
                    found.append((words[9], int(words[7])))
    return found


def _holder(inode: str) -> int | None:
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if process.name.isdecimal() and any(
                os.readlink(one) == f"socket:[{inode}]" for one in (process / "fd").iterdir()
            ):
                return int(process.name)
    return None


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text(errors="replace").strip()
    return "a program"
