"""A process and its children in /proc: finds frozen ones, and lets them continue."""

import contextlib
import os
import signal
from pathlib import Path


def of(pid: int) -> list[int]:
    """A process and its children."""
    return [pid, *children(pid)]


def children(pid: int) -> list[int]:
    """The children of a process; none if it has ended."""
    return [int(word) for word in _read(Path(f"/proc/{pid}/task/{pid}/children")).split()]


def is_frozen(pid: int) -> bool:
    """Whether a signal such as SIGSTOP has stopped it; being traced by a debugger is different."""
    return "\nState:\tT " in _read(Path(f"/proc/{pid}/status"))


def called(name: str, *, inside: Path) -> list[int]:
    """The processes of a program whose working directory is this folder, or whose parent is this
    process."""
    own = children(os.getpid())
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal()
        and _read(process / "comm").strip() == name
        and "\nState:\tZ" not in _read(process / "status")
        and (int(process.name) in own or _folder(process) == str(inside.resolve()))
    ]


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(errors="replace")
    return ""


def _folder(process: Path) -> str:
    with contextlib.suppress(OSError):
        return os.readlink(process / "cwd")
    return ""


def wake(pid: int) -> None:
    """Let a process and its children continue: a frozen one handles no signal but SIGKILL."""
    for one in of(pid):
        kill(one, signal.SIGCONT)


def kill(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal, if the process still runs."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
