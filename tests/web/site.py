"""A service of a few routes, served like every service; a test sets its caller."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aiohttp
from aiohttp import web

from shared.health import Health
from shared.web import words
from shared.web.access import Access
from shared.web.application import Gate, build
from shared.web.caller import Anonymous, Caller, Member, Operator, OperatorRole
from shared.web.openapi import describe
from shared.web.rate_limit import RateLimiter
from shared.web.routing import Route
from shared.web.server import runner_of
from tests.promises import Promises

ORIGIN = "https://members.example"
OPERATOR_ORIGIN = "https://operators.example"
REQUEST_ID = "test-request-1"
NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
MEMBER = UUID("0197a000-0000-7000-8000-000000000001")
CUSTOMER = UUID("0197a000-0000-7000-8000-000000000002")

ANONYMOUS = Anonymous()


def member(**changes: Any) -> Member:
    """A signed-in member of the staff."""
    facts: dict[str, Any] = {
        "id": MEMBER,
        "session_id": MEMBER,
        "customer_id": CUSTOMER,
        "role": "staff",
        "authenticated_at": NOW,
        "network": "192.0.2.1",
    }
    return Member(**{**facts, **changes})


def operator(role: OperatorRole) -> Operator:
    return Operator(id=MEMBER, session_id=MEMBER, role=role, authenticated_at=NOW)


@dataclass
class Reply:
    status: int
    headers: Any
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.body["code"])


@dataclass
class Site:
    """`caller` is the caller of the next request, or the error that resolving it raises."""

    port: int
    session: aiohttp.ClientSession
    promises: Promises
    caller: Caller | Exception = ANONYMOUS
    asked: list[Access] = field(default_factory=list)
    health: Health = field(default_factory=lambda: Health("site", ready=()))

    async def resolve(self, _request: web.Request, access: Access) -> Caller:
        self.asked.append(access)
        if isinstance(self.caller, Exception):
            raise self.caller
        return self.caller

    async def send(
        self, method: str, path: str, data: bytes | str | None = None, **headers: str | None
    ) -> Reply:
        """A request from one of our pages; a header that is None is not sent."""
        sent = {
            "Origin": ORIGIN,
            "X-Request-Id": REQUEST_ID,
            **({"Content-Type": "application/json"} if data is not None else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        async with self.session.request(
            method,
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers={name: value for name, value in sent.items() if value is not None},
            skip_auto_headers=("Content-Type", "User-Agent"),
        ) as response:
            reply = Reply(response.status, response.headers, await response.text())
        if not isinstance(self.caller, Exception):  # a path that no document describes
            self.promises.judge(method, path, reply)
        return reply

    async def post(self, path: str, data: bytes | str | None = None, **headers: Any) -> Reply:
        return await self.send("POST", path, data, **headers)

    async def get(self, path: str, **headers: Any) -> Reply:
        return await self.send("GET", path, **headers)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A bare connection, for bytes that no client library would send."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def send_raw(self, data: bytes) -> bytes:
        """The server's complete answer to these bytes, until it closes the connection."""
        reader, writer = await self.connect()
        writer.write(data)
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.close()
        return answer


@asynccontextmanager
async def serve(routes: Sequence[Route], *, limiter: RateLimiter) -> AsyncIterator[Site]:
    """Serve the routes on a free port."""
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        site = Site(0, session, Promises(describe("web", routes, lambda _access: ())))
        gate = Gate(
            resolve=site.resolve,
            limiter=limiter,
            now=lambda: NOW,
            origins={"customers": ORIGIN, "operators": OPERATOR_ORIGIN},
        )
        runner = runner_of(build(routes, gate, site.health))
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            site.port = runner.addresses[0][1]
            yield site
        finally:
            await runner.cleanup()


def problem(status: int, code: str, retry_after: float | None = None, **more: Any) -> Any:
    """The literal body of a problem, in Japanese; test_problem.py has the literal texts."""
    said = words.problem(code, "ja", more, retry_after=retry_after)
    return {
        "type": "about:blank",
        "title": said.title,
        "status": status,
        "detail": said.detail,
        "code": code,
        "errors": [],
        "request_id": REQUEST_ID,
        **more,
    }


def fault(field: str, code: str, limit: int | None = None) -> dict[str, Any]:
    """The literal fault of a field, in Japanese."""
    bounds = {} if limit is None else {"limit": limit}
    return {"field": field, "code": code, "detail": words.fault(code, "ja", limit), **bounds}
