"""PostgreSQL: the connection pool of a process, and its named transactions, with time limits.

Without limits asyncpg can wait without end, even after a cancellation. The limits here make sure
that every request ends (docs/architecture.md).
"""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.connect_utils import SessionAttribute
from asyncpg.pool import PoolConnectionProxy
from asyncpg.transaction import Transaction

from shared import tracing
from shared.commits import Conflict, collecting, committed
from shared.logging import get_logger
from shared.metrics import TRANSACTION_SECONDS, TRANSACTIONS_CONFLICTED
from shared.refusal import Refusal
from shared.temporary import is_temporary

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:  # asyncpg's classes are generic for the type checker only
    Connection = asyncpg.Connection | PoolConnectionProxy

log = get_logger("db")

ACQUIRE_SECONDS = 3.0
COMMAND_SECONDS = 5.0

WRITES = SessionAttribute.read_write
EXPIRE_PAUSE_SECONDS = 1.0
FULL_SECONDS = 15.0

_SPOILED_CLASSES = frozenset({"08", "25", "28", "57", "58", "XX"})
"""Classes of SQLSTATE after which a connection is not used again; after `57014` (a statement
exceeded its time limit) it is still usable."""


SLOW_SECONDS = 1.0
"""Transactions that take longer are logged."""


class DatabaseUnreachable(Refusal):
    """There is no connection: no server answers, accepts the login, or accepts writes."""


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Counts the connections of a pool: in use, open but idle, and allowed."""

    used: int
    idle: int
    limit: int


class Database:
    """Manages the connection pool of one process. `on_commit` is called after each commit."""

    def __init__(
        self,
        pool: "asyncpg.Pool[asyncpg.Record]",
        on_commit: Callable[[], None] = lambda: None,
        *,
        service: str,
    ) -> None:
        self._pool = pool
        self._service = service
        self._on_commit = on_commit
        self._expired_at = self._full_at = float("-inf")

    @property
    def use(self) -> PoolUse:
        """Return the current use of the pool."""
        idle = self._pool.get_idle_size()
        return PoolUse(self._pool.get_size() - idle, idle, self._pool.get_max_size())

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Take a connection for reading; each statement is its own transaction.

        A broken connection is closed. Releasing the connection never raises, because by then the
        results and errors of all statements are known.
        """
        connection = await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        try:
            yield connection
        except BaseException as error:
            await self._judge(connection, error)
            raise
        finally:
            await self._give_back(connection)

    @asynccontextmanager
    async def transaction(self, name: str) -> AsyncIterator[Connection]:
        """Begin a transaction: state and outbox rows commit together or not at all.

        `name` describes the work in a few fixed words, for its span, metrics and log lines. An
        exception in the block is raised again, even if the rollback fails too: the first cause
        decides whether the failure is temporary.
        """
        async with self.connection() as connection:
            with self._named(name), collecting() as acts:
                # `async with connection.transaction()` would hide the first cause behind its own.
                transaction = connection.transaction()
                await transaction.start()
                try:
                    yield connection
                except BaseException:
                    await _roll_back(connection, transaction)
                    raise
                await transaction.commit()
        committed(acts)
        self._on_commit()

    @asynccontextmanager
    async def snapshot(self, name: str) -> AsyncIterator[Connection]:
        """Begin a read-only transaction in which all statements see the same state of the database.

        It does not block writers, and does not wait for them.
        """
        async with (
            self.connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            with self._named(name):
                yield connection

    @contextmanager
    def _named(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        with tracing.span_within(f"transaction {name}", "internal"):
            try:
                yield
            except Conflict:
                TRANSACTIONS_CONFLICTED.labels(self._service, name).inc()
                raise
            finally:
                seconds = time.monotonic() - began
                TRANSACTION_SECONDS.labels(self._service, name).observe(seconds)
                if seconds > SLOW_SECONDS:
                    log.warning("a slow transaction", name=name, seconds=round(seconds, 3))

    def require_space(self) -> None:
        """Check that the server's disk has not been full recently.

        Raises:
            asyncpg.DiskFullError: A statement failed because of a full disk in the last 15 seconds.
        """
        if time.monotonic() - self._full_at < FULL_SECONDS:
            raise asyncpg.DiskFullError("the server's disk is full")

    async def _give_back(self, connection: PoolConnectionProxy) -> None:
        try:
            await self._pool.release(connection, timeout=ACQUIRE_SECONDS)
        except Exception as error:  # the pool has closed it
            log.warning("a connection was lost at its end", error=repr(error))

    async def _judge(self, connection: Connection, error: BaseException) -> None:
        """Close a broken connection; after a failover, all others too.

        If a connection gets no answer within the limit, which is longer than the server's own
        limit, the others are broken too: the network or the server's machine has failed.
        """
        if isinstance(error, asyncpg.DiskFullError):
            self._full_at = time.monotonic()
        if _spoils(error):
            _terminate(connection)
        of_all = isinstance(error, asyncpg.ReadOnlySQLTransactionError | TimeoutError)
        if of_all and time.monotonic() - self._expired_at > EXPIRE_PAUSE_SECONDS:
            self._expired_at = time.monotonic()
            log.warning("all connections are opened anew", error=repr(error))
            await self._pool.expire_connections()


def _spoils(error: BaseException) -> bool:
    """Return whether the error makes its connection unusable."""
    if isinstance(error, asyncpg.QueryCanceledError):
        return False
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "")[:2] in _SPOILED_CLASSES
    kinds = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
    return isinstance(error, kinds)


async def _roll_back(connection: Connection, transaction: Transaction) -> None:
    try:
        await transaction.rollback()
    except Exception as error:
        log.warning("a rollback failed", error=repr(error))
        _terminate(connection)  # which rolls back too


def _terminate(connection: Connection) -> None:
    with suppress(asyncpg.InterfaceError):  # the pool has it back already
        connection.terminate()


@asynccontextmanager
async def open_database(
    dsn: str,
    *,
    schema: str,
    size: int = 8,
    on_commit: Callable[[], None] = lambda: None,
    trial_clock: bool = False,
) -> AsyncIterator[Database]:
    """Open the pool of one process. Statements name the tables of `schema` without the schema.

    The pool connects only to servers that accept writes, so after a failover it finds the new
    primary.
    """
    pool = await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        timeout=ACQUIRE_SECONDS,
        command_timeout=COMMAND_SECONDS,
        max_inactive_connection_lifetime=300,
        target_session_attrs=WRITES,
        server_settings=session_settings(schema, trial_clock=trial_clock),
    )
    try:
        yield Database(pool, on_commit, service=schema)
    finally:
        await _close(pool)


async def _close(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    try:
        await pool.close()
    except Exception as error:  # a server that has failed does not answer
        log.warning("the pool was not closed in order", error=repr(error))
        pool.terminate()


@asynccontextmanager
async def connect(dsn: str, service: str) -> AsyncIterator[Connection]:
    """Open one connection without a pool, for commands that read or change a service's database.

    Raises:
        DatabaseUnreachable: No connection was possible within 3 seconds.
    """
    try:
        connection = await asyncpg.connect(
            dsn, timeout=ACQUIRE_SECONDS, target_session_attrs=WRITES
        )
    except Exception as error:
        if not is_temporary(error):
            raise
        reason = str(error).partition("\n")[0] or f"no answer within {ACQUIRE_SECONDS:.0f} s"
        raise DatabaseUnreachable(
            f"The database of {service} cannot be reached: {reason}."
        ) from error
    try:
        yield connection
    finally:
        await connection.close()


def session_settings(schema: str, *, trial_clock: bool = False) -> dict[str, str]:
    """Return the session settings of each connection of a service."""
    return {
        "application_name": f"zaiseki-{schema}",
        "search_path": schema,
        "statement_timeout": "4500ms",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "10s",
        # Without these, the locks of a failed client machine would be held for hours.
        "tcp_keepalives_idle": "20s",
        "tcp_keepalives_interval": "10s",
        "tcp_keepalives_count": "3",
        "timezone": "UTC",
        "zaiseki.trial_clock": "on" if trial_clock else "off",
    }
