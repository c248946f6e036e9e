"""Tests that each connection to a database has its own session, as the services need it.

A pooler between them and PostgreSQL may use another connection for each transaction (PgBouncer's
`pool_mode = transaction`). Such a service seems to work as long as the others are idle.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg

from cli.session_proofs import ANSWER_SECONDS, PROOFS, Lost, Three
from shared.db import ACQUIRE_SECONDS, WRITES, Connection, session_settings

TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


async def lost(service: str, dsn: str) -> list[str]:
    """The properties that a session loses between two transactions, in words; normally none.

    The database is not changed: the lock and the channel have names of their own.

    Raises:
        *TROUBLE: There is no connection.
    """
    found = []
    settings = session_settings(service)
    try:
        async with _three(dsn, settings) as three:
            await _keeps_settings(three.ours, settings)
    except (*TROUBLE, Lost) as error:
        found.append(f"session settings ({_first_line(error)})")
    for name, proof in PROOFS.items():
        async with _three(dsn, {}) as three:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await proof(three)
            except (*TROUBLE, Lost):
                found.append(name)
    return found


@asynccontextmanager
async def _three(dsn: str, settings: dict[str, str]) -> AsyncIterator[Three]:
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(3):
            connection = await asyncpg.connect(
                dsn,
                timeout=ACQUIRE_SECONDS,
                command_timeout=ANSWER_SECONDS,
                target_session_attrs=WRITES,
                server_settings=settings,
                statement_cache_size=0,
            )
            stack.callback(connection.terminate)
            opened.append(connection)
        yield Three(*opened)


async def _keeps_settings(ours: Connection, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        if name.startswith("tcp_") or name == "application_name":
            continue  # a Unix socket has no keepalive; a pooler may add to our name
        async with ours.transaction():
            found = await ours.fetchval("select current_setting($1, true)", name)
        if found != value:
            raise Lost(f"{name} is {found or 'not set'}")


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
