"""Starts an external program in its own session, with its own log; it ends with its parent."""

import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from embedded import kernel


@dataclass(frozen=True, slots=True)
class Program:
    """A command with its environment, working directory and log."""

    command: Sequence[str | PathLike[str]]
    environment: Mapping[str, str]
    log: Path
    surrender: Callable[[], None] | None = None
    """Gives up rights in the child, just before exec."""
    death: signal.Signals = signal.SIGKILL
    """The signal that the kernel sends it when its parent ends for any reason."""
    descriptors: tuple[int, ...] = ()
    """Open files that it inherits, in addition to its log."""


def start(program: Program, *, parent: int) -> subprocess.Popen[bytes]:
    """Start it; `parent` is this process. Call it only from the main thread: for the kernel, the
    end of the starting thread is the end of the parent."""

    def setup() -> None:
        if program.surrender is not None:
            program.surrender()
        kernel.die_with(parent, program.death)

    with program.log.open("ab") as log:
        return subprocess.Popen(
            program.command,
            env=program.environment,
            cwd=program.log.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=program.descriptors,
            preexec_fn=setup,  # noqa: PLW1509 - the starting process has one thread
        )
