"""Proves that a connection to a database is a session of its own, as the services need it.

A pooler may stand between them and PostgreSQL, and give each transaction another connection of its
own (PgBouncer's `pool_mode = transaction`). Then a service seems to work while one is idle.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg

from cli.session_proofs import ANSWER_SECONDS, PROOFS, Lost, Three
from shared.db import ACQUIRE_SECONDS, WRITES, Connection, session_settings

TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


async def lost(service: str, dsn: str) -> list[str]:
    """What a session loses between two transactions, in words; nothing where all is well.

    Nothing is changed: the lock and the channel have names made for this question.

    Raises:
        *TROUBLE: There is no connection.
    """
    found = []
    settings = session_settings(service)
    try:
        async with _three(dsn, settings) as three:
            await _keeps_settings(three.ours, settings)
    except (*TROUBLE, Lost) as error:
        found.append(f"the settings of a session ({_first_line(error)})")
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
            continue  # a socket of the machine has no keepalive; a pooler may add to our name
        async with ours.transaction():
            found = await ours.fetchval("select current_setting($1, true)", name)
        if found != value:
            raise Lost(f"{name} is {found or 'not set'}")


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
