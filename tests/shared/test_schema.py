"""The schema that a release needs: not too old, not too new, with room for a rolling update."""

from pathlib import Path

import asyncpg
import pytest

from shared import schema
from shared.db import DatabaseUnreachable
from shared.migration import Role, migrate
from shared.schema import Migration, SchemaMismatch, due, require
from tests.conftest import ROLE_PASSWORD, TestDatabase


def files(*phases: str) -> list[Migration]:
    """Migrations of two sets, named as in `s:before` and `o:after`."""
    return [
        Migration(f"{phase[0]}/{number:04d}", "before" if phase[2:] == "before" else "after", "")
        for number, phase in enumerate(phases, 1)
    ]


@pytest.mark.parametrize(
    ("waiting", "now"),
    [
        ([], []),
        (["o:before"], [1]),
        (["o:after"], []),
        (["o:before", "o:after", "o:after"], [1]),
        (["o:after", "o:before", "o:after"], [1, 2]),
        (["s:before", "s:after", "o:before", "o:after"], [1, 3]),
        (["s:after", "o:before"], [2]),
    ],
)
def test_the_migrations_due_before_the_code_are_listed(waiting: list[str], now: list[int]) -> None:
    all_of_them = files(*waiting)
    assert due(all_of_them, after=False) == [all_of_them[number - 1] for number in now]
    assert due(all_of_them, after=True) == all_of_them


async def test_a_migrated_database_is_accepted(database: TestDatabase) -> None:
    for service in ("auth", "membership", "notifier"):
        await require(service, database.dsn(service))


async def run_statement(database: TestDatabase, statement: str) -> None:
    connection = await asyncpg.connect(database.owner_dsn)
    await connection.execute(statement)
    await connection.close()


async def test_a_database_without_a_migration_of_phase_before_is_too_old(
    database: TestDatabase,
) -> None:
    await run_statement(
        database,
        "delete from auth.migrations where name in ('auth/0002_presence', 'shared/0001_clock')",
    )
    with pytest.raises(SchemaMismatch) as caught:
        await require("auth", database.dsn("auth"))
    assert str(caught.value) == (
        "The database of auth is older than this release: run `zaiseki migrate`"
        " (missing: shared/0001_clock, auth/0002_presence)."
    )


async def test_an_empty_database_is_too_old(database: TestDatabase) -> None:
    await run_statement(database, "drop schema auth cascade")
    with pytest.raises(SchemaMismatch, match="older than this release"):
        await require("auth", database.dsn("auth"))


async def test_an_unknown_after_is_too_new_and_an_unknown_before_is_not(
    database: TestDatabase,
) -> None:
    add = "insert into auth.migrations (name, sha256, phase) values ('auth/9999_{0}', '', '{0}')"
    await run_statement(database, add.format("before"))
    await require("auth", database.dsn("auth"))
    await run_statement(database, add.format("after"))
    with pytest.raises(SchemaMismatch) as caught:
        await require("auth", database.dsn("auth"))
    assert str(caught.value) == (
        "The database of auth is newer than this release: start the release that it was migrated"
        " for, or a later one (unknown here: auth/9999_after)."
    )


async def test_the_releases_own_migration_of_phase_after_may_wait(
    database: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared/sql").mkdir(parents=True)
    folder = tmp_path / "services/auth/storage/migrations"
    folder.mkdir(parents=True)
    (folder / "0001_first.sql").write_text("-- before\ncreate table b (n int);\n")
    (folder / "0002_second.sql").write_text("-- after\ndrop table b;\n")
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    await run_statement(database, "drop schema auth cascade")
    role = Role("zaiseki_auth", ROLE_PASSWORD)
    await migrate("auth", database.owner_dsn, role=role, after=False)
    await require("auth", database.dsn("auth"))


async def test_a_role_without_rights_on_the_schema_is_reported(database: TestDatabase) -> None:
    with pytest.raises(SchemaMismatch, match="The role of auth may not use its schema: permission"):
        await require("auth", database.dsn("notifier"))


async def test_a_wrong_password_is_reported_without_its_value(database: TestDatabase) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        await require("auth", database.dsn("auth").replace(ROLE_PASSWORD, "secret"))
    assert str(caught.value) == (
        "The database of auth cannot be reached:"
        ' password authentication failed for user "zaiseki_auth".'
    )
