"""A process as the supervisor sees it, and the reaping of the supervisor's own children."""

import asyncio
import contextlib
import os
import signal
import time
from typing import Protocol

from embedded import family, process

_PATIENCE = 5.0


class Child(Protocol):
    """A process that was started."""

    @property
    def pid(self) -> int:
        """Its number."""

    async def wait(self) -> int:
        """Wait for its end; gives the wait status (see `os.waitpid`)."""

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""


class OwnChild:
    """A child of the supervisor itself."""

    def __init__(self, pid: int, ended: asyncio.Future[int]) -> None:
        self.pid = pid
        self._ended = ended

    async def wait(self) -> int:
        """Wait for its end; gives the wait status."""
        return await asyncio.shield(self._ended)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if not self._ended.done():
            os.kill(self.pid, number)


class Children:
    """All processes whose parent is the supervisor, including orphans that it inherited."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[int, asyncio.Future[int]] = {}
        loop.add_signal_handler(signal.SIGCHLD, self._reap)

    def start(self, program: process.Program) -> OwnChild:
        """Start a program. Raises OSError where it cannot be executed."""
        started = process.start(program, parent=os.getpid())
        started.returncode = 0  # its end is ours to collect, not subprocess's
        ended = self._loop.create_future()
        self._waiting[started.pid] = ended
        return OwnChild(started.pid, ended)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0] != 0:
                ended = self._waiting.pop(found[0], None)
                if ended is not None and not ended.done():
                    ended.set_result(found[1])

    def end_all(self) -> None:
        """Wait until no descendant is left; those that take too long are killed.

        A process that SIGKILL does not end, because it waits for a failed disk, is ignored.
        """
        began = time.monotonic()
        with contextlib.suppress(ChildProcessError):
            while time.monotonic() < began + 2 * _PATIENCE:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    if time.monotonic() > began + _PATIENCE:
                        for pid in family.children(os.getpid()):
                            family.kill(pid)
                    time.sleep(0.01)


def describe(status: int) -> str:
    """How a process ended, in words."""
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"exit code {os.waitstatus_to_exitcode(status)}"
