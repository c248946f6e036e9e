"""The pool of a process: limits on everything, and a commit that wakes the relay."""

import asyncio

import asyncpg
import pytest

from shared import db as module
from shared.db import TEMPORARY_ERRORS, Database, open_database
from tests.conftest import TestDatabase


async def test_a_commit_calls_and_a_rollback_does_not(database: TestDatabase) -> None:
    calls: list[str] = []
    opening = open_database(
        database.dsn("auth"), schema="auth", on_commit=lambda: calls.append("committed")
    )
    async with opening as db:
        async with db.transaction():
            assert calls == []
        assert calls == ["committed"]
        with pytest.raises(ZeroDivisionError):
            async with db.transaction():
                raise ZeroDivisionError
        async with db.connection():
            pass
        assert calls == ["committed"]


async def test_statements_name_tables_of_their_own_schema_only(auth_db: Database) -> None:
    async with auth_db.connection() as connection:
        assert await connection.fetchval("select current_schemas(false)") == ["auth"]
        assert await connection.fetchval("show timezone") == "UTC"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("select * from membership.outbox")


async def test_a_lock_is_waited_for_two_seconds(auth_db: Database) -> None:
    async with auth_db.transaction() as first:
        await first.execute("lock table inbox")
        async with asyncio.timeout(3.5):
            with pytest.raises(asyncpg.LockNotAvailableError):
                async with auth_db.transaction() as second:
                    await second.execute("lock table inbox")


async def test_a_pool_without_a_free_connection_says_so_in_time(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.ACQUIRE_SECONDS == 3
    monkeypatch.setattr(module, "ACQUIRE_SECONDS", 0.1)
    async with (
        open_database(database.dsn("auth"), schema="auth", size=1) as db,
        db.connection(),
        asyncio.timeout(1),
    ):
        with pytest.raises(TimeoutError):
            async with db.connection():
                pass


async def cut_in_the_middle(db: Database, owner_dsn: str) -> None:
    async with db.transaction() as connection:
        owner = await asyncpg.connect(owner_dsn)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where usename = 'zaiseki_auth' and datname = current_database()"
        )
        await owner.close()
        await connection.execute("select 1")


async def test_a_cut_connection_is_passing_trouble_and_the_pool_heals(
    database: TestDatabase,
) -> None:
    async with open_database(database.dsn("auth"), schema="auth", size=2) as db:
        with pytest.raises(TEMPORARY_ERRORS):
            await cut_in_the_middle(db, database.owner_dsn)
        async with asyncio.timeout(1), db.transaction() as connection:
            assert await connection.fetchval("select 1") == 1


@pytest.mark.parametrize(
    "error",
    [asyncpg.UniqueViolationError, asyncpg.CheckViolationError, asyncpg.DataError,
     asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError],
    ids=lambda error: error.__name__,
)  # fmt: skip
def test_a_fault_of_the_data_or_of_ours_is_no_passing_trouble(error: type[Exception]) -> None:
    assert not issubclass(error, TEMPORARY_ERRORS)
