"""The pool of a process: its time limits, its repairs, and the commit that wakes the relay."""

import asyncio

import asyncpg
import pytest
from asyncpg.connect_utils import SessionAttribute
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from shared import db as module
from shared.db import Database, DatabaseUnreachable, connect, open_database
from shared.temporary import is_temporary
from tests.conftest import TestDatabase


async def test_a_commit_wakes_the_relay_and_a_rollback_does_not(database: TestDatabase) -> None:
    calls: list[str] = []
    opening = open_database(
        database.dsn("auth"), schema="auth", on_commit=lambda: calls.append("committed")
    )
    async with opening as db:
        async with db.transaction("test"):
            assert calls == []
        assert calls == ["committed"]
        with pytest.raises(ZeroDivisionError):
            async with db.transaction("test"):
                raise ZeroDivisionError
        async with db.connection():
            pass
        assert calls == ["committed"]


async def test_statements_find_only_tables_of_their_own_schema(auth_db: Database) -> None:
    async with auth_db.connection() as connection:
        assert await connection.fetchval("select current_schemas(false)") == ["auth"]
        assert await connection.fetchval("show timezone") == "UTC"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("select * from membership.outbox")


async def test_a_statement_waits_two_seconds_for_a_lock(auth_db: Database) -> None:
    async with auth_db.transaction("test") as first:
        await first.execute("lock table inbox")
        assert await first.fetchval("show lock_timeout") == "2s"
        with pytest.raises(asyncpg.LockNotAvailableError):
            async with auth_db.transaction("test") as second:
                await second.execute("lock table inbox")


async def test_a_pool_without_a_free_connection_fails_after_a_limited_wait(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.ACQUIRE_SECONDS == 3
    async with (
        open_database(database.dsn("auth"), schema="auth", size=1) as db,
        db.connection(),
        asyncio.timeout(30),
    ):
        monkeypatch.setattr(module, "ACQUIRE_SECONDS", 0.1)
        with pytest.raises(TimeoutError):
            async with db.connection():
                pass


async def cut_in_the_middle(db: Database, owner_dsn: str) -> None:
    async with db.transaction("test") as connection:
        owner = await asyncpg.connect(owner_dsn)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where usename = 'zaiseki_auth' and datname = current_database()"
        )
        await owner.close()
        await connection.execute("select 1")


async def test_a_cut_connection_is_a_temporary_error_and_the_pool_recovers(
    database: TestDatabase,
) -> None:
    async with open_database(database.dsn("auth"), schema="auth", size=2) as db:
        # asyncpg raises different errors, depending on when it notices.
        with pytest.raises(Exception) as caught:  # noqa: PT011
            await cut_in_the_middle(db, database.owner_dsn)
        assert is_temporary(caught.value)
        async with asyncio.timeout(5), db.transaction("test") as connection:
            assert await connection.fetchval("select 1") == 1


async def use_all(db: Database, statement: str) -> list[str]:
    """Run a statement on every connection of a pool of three at once; the errors."""
    all_have_one = asyncio.Barrier(3)

    async def use() -> None:
        async with db.connection() as connection:
            await all_have_one.wait()
            await connection.execute(statement)

    results = await asyncio.gather(*(use() for _ in range(3)), return_exceptions=True)
    return [type(one).__name__ for one in results if one is not None]


@pytest.mark.parametrize(
    ("pause", "errors"), [(0.0, []), (float("inf"), ["ReadOnlySQLTransactionError"] * 2)]
)
async def test_after_a_failover_every_pooled_connection_is_replaced(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, pause: float, errors: list[str]
) -> None:
    """Behind a proxy, connections to a server that became read-only stay read-only.

    With an endless pause no connection expires, and each would have to fail a request first.
    """
    monkeypatch.setattr(module, "WRITES", SessionAttribute.any)
    monkeypatch.setattr(module, "EXPIRE_PAUSE_SECONDS", pause)
    owner = await asyncpg.connect(database.owner_dsn)
    name = await owner.fetchval("select current_database()")
    setting = f"alter role zaiseki_auth in database {name}"
    await owner.execute(f"{setting} set default_transaction_read_only = on")
    async with open_database(database.dsn("auth"), schema="auth", size=3) as db:
        assert await use_all(db, "select 1") == []
        await owner.execute(f"{setting} reset default_transaction_read_only")
        await owner.close()
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            async with db.connection() as connection:
                await connection.execute("delete from inbox")
        assert await use_all(db, "delete from inbox") == errors


async def test_a_read_only_server_is_not_connected_to(database: TestDatabase) -> None:
    owner = await asyncpg.connect(database.owner_dsn)
    name = await owner.fetchval("select current_database()")
    await owner.execute(
        f"alter role zaiseki_auth in database {name} set default_transaction_read_only = on"
    )
    await owner.close()
    with pytest.raises(DatabaseUnreachable, match="read_write"):
        async with connect(database.dsn("auth"), "auth"):
            pass


async def test_a_full_disk_is_remembered_for_a_while(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(asyncpg.DiskFullError):
        async with auth_db.transaction("test") as connection:
            await connection.execute("do $$ begin raise 'full' using errcode = 'disk_full'; end $$")
    with pytest.raises(asyncpg.DiskFullError):
        auth_db.require_space()
    monkeypatch.setattr(module, "FULL_SECONDS", 0.0)
    auth_db.require_space()


def counted(metric: str, name: str) -> float:
    found = REGISTRY.get_sample_value(metric, {"service": "auth", "name": name})
    return found or 0.0


async def test_a_transaction_is_measured_and_a_slow_one_logged_by_its_name(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counted("zaiseki_transaction_seconds_count", "walk slowly")
    with capture_logs() as lines:
        monkeypatch.setattr(module, "SLOW_SECONDS", 600)
        async with auth_db.transaction("walk quickly"):
            pass
        monkeypatch.setattr(module, "SLOW_SECONDS", 0)
        async with auth_db.transaction("walk slowly"):
            pass
        async with auth_db.snapshot("look slowly"):
            pass
    slow = [line["name"] for line in lines if line["event"] == "a slow transaction"]
    assert slow == ["walk slowly", "look slowly"]
    assert counted("zaiseki_transaction_seconds_count", "walk slowly") == before + 1
