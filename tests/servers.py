"""One PostgreSQL and one Valkey for a test run, on Unix sockets in a directory of their own.

    servers = Servers()
    servers.start()
    servers.create_database("template")                     # empty; migrate it once …
    servers.create_database("test_1", template="template")  # … and copy it for each test
    dsn, url = servers.owner_dsn("test_1"), servers.redis_url(db=3)
    servers.stop()

They end with the process that started them, even if that is killed. `stop()` removes all files.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import redis

from embedded import binaries, postgres, valkey
from embedded.process import Program, start

_START_LIMIT = 30.0


class Servers:
    """A pair of servers; the owner is a superuser, as in the embedded run."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="zaiseki-test-", dir="/tmp"))
        self._log = self.directory / "servers.log"
        self._password = secrets.token_hex(16)
        self._runs_as = postgres.decide()
        self._processes: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def start(self) -> None:
        """Start both and wait until they answer."""
        sockets, data = self.directory, self.directory / "postgres"
        configuration = valkey.write_configuration(
            self.directory / "valkey", sockets, password=self._password, durable=False
        )
        # A shell without job control starts its background jobs with SIGQUIT ignored, and Valkey
        # would inherit that.
        self._run(valkey.program(configuration, self._log), stop=signal.SIGKILL)
        self._create_cluster(data)
        server = self._run(
            postgres.program(data, sockets, self._log, runs_as=self._runs_as, durable=False)
        )
        self._wait(lambda: postgres.is_ready(data, server.pid))
        self._wait(lambda: broker_answers(self.redis_url()))

    def stop(self) -> None:
        """Stop both at once and remove their files."""
        for process, stop in self._processes:
            process.send_signal(stop)
        for process, _ in self._processes:
            process.wait(_START_LIMIT)
        self._processes.clear()
        shutil.rmtree(self.directory, ignore_errors=True)

    def owner_dsn(self, database: str = "postgres") -> str:
        """The superuser's DSN of a database."""
        return f"postgresql://{postgres.OWNER}:{self._password}@/{database}?host={self.directory}"

    def redis_url(self, db: int = 0) -> str:
        """The broker's URL; it has 64 databases."""
        return f"unix://:{self._password}@{self.directory / valkey.SOCKET}?db={db}"

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Make a database, a copy of `template` (without other connections); gives its DSN.

        A copy of the files takes a third of the time of a copy through the log: no file is synced.
        """
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.owner_dsn(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, even with open connections."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, statement: str, *, database: str = "postgres") -> str:
        """Run one statement as the owner, outside of a transaction; psql's unformatted output."""
        return subprocess.run(
            [
                binaries.postgres("psql"),
                *("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
                *("-h", self.directory, "-U", postgres.OWNER, "-d", database, "-c", statement),
            ],
            env={"PATH": os.defpath, "PGPASSWORD": self._password},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()

    def _create_cluster(self, data: Path) -> None:
        password_file = self.directory / "password"
        password_file.write_text(self._password)
        creation = postgres.creation(
            data, password_file, self._log, runs_as=self._runs_as, durable=False
        )
        if start(creation, parent=os.getpid()).wait(_START_LIMIT) != 0:
            raise RuntimeError(f"The test cluster was not made:\n{self._log.read_text()}")
        postgres.settle(data)

    def _run(
        self, program: Program, *, stop: signal.Signals = signal.SIGQUIT
    ) -> subprocess.Popen[bytes]:
        process = start(program, parent=os.getpid())
        self._processes.append((process, stop))
        return process

    def _wait(self, ready: Callable[[], bool]) -> None:
        limit = time.monotonic() + _START_LIMIT
        while not ready():
            ended = any(process.poll() is not None for process, _ in self._processes)
            if ended or time.monotonic() > limit:
                raise RuntimeError(f"The test servers did not start:\n{self._log.read_text()}")
            time.sleep(0.01)


def broker_answers(url: str) -> bool:
    """Whether a Valkey has started."""
    with redis.Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
