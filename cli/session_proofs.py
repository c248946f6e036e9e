"""Tests of a service's needs of a session, while other clients use the same server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from shared.crypto import new_id
from shared.db import Connection

ANSWER_SECONDS = 3.0
_ROUNDS = 4
"""How often each test is repeated: a pooler may give back the same connection by chance."""


@dataclass(frozen=True)
class Three:
    """The tested connection; one that is in a transaction meanwhile; and one more."""

    ours: Connection
    busy: Connection
    other: Connection


Proof = Callable[[Three], Awaitable[None]]


class Lost(Exception):
    """A part of the session was lost; the text may name it."""


@asynccontextmanager
async def _others_busy(three: Three) -> AsyncIterator[None]:
    """Another client uses the server meanwhile, perhaps on the connection that we had."""
    async with three.busy.transaction():
        await three.busy.execute("select 1")
        yield


async def _keeps_statements(three: Three) -> None:
    statement = await three.ours.prepare("select 1", name="zaiseki_check")
    await statement.fetchval()
    async with _others_busy(three):
        for _ in range(_ROUNDS):
            await statement.fetchval()


async def _hears(three: Three) -> None:
    channel = f"zaiseki_check_{new_id().hex}"
    heard = asyncio.Event()
    async with three.ours.transaction():
        await three.ours.add_listener(channel, lambda *_: heard.set())
    async with _others_busy(three), asyncio.timeout(ANSWER_SECONDS):
        async with three.other.transaction():
            await three.other.execute(f"notify {channel}")
        await heard.wait()


async def _keeps_locks(three: Three) -> None:
    key = new_id().int % 2**62
    async with three.ours.transaction():
        await three.ours.fetchval("select pg_try_advisory_lock($1)", key)
    async with _others_busy(three):
        held = [await _holds(three.ours, key) for _ in range(_ROUNDS)]
        if await _holds(three.busy, key):
            await three.busy.fetchval("select pg_advisory_unlock($1)", key)
            raise Lost
    if not all(held):
        raise Lost


async def _holds(connection: Connection, key: int) -> bool:
    async with connection.transaction():
        held: bool = await connection.fetchval(
            """
            select exists (
                select from pg_locks
                where locktype = 'advisory' and pid = pg_backend_pid()
                  and (classid::bigint << 32) | objid::bigint = $1
            )
            """,
            key,
        )
    return held


PROOFS: dict[str, Proof] = {
    "prepared statements": _keeps_statements,
    "LISTEN": _hears,
    "advisory locks of a session": _keeps_locks,
}
