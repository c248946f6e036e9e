"""Starting a program of another maker: its own session, its own log, and an end with its parent."""

import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from embedded import kernel


@dataclass(frozen=True, slots=True)
class Program:
    """A command with all that it may know of its surroundings."""

    command: Sequence[str | PathLike[str]]
    environment: Mapping[str, str]
    log: Path
    surrender: Callable[[], None] | None = None
    """Gives rights up in the child, just before exec."""
    death: signal.Signals = signal.SIGKILL
    """What the kernel sends it when its parent ends, however that happens."""
    descriptors: tuple[int, ...] = ()
    """Open files that it inherits, beside its log."""


def start(program: Program, *, parent: int) -> subprocess.Popen[bytes]:
    """Start it; `parent` is this process. Call it from the main thread only: the kernel takes the
    end of the starting thread for the end of the parent."""

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
