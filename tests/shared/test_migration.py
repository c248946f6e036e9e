"""Migrations: numbered SQL that runs once, even if it is started several times."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from shared import schema
from shared.db import DatabaseUnreachable
from shared.migration import Role, migrate, waiting
from shared.schema import MigrationError, SchemaMismatch
from tests.conftest import ROLE_PASSWORD, TestDatabase, prepare
from tests.servers import Servers

AUTH = Role("zaiseki_auth", ROLE_PASSWORD)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with one shared migration, and those of auth."""
    (tmp_path / "shared/sql").mkdir(parents=True)
    (tmp_path / "services/auth/storage/migrations").mkdir(parents=True)
    (tmp_path / "shared/sql/0001_shared.sql").write_text("-- before\ncreate table a (n int);\n")
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    write(tmp_path, "0001_first", "-- before\ncreate table b (n int);\n")
    return tmp_path


def write(tree: Path, name: str, sql: str) -> None:
    (tree / f"services/auth/storage/migrations/{name}.sql").write_text(sql)


@pytest.fixture
def dsn(servers: Servers) -> Iterator[str]:
    name = f"migrated_{secrets.token_hex(4)}"
    yield servers.create_database(name)
    servers.drop_database(name)


@pytest_asyncio.fixture
async def connection(dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


async def run(dsn: str, *, after: bool = True) -> list[str]:
    """The names of the migrations that ran."""
    return [one.name for one in await migrate("auth", dsn, role=AUTH, after=after)]


async def test_the_products_own_migrations_can_run_twice(dsn: str) -> None:
    for _ in range(2):
        await prepare(dsn)


async def test_each_migration_runs_once_in_order_shared_ones_first(tree: Path, dsn: str) -> None:
    assert await run(dsn) == ["shared/0001_shared", "auth/0001_first"]
    write(tree, "0002_second", "-- after\nalter table b add column m int;\n")
    assert await run(dsn) == ["auth/0002_second"]
    assert await run(dsn) == []


async def test_a_migration_of_phase_after_waits_until_it_is_requested(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """One in front of a `before` belongs to an earlier release, and runs in its place."""
    (tree / "shared/sql/0002_tidy.sql").write_text("-- after\ndrop table a;\n")
    write(tree, "0002_of_the_last_release", "-- after\nalter table b rename to c;\n")
    write(tree, "0003_next", "-- before\nalter table c add column m int;\n")
    write(tree, "0004_tidy", "-- after\nalter table c drop column n;\n")
    assert await run(dsn, after=False) == [
        "shared/0001_shared", "auth/0001_first", "auth/0002_of_the_last_release", "auth/0003_next",
    ]  # fmt: skip
    assert [one.name for one in await waiting("auth", dsn)] == [
        "shared/0002_tidy",
        "auth/0004_tidy",
    ]
    assert await run(dsn, after=False) == []
    assert await run(dsn) == ["shared/0002_tidy", "auth/0004_tidy"]
    assert await waiting("auth", dsn) == []
    phases = await connection.fetch("select name, phase from auth.migrations")
    assert {row["name"]: row["phase"] for row in phases} == {
        "shared/0001_shared": "before",
        "shared/0002_tidy": "after",
        "auth/0001_first": "before",
        "auth/0002_of_the_last_release": "after",
        "auth/0003_next": "before",
        "auth/0004_tidy": "after",
    }


async def test_listing_waiting_migrations_changes_nothing(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    assert len(await waiting("auth", dsn)) == 2
    assert await connection.fetchval("select to_regnamespace('auth')") is None


async def test_concurrent_runs_wait_for_each_other(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    write(tree, "0002_slow", "-- before\nselect pg_sleep(0.2);\ninsert into b values (1);\n")
    ran = await asyncio.gather(*(run(dsn) for _ in range(4)))
    assert sorted(len(names) for names in ran) == [0, 0, 0, 3]
    assert await connection.fetchval("select count(*) from auth.b") == 1


async def test_a_process_that_starts_does_not_wait_for_a_running_migration(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await run(dsn)
    write(tree, "0002_long", "-- before\nselect pg_advisory_xact_lock(4711);\n")
    await connection.execute("select pg_advisory_lock(4711)")
    running = asyncio.create_task(run(dsn))
    waits = "select exists (select from pg_locks where locktype = 'advisory' and not granted)"
    async with asyncio.timeout(20):
        while not await connection.fetchval(waits):
            await asyncio.sleep(0.01)
        with pytest.raises(SchemaMismatch, match="0002_long"):
            await schema.require("auth", dsn)
    assert not running.done()
    await connection.execute("select pg_advisory_unlock(4711)")
    assert await running == ["auth/0002_long"]


async def test_a_migration_that_was_changed_after_it_ran_is_refused(tree: Path, dsn: str) -> None:
    await run(dsn)
    write(tree, "0001_first", "-- before\ncreate table b (n bigint);\n")
    write(tree, "0002_second", "-- before\ncreate table c (n int);\n")
    for call in (run(dsn), waiting("auth", dsn)):
        with pytest.raises(MigrationError) as caught:
            await call
        assert str(caught.value) == (
            "auth/0001_first was changed after it ran; add a new one instead"
        )


@pytest.mark.parametrize("sql", ["create table c (n int);\n", "", "-- sometime\n", "--\n"])
async def test_a_migration_without_a_phase_is_refused(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]", sql: str
) -> None:
    write(tree, "0002_second", sql)
    with pytest.raises(MigrationError) as caught:
        await run(dsn)
    assert str(caught.value) == (
        "auth/0002_second: the first line has to be `-- before` or `-- after`"
    )
    assert not await connection.fetchval("select to_regclass('auth.b') is not null")


async def test_a_migration_that_fails_rolls_back_its_whole_run(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    write(tree, "0002_second", "-- before\ncreate table c (n int);\nselect 1 / 0;\n")
    with pytest.raises(MigrationError, match="auth/0002_second: division by zero"):
        await run(dsn)
    for table in ("b", "c"):
        assert await connection.fetchval("select to_regclass($1)", f"auth.{table}") is None


async def test_a_migration_that_waits_too_long_for_a_table_can_be_repeated(
    tree: Path, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.migration._TABLE_WAIT", "50ms")
    await run(dsn)
    write(tree, "0002_second", "-- before\nalter table b add column m int;\n")
    reader = await asyncpg.connect(dsn)
    try:
        async with reader.transaction():
            await reader.execute("select * from auth.b")
            with pytest.raises(MigrationError, match="auth/0002_second: a table was in use for"):
                await run(dsn)
    finally:
        await reader.close()
    assert await run(dsn) == ["auth/0002_second"]


async def test_a_service_can_use_only_its_own_schema(
    tree: Path, dsn: str, servers: Servers
) -> None:
    (tree / "services/notifier/storage/migrations").mkdir(parents=True)
    await run(dsn)
    await migrate("notifier", dsn, role=Role("zaiseki_notifier", ROLE_PASSWORD))
    own = await asyncpg.connect(dsn, user="zaiseki_auth", password=ROLE_PASSWORD)
    try:
        await own.execute("insert into auth.b values (1); update auth.b set n = 2")
        assert await own.fetchval("delete from auth.b returning n") == 2
        for statement in (
            "select * from notifier.a",
            "drop table auth.b",
            "create table auth.c ()",
            "delete from auth.migrations",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await own.execute(statement)
    finally:
        await own.close()


async def test_names_and_passwords_with_quotes_cannot_inject_sql(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    role = Role('"; drop table x;--', "';drop table x;--\\")
    await migrate("auth", dsn, role=role)
    own = await asyncpg.connect(dsn, user=role.name, password=role.password)
    await own.execute("insert into auth.b values (1)")
    await own.close()
    name = await connection.fetchval("select quote_ident($1)", role.name)
    await connection.execute(f"drop owned by {name}; drop role {name}")


async def test_a_service_with_its_own_database_migrates_itself(tree: Path, dsn: str) -> None:
    ran = await migrate("auth", dsn)
    assert [one.name for one in ran] == ["shared/0001_shared", "auth/0001_first"]
    assert await migrate("auth", dsn) == []


async def test_a_role_that_has_only_its_schema_migrates_it_too(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """For a database whose administrator creates roles and schemas by hand."""
    await run(dsn)
    await connection.execute(
        "drop schema auth cascade; create schema auth authorization zaiseki_auth"
    )
    own = TestDatabase(dsn).dsn("auth")
    assert len(await migrate("auth", own)) == 2
    await connection.execute("drop schema auth cascade")
    with pytest.raises(
        MigrationError, match="The schema of auth stays as it was: permission denied for database"
    ):
        await migrate("auth", own)


async def test_a_database_from_before_the_phases_can_be_migrated(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await run(dsn)
    await connection.execute("alter table auth.migrations drop column phase")
    await schema.require("auth", dsn)
    write(tree, "0002_second", "-- after\nalter table b add column m int;\n")
    assert [one.name for one in await waiting("auth", dsn)] == ["auth/0002_second"]
    assert await run(dsn) == ["auth/0002_second"]


async def test_an_older_release_does_not_migrate_a_newer_database(tree: Path, dsn: str) -> None:
    write(tree, "0002_second", "-- after\nalter table b add column m int;\n")
    await run(dsn)
    (tree / "services/auth/storage/migrations/0002_second.sql").unlink()
    with pytest.raises(SchemaMismatch, match="newer than this release"):
        await run(dsn)


async def test_an_unreachable_database_is_reported_in_a_sentence(
    tree: Path, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        await migrate("auth", f"postgresql://u:secret@/x?host={tmp_path}")
    assert str(caught.value).startswith("The database of auth cannot be reached: ")
    assert "secret" not in str(caught.value)
