"""`zaiseki migrate`: updates the services' schemas to this release."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli import tables
from cli.sentences import sentence
from cli.vendor import AsJson

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
        bool, typer.Option("--after", help="Also run those that need the old code gone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would run, without changing anything.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Create or update the roles, schemas and tables that this release needs before it starts.

    With DATABASE_URL, whose role may create roles, it creates the roles named in AUTH_DATABASE_URL
    and so on, with their passwords. Without it each service's role creates its own schema. Running
    it again, or twice at once, is safe.
    """
    from cli.database import find
    from embedded.environment import schema

    around, chosen = find(services)
    schemas = [schema(around, name) for name in chosen]
    ran = asyncio.run(_migrate(schemas, after=after, dry_run=dry_run, as_json=as_json))
    if as_json:
        tables.show_json(ran)


async def _migrate(
    schemas: "Sequence[Schema]", *, after: bool, dry_run: bool, as_json: bool
) -> list[dict[str, object]]:
    """The migrations that ran or would run, and those still waiting; printed unless as_json."""
    from shared.migration import Role, waiting
    from shared.migration import migrate as run
    from shared.schema import due

    done: list[dict[str, object]] = []
    for schema in schemas:
        service, dsn = schema.service, schema.dsn
        role = Role(schema.role, schema.password or "") if schema.role else None
        before = await waiting(service, dsn)
        if dry_run:
            ran = due(before, after=after)
        else:
            ran = await run(service, dsn, role=role, after=after)
        left = [migration for migration in before if migration not in ran]
        done.append({"service": service, "ran": _names(ran), "waiting": _names(left)})
        if not as_json:
            _report(service, "would_migrate" if dry_run else "migrated", ran)
            if left:
                _report(service, "waits_for_after", left)
    return done


def _names(migrations: "Sequence[Migration]") -> list[str]:
    return [migration.name for migration in migrations]


def _report(service: str, what: str, migrations: "Sequence[Migration]") -> None:
    names = ", ".join(_names(migrations))
    typer.echo(sentence(what if names else "nothing_to_run", service=service, names=names))
