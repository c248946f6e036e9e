"""The embedded PostgreSQL: how its cluster is created, started and checked.

PostgreSQL does not run as root. Root therefore runs it as `nobody` in a user namespace, where root
still owns its files; or, if the machine does not allow that, as the real `nobody`, who then owns
the data.
"""

import enum
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from embedded import binaries, family, kernel, questions
from embedded.process import Program
from embedded.refusal import Refused

OWNER = "zaiseki"
SOCKET = ".s.PGSQL.5432"
STOP_SIGNAL = signal.SIGINT
"""Fast shutdown: sessions are ended, and committed data is written."""

DEATH = signal.SIGQUIT
"""Immediate shutdown: the server kills its own children."""
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Details and statements contain addresses and passwords; services log their errors themselves.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "max_logical_replication_workers": "0",
    "io_method": "sync",  # three helper processes fewer
    "dynamic_shared_memory_type": "mmap",  # so no files remain in /dev/shm
}
_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "HOME": "/"}  # without any PG* variable


class RunsAs(enum.Enum):
    """The user that the server runs as; the value is the function that gives up root's rights."""

    ONESELF = None
    MAPPED = "enter_user_namespace"
    NOBODY = "drop_to_nobody"

    @property
    def surrender(self) -> Callable[[], None] | None:
        """The function that the child calls before exec."""
        return None if self.value is None else kernel.SURRENDERS[self.value]


def decide() -> RunsAs:
    """The current user, unless it is root. Raises Refused if root cannot give up its rights."""
    if os.geteuid() != 0:
        return RunsAs.ONESELF
    for choice in (RunsAs.MAPPED, RunsAs.NOBODY):
        if choice.surrender and kernel.permits(choice.surrender):
            return choice
    raise Refused(
        "PostgreSQL does not run as root, and on this machine root can neither create a user"
        " namespace nor become another user: start zaiseki as an ordinary user."
    )


def check(data: Path) -> bool:
    """Whether a cluster exists. Raises Refused if `data` is not a cluster."""
    if not data.exists() or (data.is_dir() and not any(data.iterdir())):
        return False
    try:
        version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{data} is not a data directory of PostgreSQL (no PG_VERSION).") from None
    if version != _major_version():
        raise Refused(
            f"{data} was made by PostgreSQL {version}, but this is {_major_version()}: dump it with"
            " the old version, or choose another STATE_DIR."
        )
    return True


def _major_version() -> str:
    printed = subprocess.run(
        [binaries.postgres("postgres"), "-V"], capture_output=True, text=True, check=True
    ).stdout
    return printed.split()[-1].partition(".")[0]


def creation(
    data: Path, password_file: Path, log: Path, *, runs_as: RunsAs, durable: bool = True
) -> Program:
    """The command that creates a cluster with password authentication; call `settle` afterwards."""
    growing = _growing(data)
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir(mode=0o700)
    own(growing, runs_as)
    command: list[str | Path] = [
        binaries.postgres("initdb"),
        "--pgdata",
        growing,
        "--username",
        OWNER,
    ]
    command += ["--pwfile", password_file, "--auth", "scram-sha-256", "--encoding", "UTF8"]
    command += ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    command += [] if durable else ["--no-sync"]
    return Program(command, _ENVIRONMENT, log, surrender=runs_as.surrender)


def settle(data: Path) -> None:
    """Move the finished cluster into place atomically."""
    _growing(data).rename(data)


def _growing(data: Path) -> Path:
    return data.with_name(data.name + ".new")


def own(data: Path, runs_as: RunsAs) -> None:
    """Make the user that the server runs as the owner of the data directory only."""
    owner = kernel.NOBODY if runs_as is RunsAs.NOBODY else os.geteuid()
    if os.geteuid() != 0 or data.stat().st_uid == owner:
        return
    for folder, _, files in os.walk(data, topdown=False):
        for name in files:
            os.chown(Path(folder, name), owner, owner, follow_symlinks=False)
        os.chown(folder, owner, owner)


def program(
    data: Path, sockets: Path, log: Path, *, runs_as: RunsAs, durable: bool = True
) -> Program:
    """The server; `durable=False` is faster but not crash-safe, for tests."""
    settings = {**_SETTINGS, "unix_socket_directories": str(sockets)}
    if not durable:
        settings |= _UNSAFE
    options = [f"--{name}={value}" for name, value in settings.items()]
    command: list[str | Path] = [binaries.postgres("postgres"), "-D", data, *options]
    return Program(command, _ENVIRONMENT, log, surrender=runs_as.surrender, death=DEATH)


def is_ready(data: Path, pid: int) -> bool:
    """Whether the pid file of the server `pid` says that it accepts connections."""
    return _state(data, pid) == "ready"


async def is_well(data: Path, sockets: Path, pid: int) -> bool:
    """Whether the server answers, is not stopping, and has no process frozen by a signal.

    Recovery, a checkpoint, and a slow or full disk do not make it unhealthy: a restart would only
    begin that work again.
    """
    if _state(data, pid) == "stopping" or any(map(family.is_frozen, family.of(pid))):
        return False
    return await questions.postgres(sockets / SOCKET)


def _state(data: Path, pid: int) -> str:
    """The state of the server `pid` in its pid file; a smart shutdown is `stopping`."""
    lines = _pid_file(data)
    return lines[7].strip() if len(lines) >= 8 and lines[0] == str(pid) else ""


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def end_leftover(data: Path) -> None:
    """End an earlier server that still uses `data`; ignore a pid that now belongs to another.

    Call it only while holding the lock of the state directory and after the end of this run's
    server, so that no other run uses the data. A backend that survived its server, for example a
    frozen one, would prevent the next server from starting.
    """
    lines = _pid_file(data)
    pid = int(lines[0]) if lines and lines[0].isdecimal() else 0
    if _serves(pid, data):
        family.wake(pid)
        family.kill(pid, DEATH)
        _await_end(lambda: not _serves(pid, data))
    for orphan in family.called("postgres", inside=data):
        family.kill(orphan)
    _await_end(lambda: not family.called("postgres", inside=data))
    if pid and Path(f"/proc/{pid}").exists():
        (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(data) in words


def _await_end(ended: Callable[[], bool], seconds: float = 5) -> None:
    limit = time.monotonic() + seconds
    while not ended() and time.monotonic() < limit:
        time.sleep(0.02)
