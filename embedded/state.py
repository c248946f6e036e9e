"""The state directory: the paths in it, its lock, and run.json.

Other files in it are not touched. Only one run at a time uses it: the lock ends with the run.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from embedded.refusal import Refused

SOCKET_LIMIT = 107
"""The longest path of a Unix socket on Linux, in bytes."""

_LONGEST_SOCKET = "membership-worker.ready"
_PLAIN = re.compile(r"[A-Za-z0-9/._+-]+")  # needs no quoting in our URLs and files


class StateDirectory:
    """The paths of a run's files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.secrets = path / "secrets"
        self.logs = path / "logs"
        self.postgres = path / "postgres"
        self.valkey = path / "valkey"
        self.caddy = path / "caddy"
        self.mailbox = path / "mailbox"
        self.run_file = path / "run.json"
        self.imported = path / "sample-imported"
        self.sockets = _sockets(path)
        self._lock: TextIO | None = None

    def take(self) -> None:
        """Create it if needed, take the lock, and remove the remains of an earlier run.

        Raises:
            Refused: It is not a directory, not accessible, or used by another run; or the folder
                for the sockets cannot be made or is not private to this user.
        """
        _make(self.path)
        self._lock = self._locked()
        self.forget_run()
        for folder in (self.secrets, self.logs, self.caddy, self.mailbox):
            _make(folder)
        _make_sockets(self.sockets, private_parent=self.sockets.parent == self.path)
        self._remove_sockets()

    def _locked(self) -> TextIO:
        path = self.path / "lock"
        try:
            lock = path.open("a", encoding="ascii")
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}.") from None
        for pause in (
            0.1,
            0.1,
            0.1,
            None,
        ):  # a command may be checking the lock, or a killed run still ending
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if pause is None:
                    raise Refused(
                        f"Another zaiseki is running in {self.path}: stop it, or choose another"
                        " STATE_DIR."
                    ) from None
                time.sleep(pause)
        return lock

    def is_taken(self) -> bool:
        """Whether a run is using the directory."""
        try:
            with (self.path / "lock").open("r", encoding="ascii") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def release(self) -> None:
        """Remove the sockets and release the lock."""
        self._remove_sockets()
        with contextlib.suppress(OSError):
            self.sockets.rmdir()
        if self._lock:
            self._lock.close()

    def _remove_sockets(self) -> None:
        for path in self.sockets.iterdir():
            if path.is_socket() or path.name.startswith(".s.PGSQL"):
                path.unlink(missing_ok=True)

    def log(self, part: str) -> Path:
        """The log of a part."""
        return self.logs / f"{part}.log"

    def rotate_logs(self, parts: Iterable[str]) -> None:
        """Keep the logs of the previous run, and delete older ones."""
        for part in parts:
            if self.log(part).exists():
                self.log(part).replace(self.logs / f"{part}.log.1")

    def publish_run(self, description: Mapping[str, object]) -> None:
        """Write run.json atomically."""
        growing = self.run_file.with_suffix(".json.new")
        growing.write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
        growing.replace(self.run_file)

    def forget_run(self) -> None:
        """Remove run.json: there is no run."""
        self.run_file.unlink(missing_ok=True)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise Refused(f"{path} is not a directory.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be made: {error.strerror}.") from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(f"{path} cannot be written by this user.")


def _sockets(path: Path) -> Path:
    inside = path / "sockets"
    if len(os.fsencode(inside / _LONGEST_SOCKET)) <= SOCKET_LIMIT and _PLAIN.fullmatch(str(inside)):
        return inside
    digest = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
    return Path(f"/tmp/zaiseki-{os.geteuid()}-{digest}")  # noqa: S108 - checked when it is made


def _make_sockets(path: Path, *, private_parent: bool) -> None:
    if private_parent:
        _make(path)
        path.chmod(0o700)
        return
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
        if not ours or stat.S_IMODE(found.st_mode) != 0o700:
            raise Refused(
                f"{path} is needed for sockets, but is not a folder of this user with mode 700:"
                " remove it, or choose a STATE_DIR that is shorter and has only ASCII letters,"
                " digits and . _ + - in its path."
            ) from None
    except OSError as error:
        raise Refused(f"{path} cannot be made: {error.strerror}.") from None
