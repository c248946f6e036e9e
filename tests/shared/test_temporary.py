"""P1, P5: which errors are temporary. A broken rule, constraint or line of our code is not."""

import asyncio
import concurrent.futures

import asyncpg
import pytest
from pydantic import BaseModel, ValidationError

from shared.db import Database
from shared.errors import Conflict, Invalid, NotFound, TooManyRequests, Unavailable
from shared.refusal import Refusal
from shared.temporary import Interrupted, cancelled_within, is_temporary
from tests.conftest import TestDatabase


class Shape(BaseModel):
    number: int


def invalid() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Shape.model_validate({"number": "x"})
    return caught.value


PASSING = (
    *(OSError(), ConnectionResetError(), TimeoutError(), MemoryError(), EOFError()),
    *(asyncio.CancelledError(), concurrent.futures.CancelledError(), Interrupted()),
    Unavailable(retry_after=1),
    *(asyncpg.InterfaceError("x"), asyncpg.InternalClientError("x"), asyncpg.ProtocolError("x")),
    asyncpg.TargetServerAttributeNotMatched("x"),
    *(asyncpg.ConnectionDoesNotExistError("x"), asyncpg.ConnectionFailureError("x")),
    *(asyncpg.ReadOnlySQLTransactionError("x"), asyncpg.InFailedSQLTransactionError("x")),
    asyncpg.IdleInTransactionSessionTimeoutError("x"),
    *(asyncpg.InvalidPasswordError("x"), asyncpg.InvalidAuthorizationSpecificationError("x")),
    *(asyncpg.InvalidCatalogNameError("x"), asyncpg.InvalidSchemaNameError("x")),
    *(asyncpg.DeadlockDetectedError("x"), asyncpg.SerializationError("x")),
    *(asyncpg.TooManyConnectionsError("x"), asyncpg.DiskFullError("x")),
    *(asyncpg.LockNotAvailableError("x"), asyncpg.ObjectInUseError("x")),
    *(asyncpg.QueryCanceledError("x"), asyncpg.AdminShutdownError("x")),
    *(asyncpg.CannotConnectNowError("x"), asyncpg.PostgresIOError("x")),
    *(asyncpg.InternalServerError("x"), asyncpg.DataCorruptedError("x")),
    *(asyncpg.InvalidCachedStatementError("x"), asyncpg.InvalidSQLStatementNameError("x")),
    *(asyncpg.InsufficientPrivilegeError("x"), asyncpg.UndefinedTableError("x")),
    *(asyncpg.UndefinedColumnError("x"), asyncpg.UndefinedFunctionError("x")),
    asyncpg.UnknownPostgresError("x"),
)
OWN = (
    *(Conflict(), Invalid(), NotFound(), TooManyRequests(retry_after=1), Refusal("no")),
    *(asyncpg.UniqueViolationError("x"), asyncpg.CheckViolationError("x")),
    *(asyncpg.ForeignKeyViolationError("x"), asyncpg.NotNullViolationError("x")),
    *(asyncpg.DataError("x"), asyncpg.NumericValueOutOfRangeError("x")),
    *(asyncpg.StringDataRightTruncationError("x"), asyncpg.CharacterNotInRepertoireError("x")),
    *(asyncpg.ProgramLimitExceededError("x"), asyncpg.CardinalityViolationError("x")),
    *(asyncpg.PostgresSyntaxError("x"), asyncpg.DatatypeMismatchError("x")),
    asyncpg.RaiseError("x"),
    *(KeyError("x"), TypeError(), AttributeError(), IndexError(), ZeroDivisionError()),
    *(AssertionError(), NameError(), RuntimeError(), RecursionError()),
    *(ValueError(), UnicodeEncodeError("ascii", "é", 0, 1, "x"), invalid()),
)


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_a_failure_without_a_known_fault_of_the_message_is_temporary(error: BaseException) -> None:
    assert is_temporary(error)


@pytest.mark.parametrize("error", OWN, ids=lambda error: type(error).__name__)
def test_a_broken_rule_constraint_or_line_of_our_code_is_not_temporary(error: Exception) -> None:
    assert not is_temporary(error)


def test_a_pool_of_threads_that_shuts_down_is_temporary() -> None:
    pool = concurrent.futures.ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(RuntimeError) as caught:
        pool.submit(print)
    assert is_temporary(caught.value)
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("ours")
    assert not is_temporary(caught.value)


@pytest.mark.parametrize(
    ("statement", "value", "own"),
    [
        ("select $1::int", 2**40, True),
        ("select $1::text", "a\0b", True),
        ("select $1::text", "\ud800", True),
        ("select nothing_here($1::text)", "x", False),
    ],
)
async def test_errors_of_server_and_client_about_a_value_are_not_temporary(
    auth_db: Database, statement: str, value: object, own: bool
) -> None:
    async with auth_db.connection() as connection:
        with pytest.raises(asyncpg.PostgresError) as caught:
            await connection.fetchval(statement, value)
    assert is_temporary(caught.value) is not own


@pytest.mark.parametrize(
    ("cause", "own"),
    [(KeyError("ours"), True), (asyncpg.UniqueViolationError("x"), True), (OSError(), False)],
    ids=["our_bug", "a_constraint", "a_connection"],
)
async def test_the_first_cause_decides_even_if_the_rollback_fails_too(
    auth_db: Database, database: TestDatabase, cause: Exception, own: bool
) -> None:
    """`async with connection.transaction()` of asyncpg would hide it behind an InterfaceError."""
    owner = await asyncpg.connect(database.owner_dsn)

    async def fail() -> None:
        async with auth_db.transaction("test") as connection:
            pid = await connection.fetchval("select pg_backend_pid()")
            await owner.execute("select pg_terminate_backend($1, 1000)", pid)
            raise cause

    with pytest.raises(type(cause)) as caught:
        await fail()
    assert caught.value is cause
    assert is_temporary(caught.value) is not own

    async def fail_as_asyncpg_does() -> None:
        async with auth_db.connection() as connection, connection.transaction():
            pid = await connection.fetchval("select pg_backend_pid()")
            await owner.execute("select pg_terminate_backend($1, 1000)", pid)
            raise cause

    with pytest.raises(Exception) as hidden:  # noqa: PT011 (any error but the cause)
        await fail_as_asyncpg_does()
    assert hidden.value is not cause
    await owner.close()


async def test_the_cancellation_of_another_future_is_an_ordinary_failure() -> None:
    shared: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    shared.cancel()
    with pytest.raises(Interrupted), cancelled_within():
        await shared


async def test_the_cancellation_of_the_task_ends_it() -> None:
    async def work() -> None:
        with cancelled_within():
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
