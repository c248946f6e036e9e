"""`zaiseki migrate`: brings the services' schemas to what this release needs."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from embedded.environment import Schema
    from shared.schema import Migration


def migrate(
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="SERVICE", help="auth, membership, notifier; all by default."),
    ] = None,
    *,
    after: Annotated[
        bool, typer.Option("--after", help="Also what may run only when the old code is gone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would run, and change nothing.")
    ] = False,
) -> None:
    """Make roles, schemas and tables, or change them: what this release needs before it starts.

    With DATABASE_URL, an owner's, it makes the roles that AUTH_DATABASE_URL
    and so on name, with their passwords. Without it each service's role
    makes its own schema. Safe to run again, and twice at once.
    """
    from cli.database import find
    from embedded.environment import schema

    around, chosen = find(services)
    asyncio.run(_migrate([schema(around, name) for name in chosen], after=after, dry_run=dry_run))


async def _migrate(schemas: "Sequence[Schema]", *, after: bool, dry_run: bool) -> None:
    from shared.migration import Role, waiting
    from shared.migration import migrate as run
    from shared.schema import due

    for schema in schemas:
        service, dsn = schema.service, schema.dsn
        role = Role(schema.role, schema.password or "") if schema.role else None
        before = await waiting(service, dsn)
        if dry_run:
            ran = due(before, after=after)
        else:
            ran = await run(service, dsn, role=role, after=after)
        _report(service, "would run" if dry_run else "ran", ran)
        if left := [migration for migration in before if migration not in ran]:
            _report(service, "waits for `zaiseki migrate --after`", left)


def _report(service: str, what: str, migrations: "Sequence[Migration]") -> None:
    names = ", ".join(migration.name for migration in migrations)
    typer.echo(f"{service}: {what} {names}" if names else f"{service}: nothing to run")
