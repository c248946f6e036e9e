"""PostgreSQL: the pool of a process and its transactions, with time limits on everything.

asyncpg waits for ever unless it is told otherwise, even after a cancellation, so the limits here
are part of the promise that every request ends (docs/architecture.md).
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.refusal import Refusal

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:  # asyncpg's classes are generic for the type checker only
    Connection = asyncpg.Connection | PoolConnectionProxy

ACQUIRE_SECONDS = 3.0
COMMAND_SECONDS = 5.0

TEMPORARY_ERRORS: tuple[type[Exception], ...] = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.TransactionRollbackError,  # deadlocks and serialization failures
    asyncpg.LockNotAvailableError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,  # shutdown, and a statement over its time
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""What goes away by itself: nothing is wrong with whatever was being done."""

_NO_CONNECTION: tuple[type[Exception], ...] = (*TEMPORARY_ERRORS, asyncpg.PostgresError)


class DatabaseUnreachable(Refusal):
    """There is no connection: nobody answers, or lets us in."""


@dataclass(frozen=True, slots=True)
class PoolUse:
    """How many connections of a pool are in use, open but idle, and allowed."""

    used: int
    idle: int
    limit: int


class Database:
    """The pool of one process. `on_commit` is called after each commit, to wake the relay."""

    def __init__(
        self, pool: "asyncpg.Pool[asyncpg.Record]", on_commit: Callable[[], None] = lambda: None
    ) -> None:
        self._pool = pool
        self._on_commit = on_commit

    @property
    def use(self) -> PoolUse:
        """How the pool is used at the moment."""
        idle = self._pool.get_idle_size()
        return PoolUse(self._pool.get_size() - idle, idle, self._pool.get_max_size())

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for reading, each statement by itself."""
        async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One unit of work: state and outbox rows commit together or not at all."""
        async with self.connection() as connection, connection.transaction():
            yield connection
        self._on_commit()


@asynccontextmanager
async def open_database(
    dsn: str,
    *,
    schema: str,
    size: int = 8,
    on_commit: Callable[[], None] = lambda: None,
    trial_clock: bool = False,
) -> AsyncIterator[Database]:
    """Open the pool of one process; statements name the tables of `schema` without it."""
    pool = await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        timeout=ACQUIRE_SECONDS,
        command_timeout=COMMAND_SECONDS,
        max_inactive_connection_lifetime=300,
        server_settings=session_settings(schema, trial_clock=trial_clock),
    )
    try:
        yield Database(pool, on_commit)
    finally:
        await pool.close()


@asynccontextmanager
async def connect(dsn: str, service: str) -> AsyncIterator[Connection]:
    """One connection outside of any pool, for whoever looks at a service's database or changes it.

    Raises:
        DatabaseUnreachable: There is none within 3 seconds.
    """
    try:
        connection = await asyncpg.connect(dsn, timeout=ACQUIRE_SECONDS)
    except _NO_CONNECTION as error:
        reason = str(error).partition("\n")[0] or f"no answer within {ACQUIRE_SECONDS:.0f} s"
        raise DatabaseUnreachable(
            f"The database of {service} cannot be reached: {reason}."
        ) from error
    try:
        yield connection
    finally:
        await connection.close()


def session_settings(schema: str, *, trial_clock: bool = False) -> dict[str, str]:
    """What each connection of a service tells the server."""
    return {
        "application_name": f"zaiseki-{schema}",
        "search_path": schema,
        "statement_timeout": "4500ms",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "10s",
        "timezone": "UTC",
        "zaiseki.trial_clock": "on" if trial_clock else "off",
    }
