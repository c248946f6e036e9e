"""Plain numbered SQL, forward only: shared tables first, then the service's own, per schema.

A file's first line says whether it runs before or after the code of its release. Two runs at once
wait for each other; a file that was changed after it ran is refused.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from shared.db import Connection

ROOT = Path(__file__).resolve().parent.parent
_LOCK = 0x7A616973656B69  # "zaiseki"


class MigrationError(Exception):
    """A migration cannot run; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `name` is `<set>/<number>_<what>`; `phase` is `before` or `after` the code."""

    name: str
    phase: str
    sql: str

    @property
    def sha256(self) -> str:
        """The digest by which a changed file is recognised."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(service: str) -> list[Migration]:
    """The migrations of a service, in the order in which they run.

    Raises:
        MigrationError: A file does not say when it runs.
    """
    folders = {
        "shared": ROOT / "shared" / "sql",
        service: ROOT / "services" / service / "storage" / "migrations",
    }
    return [
        _read(f"{origin}/{path.stem}", path)
        for origin, folder in folders.items()
        for path in sorted(folder.glob("*.sql"))
    ]


def _read(name: str, path: Path) -> Migration:
    sql = path.read_text()
    phase = sql.partition("\n")[0].removeprefix("-- ").strip()
    if phase not in ("before", "after"):
        raise MigrationError(f"{name}: the first line has to be `-- before` or `-- after`")
    return Migration(name, phase, sql)


async def prepare(owner_dsn: str, passwords: Mapping[str, str]) -> None:
    """Make schema and role of each service with its password, and run what has not run yet.

    The owner may create roles. Safe to run twice, and twice at once.

    Raises:
        MigrationError: A file was changed after it ran, or its SQL fails.
    """
    connection = await asyncpg.connect(owner_dsn, timeout=5)
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        for service, password in passwords.items():
            async with connection.transaction():
                await _make_role(connection, role(service), password)
                await _migrate(connection, service, role(service))
    finally:
        await connection.close()


async def migrate_own(service: str, dsn: str) -> None:
    """Run the migrations of one service in its own database, as its own role.

    Raises:
        MigrationError: A file was changed after it ran, or its SQL fails.
    """
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        async with connection.transaction():
            await _migrate(connection, service, await connection.fetchval("select current_user"))
    finally:
        await connection.close()


def role(service: str) -> str:
    """The database role of a service."""
    return f"zaiseki_{service}"


async def _make_role(connection: Connection, name: str, password: str) -> None:
    verb = (
        "alter"
        if await connection.fetchval(
            "select exists (select from pg_roles where rolname = $1)", name
        )
        else "create"
    )
    statement = await connection.fetchval(
        f"select format('{verb} role %I login password %L', $1::text, $2::text)", name, password
    )
    await connection.execute(statement)


async def _migrate(connection: Connection, schema: str, role: str) -> None:
    await connection.execute(
        f"""
        create schema if not exists {schema};
        set local search_path = {schema};
        grant usage on schema {schema} to {role};
        create table if not exists migrations (
            name text primary key, sha256 text not null, ran_at timestamptz not null default now()
        );
        grant select on migrations to {role};
        alter default privileges in schema {schema}
            grant select, insert, update, delete on tables to {role};
        """
    )
    rows = await connection.fetch("select name, sha256 from migrations")
    ran = {row["name"]: row["sha256"] for row in rows}
    for migration in migrations(schema):
        await _run(connection, migration, ran.get(migration.name))


async def _run(connection: Connection, migration: Migration, ran: str | None) -> None:
    if ran == migration.sha256:
        return
    if ran is not None:
        raise MigrationError(f"{migration.name} was changed after it ran; add a new one instead")
    try:
        await connection.execute(migration.sql)
    except asyncpg.PostgresError as error:
        raise MigrationError(f"{migration.name}: {error}") from error
    await connection.execute(
        "insert into migrations (name, sha256) values ($1, $2)", migration.name, migration.sha256
    )
