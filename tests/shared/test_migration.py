"""Migrations: numbered SQL that runs once, whoever starts it and however often."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from shared import migration
from shared.migration import MigrationError, migrate_own, prepare
from tests.conftest import ROLE_PASSWORD
from tests.servers import Servers

PASSWORDS = {"auth": ROLE_PASSWORD}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A product of its own: one shared file, and the files of auth."""
    (tmp_path / "shared/sql").mkdir(parents=True)
    (tmp_path / "services/auth/storage/migrations").mkdir(parents=True)
    (tmp_path / "shared/sql/0001_shared.sql").write_text("-- before\ncreate table a (n int);\n")
    monkeypatch.setattr(migration, "ROOT", tmp_path)
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


async def ran(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    rows = await connection.fetch("select name from auth.migrations order by ctid")
    return [row["name"] for row in rows]


async def test_the_product_s_own_run_twice(dsn: str) -> None:
    for _ in range(2):
        await prepare(dsn, dict.fromkeys(("auth", "membership", "notifier"), ROLE_PASSWORD))


async def test_each_runs_once_in_order_shared_ones_first(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await prepare(dsn, PASSWORDS)
    write(tree, "0002_second", "-- after\nalter table b add column m int;\n")
    for _ in range(2):
        await prepare(dsn, PASSWORDS)
    assert await ran(connection) == ["shared/0001_shared", "auth/0001_first", "auth/0002_second"]


async def test_two_runs_at_once_wait_for_each_other(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    write(tree, "0002_slow", "-- before\nselect pg_sleep(0.2);\ninsert into b values (1);\n")
    await asyncio.gather(*(prepare(dsn, PASSWORDS) for _ in range(4)))
    assert await connection.fetchval("select count(*) from auth.b") == 1


async def test_a_file_that_was_changed_after_it_ran_is_refused(tree: Path, dsn: str) -> None:
    await prepare(dsn, PASSWORDS)
    write(tree, "0001_first", "-- before\ncreate table b (n bigint);\n")
    write(tree, "0002_second", "-- before\ncreate table c (n int);\n")
    with pytest.raises(MigrationError) as caught:
        await prepare(dsn, PASSWORDS)
    assert str(caught.value) == ("auth/0001_first was changed after it ran; add a new one instead")


@pytest.mark.parametrize("sql", ["create table c (n int);\n", "", "-- sometime\n", "--\n"])
async def test_a_file_that_does_not_say_when_it_runs_is_refused(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]", sql: str
) -> None:
    write(tree, "0002_second", sql)
    with pytest.raises(MigrationError) as caught:
        await prepare(dsn, PASSWORDS)
    assert str(caught.value) == (
        "auth/0002_second: the first line has to be `-- before` or `-- after`"
    )
    assert not await connection.fetchval("select to_regclass('auth.b') is not null")


async def test_a_file_that_fails_takes_the_others_of_its_run_back(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    write(tree, "0002_second", "-- before\ncreate table c (n int);\nselect 1 / 0;\n")
    with pytest.raises(MigrationError, match="auth/0002_second: division by zero"):
        await prepare(dsn, PASSWORDS)
    for table in ("b", "c"):
        assert await connection.fetchval("select to_regclass($1)", f"auth.{table}") is None


async def test_a_service_reads_and_writes_its_own_schema_and_no_other(
    tree: Path, dsn: str, servers: Servers
) -> None:
    (tree / "services/notifier/storage/migrations").mkdir(parents=True)
    await prepare(dsn, {"auth": ROLE_PASSWORD, "notifier": ROLE_PASSWORD})
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


async def test_a_password_with_quotes_is_no_sql(tree: Path, dsn: str) -> None:
    password = "';drop table x;--\\"
    await prepare(dsn, {"auth": password})
    try:
        own = await asyncpg.connect(dsn, user="zaiseki_auth", password=password)
        await own.close()
    finally:
        await prepare(dsn, PASSWORDS)


async def test_a_service_with_a_database_of_its_own_migrates_itself(
    tree: Path, dsn: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    for _ in range(2):
        await migrate_own("auth", dsn)
    assert set(await ran(connection)) == {"shared/0001_shared", "auth/0001_first"}
