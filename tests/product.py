"""The whole product as a child process: `zaiseki up` on free ports in a directory of its own.

Browsers use the gateway, mails are read from the mailbox, parts are killed by their pid.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import redis

from embedded import binaries, settings
from embedded.environment import Surroundings, owner_dsn, redis_url
from embedded.state import StateDirectory
from tests.promises import Promises
from tests.replies import Reply, send

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 30.0
_SERVICE = re.compile("/api/(auth|membership)(?=/)")
_GATEWAYS_OWN = re.compile('"code":"(gateway_[0-9]{3}|not_found|method_not_allowed|not_ready)"')
PORTS = ("PORT", "OPERATOR_PORT", "MAILBOX_PORT", "SMTP_PORT")
PROCESSES = [
    f"{service}-{process}" for service in settings.SERVICES for process in ("api", "worker")
]
ASKED_AT_EVERY_SIGN_IN = {f"PRESENCE_{name}_GAP": "0" for name in ("MIN", "MEAN", "MAX")}
"""Settings with which no sign-in waits for its hidden moment."""


class Browser:
    """A browser with its own cookies, on one of the two sites."""

    def __init__(
        self, session: aiohttp.ClientSession, origin: str, promises: dict[str, Promises]
    ) -> None:
        self._session = session
        self._origin = origin
        self._promises = promises

    def take_cookies(self, other: "Browser") -> None:
        """Copy the cookies of another browser."""
        self._session.cookie_jar.update_cookies(other.named_cookies)

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        url = f"{self._origin}{path}"
        reply = await send(self._session, method, url, body, origin=self._origin, headers=headers)
        if not _GATEWAYS_OWN.search(reply.text):
            await self._judge(method, path, reply)
        return reply

    async def _judge(self, method: str, path: str, reply: Reply) -> None:
        """Compare an answer with the document of its service, if that is still running."""
        found = _SERVICE.match(path)
        service = found[0] if found else ""
        if service and service not in self._promises:
            with contextlib.suppress(aiohttp.ClientError):
                url = f"{self._origin}{service}/openapi.json"
                self._promises[service] = await Promises.fetch(self._session, url)
        if service in self._promises:
            self._promises[service].judge(method, path.removeprefix(service), reply)

    async def get(self, path: str, **headers: str) -> Reply:
        return await self.send("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return await self.send("POST", path, body, **headers)

    @property
    def named_cookies(self) -> dict[str, str]:
        """Its cookies by their names."""
        return {cookie.key: cookie.value for cookie in self._session.cookie_jar}

    @property
    def cookies(self) -> list[str]:
        """The values of its cookies."""
        return list(self.named_cookies.values())

    async def sign_in(self, email: str, password: str) -> Reply:
        return await self.post("/api/auth/sign-in", {"email": email, "password": password})


class Product:
    """A running product."""

    def __init__(self, state: Path, environment: dict[str, str] | None = None) -> None:
        self.state = state
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._sessions: list[aiohttp.ClientSession] = []
        self._promises: dict[str, Promises] = {}
        self.output = state.parent / f"{state.name}.output"

    async def start(self) -> None:
        """Start it and wait until everything is ready."""
        before = self._run_file()  # a killed run leaves its file behind
        ports = dict(zip(PORTS, map(str, _free_ports(len(PORTS))), strict=True))
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - the test has nothing else to do
                [sys.executable, "-m", "cli", "up"],
                cwd=ROOT,
                env=_clean_environment()
                | ports
                | {"STATE_DIR": str(self.state)}
                | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        async with asyncio.timeout(START_SECONDS):
            while self._run_file() in (None, before):
                if self._process.poll() is not None:
                    raise AssertionError(f"It did not start:\n{self.output.read_text()}")
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stop it as Ctrl-C does, and wait for its end."""
        for session in self._sessions:
            await session.close()
        self._sessions.clear()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            code = await asyncio.to_thread(self._process.wait, STOP_SECONDS)
            assert code == 0, self.output.read_text()

    def _run_file(self) -> int | None:
        """The identity of the present run.json."""
        with contextlib.suppress(OSError):
            return (self.state / "run.json").stat().st_ino
        return None

    def send(self, number: int) -> None:
        """Send a signal to the supervisor itself."""
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(STOP_SECONDS)

    async def fetch_mailbox(self, path: str) -> str:
        """A page of the mailbox, or an answer of its REST interface."""
        async with (
            aiohttp.ClientSession(base_url=self.run["mailbox"]) as session,
            session.get(path) as response,
        ):
            return await response.text()

    @property
    def run(self) -> dict[str, Any]:
        """The contents of run.json."""
        content: dict[str, Any] = json.loads((self.state / "run.json").read_text())
        return content

    @property
    def origin(self) -> str:
        return str(self.run["origin"])

    def pid(self, name: str) -> int:
        """The process id of a part."""
        return next(part["pid"] for part in self.run["processes"] if part["name"] == name)

    async def kill(self, name: str) -> None:
        """Kill a part with -9, and wait until it has been replaced."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        await self.replaced(name, pid)

    async def replaced(self, name: str, pid: int, seconds: float = 30) -> None:
        """Wait until a part has another process id than `pid`."""
        async with asyncio.timeout(seconds):
            while self.pid(name) == pid:
                await asyncio.sleep(0.05)

    def browser(
        self, *, site: str = "origin", like: Browser | None = None, network: str = "127.0.0.1"
    ) -> Browser:
        """A new browser, on the customers' site by default; it copies the cookies of `like` and has
        the loopback address `network`."""
        connector = aiohttp.TCPConnector(family=socket.AF_INET, local_addr=(network, 0))
        jar = aiohttp.CookieJar(unsafe=True)
        session = aiohttp.ClientSession(connector=connector, cookie_jar=jar)
        self._sessions.append(session)
        browser = Browser(session, str(self.run[site]), self._promises)
        if like is not None:
            browser.take_cookies(like)
        return browser

    async def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """The mails in the mailbox, newest first, with their texts."""
        found, start = [], 0
        async with aiohttp.ClientSession(base_url=self.run["mailbox"]) as session:
            while True:
                async with session.get(f"/api/v1/messages?start={start}&limit=500") as response:
                    page = (await response.json())["messages"]
                found += [m for m in page if to is None or m["To"][0]["Address"] == to]
                start += len(page)
                if len(page) < 500:
                    break
            for mail in found if to is not None else ():
                async with session.get(f"/api/v1/message/{mail['ID']}") as response:
                    mail.update(await response.json())
        return found

    async def mail(self, to: str, subject: str, *, count: int = 1) -> dict[str, Any]:
        """The newest mail to an address with this text in its subject, once `count` arrived."""
        async with asyncio.timeout(30):
            while True:
                found = [mail for mail in await self.mails(to) if subject in mail["Subject"]]
                if len(found) >= count:
                    return found[0]
                await asyncio.sleep(0.05)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `zaiseki …` beside the running product."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=ROOT,
            env=_clean_environment()
            | {"STATE_DIR": str(self.state), "ZAISEKI_BY": "tester"}
            | self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=180,
        )

    def dump_database(self) -> str:
        """Everything in the database, as pg_dump writes it."""
        return subprocess.run(
            [binaries.postgres("pg_dump"), owner_dsn(self._surroundings())],
            env={"PATH": os.defpath},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def query(self, statement: str) -> str:
        """The unformatted output of psql for one statement."""
        dsn = owner_dsn(self._surroundings())
        return subprocess.run(
            [binaries.postgres("psql"), "-XqAt", "-d", dsn, "-c", statement],
            env={"PATH": os.defpath},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    @property
    def redis_url(self) -> str:
        """The broker's URL."""
        return redis_url(self._surroundings())

    def redis(self) -> redis.Redis:
        """A client of the broker."""
        return redis.Redis.from_url(self.redis_url)

    def dump_broker(self) -> str:
        """Every key of the broker with its value."""
        with self.redis() as client:
            keys = list(client.scan_iter())
            return "\n".join(f"{key!r} {client.dump(key)!r}" for key in keys)

    def _surroundings(self) -> Surroundings:
        environment = {"STATE_DIR": str(self.state)} | self._environment
        return Surroundings(settings.read(environment), StateDirectory(self.state), environment)

    def logs(self) -> str:
        """All log lines of all parts."""
        files = sorted((self.state / "logs").glob("*"))
        return "\n".join(path.read_text(errors="replace") for path in files)

    def lines(self, *names: str) -> list[dict[str, Any]]:
        """The log lines of these parts, by default of every service's processes and the gateway."""
        parts = names or (*PROCESSES, "caddy")
        texts = [(self.state / "logs" / f"{part}.log").read_text() for part in parts]
        return [json.loads(line) for text in texts for line in text.splitlines()]

    async def lines_of(self, request_id: str, *, until: str = "request") -> list[dict[str, Any]]:
        """The log lines of a request in order of time, once it has a line of this event."""
        async with asyncio.timeout(30):
            while True:
                found = [line for line in self.lines() if line.get("request_id") == request_id]
                if any(line["event"] == until for line in found):
                    return sorted(found, key=lambda line: str(line["timestamp"]))
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def running(state: Path, **environment: str) -> AsyncIterator[Product]:
    """A product that is stopped at the end."""
    product = Product(state, environment)
    try:
        await product.start()
        yield product
    finally:
        await product.stop()


def token_in(mail: dict[str, Any]) -> str:
    """The token of the link in a mail's text."""
    found = re.search(r"#token=([A-Za-z0-9_-]+)", mail["Text"])
    assert found, mail["Text"]
    return found[1]


def code_in(mail: dict[str, Any]) -> str:
    """The six-digit code in a mail's text."""
    found = re.search(r"^(\d{6})\b", mail["Text"], re.MULTILINE)
    assert found, mail["Text"]
    return found[1]


def _clean_environment() -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _free_ports(count: int) -> Iterator[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in sockets]
    for server in sockets:
        server.close()
    yield from ports
