"""Updates a service's schema to a release, forward only, in one transaction.

Parallel runs wait for each other; a file that was changed after it ran is an error.
"""

from dataclasses import dataclass, field

import asyncpg

from shared.db import Connection, connect
from shared.schema import Migration, MigrationError, due, list_ran, pending

_LOCK = 0x7A616973656B69  # "zaiseki"
_TABLE_WAIT = "5s"
"""The longest wait for a table, because all queries wait behind a waiting migration."""


@dataclass(frozen=True, slots=True)
class Role:
    """The database role of a service, to be created by the database owner."""

    name: str
    password: str = field(repr=False)


async def migrate(
    service: str, dsn: str, *, role: Role | None = None, after: bool = True
) -> list[Migration]:
    """Run pending migrations (without `after`, only those that new code needs), and return them.

    With `role`, the connecting owner first creates that role with its password, and owns the
    schema. Without `role`, the connecting role is the service's, and owns the schema.

    Raises:
        DatabaseUnreachable: It does not answer, or rejects the login.
        MigrationError: A file was changed after it ran, or its SQL fails; nothing was changed.
        SchemaMismatch: The database is of a later release.
    """
    async with connect(dsn, service) as connection:
        try:
            async with connection.transaction():
                await connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
                await connection.execute(f"set local lock_timeout = '{_TABLE_WAIT}'")
                if role:
                    await _make_role(connection, role)
                name = role.name if role else await connection.fetchval("select current_user")
                await _make_schema(connection, service, name)
                chosen = due(pending(service, await list_ran(connection, service)), after=after)
                for migration in chosen:
                    await _run(connection, migration)
                return chosen
        except asyncpg.PostgresError as error:
            raise MigrationError(
                f"The schema of {service} stays as it was: {error.args[0]}."
            ) from error


async def waiting(service: str, dsn: str) -> list[Migration]:
    """The pending migrations; changes nothing. Raises as `migrate` does."""
    async with connect(dsn, service) as connection:
        return pending(service, await list_ran(connection, service))


async def _make_role(connection: Connection, role: Role) -> None:
    known = "select exists (select from pg_roles where rolname = $1)"
    verb = "alter" if await connection.fetchval(known, role.name) else "create"
    statement = await connection.fetchval(
        f"select format('{verb} role %I login password %L', $1::text, $2::text)",
        role.name,
        role.password,
    )
    await connection.execute(statement)


async def _make_schema(connection: Connection, schema: str, role: str) -> None:
    if await connection.fetchval("select to_regnamespace($1) is null", schema):
        await connection.execute(f"create schema {schema}")
    name = await connection.fetchval("select quote_ident($1)", role)
    await connection.execute(
        f"""
        set local search_path = {schema};
        grant usage on schema {schema} to {name};
        create table if not exists migrations (
            name text primary key, sha256 text not null, ran_at timestamptz not null default now()
        );
        grant select on migrations to {name};
        alter default privileges in schema {schema}
            grant select, insert, update, delete on tables to {name};
        """
    )
    # Only if needed: even without effect, its lock would block starting processes until the end.
    phased = """
        select exists (
            select from pg_attribute
            where attrelid = 'migrations'::regclass and attname = 'phase' and not attisdropped
        )
    """
    if not await connection.fetchval(phased):
        await connection.execute(
            "alter table migrations add column phase text not null default 'before'"
        )


async def _run(connection: Connection, migration: Migration) -> None:
    try:
        await connection.execute(migration.sql)
    except asyncpg.LockNotAvailableError as error:
        raise MigrationError(
            f"{migration.name}: a table was in use for {_TABLE_WAIT}; run it again."
        ) from error
    except asyncpg.PostgresError as error:
        raise MigrationError(f"{migration.name}: {error.args[0]}") from error
    await connection.execute(
        "insert into migrations (name, sha256, phase) values ($1, $2, $3)",
        migration.name,
        migration.sha256,
        migration.phase,
    )
