"""A separate broker and the workers of the two small services, to be killed and restarted."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from embedded import valkey
from embedded.process import start
from tests.conftest import TestDatabase
from tests.servers import broker_answers
from tests.signing import new_message_keys

SERVICES = ("auth", "membership")


class Broker:
    """A Valkey without persistence: it loses all data when it is killed."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.password = secrets.token_hex(16)
        self._configuration = valkey.write_configuration(
            directory / "valkey", directory, password=self.password, durable=False
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://:{self.password}@{self.directory / valkey.SOCKET}?db=0"

    def start(self) -> None:
        program = valkey.program(self._configuration, self.directory / "valkey.log")
        self._process = start(program, parent=os.getpid())
        limit = time.monotonic() + 10
        while not broker_answers(self.url):
            assert time.monotonic() < limit, "the broker does not start"
            time.sleep(0.01)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def client(self) -> "redis.Redis[bytes]":
        return redis.Redis.from_url(self.url)

    def flush(self) -> None:
        with self.client() as client:
            client.flushall()


class Fleet:
    """The two workers. `start` waits until a worker takes tasks, `kill` until it has ended."""

    def __init__(self, directory: Path, broker: Broker, database: TestDatabase) -> None:
        self.directory = directory
        self._broker = broker
        self._database = database
        self.keys = new_message_keys()
        self._pids: dict[str, int] = {}
        self._spawner = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.spawner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def close(self) -> None:
        """End the spawner, and with it every worker."""
        assert self._spawner.stdin
        assert self._spawner.stdout
        self._spawner.stdin.close()
        self._spawner.wait(10)
        self._spawner.stdout.close()

    def start(self, service: str, *, naive: bool = False) -> None:
        path = self.directory / f"{service}.ready"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notice:
            notice.bind(str(path))
            notice.settimeout(20)
            self._pids[service] = self._fork(service, path, naive)
            assert notice.recv(64) == b"READY=1"

    def _fork(self, service: str, ready: Path, naive: bool) -> int:
        order = {
            "service": service,
            "dsn": self._database.dsn(service),
            "metrics": str(self.directory / f"{service}.metrics"),
            "log": str(self.directory / f"{service}.log"),
            "naive": naive,
            "environment": {
                "REDIS_URL": self._broker.url,
                **self.keys,
                "NOTIFY_SOCKET": str(ready),
            },
        }
        assert self._spawner.stdin
        assert self._spawner.stdout
        self._spawner.stdin.write(json.dumps(order) + "\n")
        self._spawner.stdin.flush()
        return int(self._spawner.stdout.readline())

    def kill(self, service: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal, by default one that cannot be caught, and wait for the end."""
        self.send(service, number)
        pid = self._pids.pop(service)
        limit = time.monotonic() + 20
        while Path(f"/proc/{pid}").exists():
            assert time.monotonic() < limit, f"{service} does not end"
            time.sleep(0.005)

    def send(self, service: str, number: signal.Signals) -> None:
        os.kill(self._pids[service], number)

    def is_alive(self, service: str) -> bool:
        return Path(f"/proc/{self._pids[service]}").exists()

    def memory(self, service: str) -> int:
        """A worker's peak memory, in bytes."""
        status = Path(f"/proc/{self._pids[service]}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def log(self, service: str) -> list[dict[str, Any]]:
        """A worker's log, line by line."""
        lines = self.text(service).splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def text(self, service: str) -> str:
        return (self.directory / f"{service}.log").read_text()

    def metrics(self, service: str) -> str:
        """A worker's metrics, as of a moment ago."""
        return (self.directory / f"{service}.metrics").read_text()


@contextmanager
def fleet(directory: Path, database: TestDatabase) -> Iterator[tuple[Broker, Fleet]]:
    """A running broker and a fleet without workers yet."""
    broker = Broker(directory)
    broker.start()
    workers = Fleet(directory, broker, database)
    try:
        yield broker, workers
    finally:
        workers.close()
        broker.kill()
