"""The schema that a release needs: its numbered SQL files, and whether they have run.

Each file's first line says whether it runs before or after the code of its release.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import asyncpg

from shared.db import Connection, connect
from shared.refusal import Refusal

ROOT = Path(__file__).resolve().parent.parent

Phase = Literal["before", "after"]


class SchemaMismatch(Refusal):
    """The code of this release cannot work on this database in its present state."""


class MigrationError(Refusal):
    """A migration cannot run; the message names it and the reason."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `name` is `<set>/<number>_<what>`; `phase` says when it runs."""

    name: str
    phase: Phase
    sql: str

    @property
    def sha256(self) -> str:
        """The digest by which a changed file is recognised."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ran:
    """A migration that has run in a database, perhaps of a later release."""

    name: str
    phase: Phase
    sha256: str


def migrations(service: str) -> list[Migration]:
    """The migrations of a service in the order in which they run, shared ones first.

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
    if phase == "before":
        return Migration(name, "before", sql)
    if phase == "after":
        return Migration(name, "after", sql)
    raise MigrationError(f"{name}: the first line has to be `-- before` or `-- after`")


def pending(service: str, ran: Sequence[Ran]) -> list[Migration]:
    """The pending migrations, in order.

    Raises:
        MigrationError: A file was changed after it ran.
        SchemaMismatch: The database is of a later release.
    """
    known = migrations(service)
    digests = {one.name: one.sha256 for one in ran}
    for migration in known:
        if digests.get(migration.name, migration.sha256) != migration.sha256:
            raise MigrationError(
                f"{migration.name} was changed after it ran; add a new one instead"
            )
    _refuse_newer(service, known, ran)
    return [migration for migration in known if migration.name not in digests]


def due(waiting: Sequence[Migration], *, after: bool) -> list[Migration]:
    """The migrations that may run now: all with `after`, otherwise those that new code needs.

    These are, in each set, all up to its last `before`: an `after` in front of that one belongs to
    an earlier release, whose processes have already been replaced.
    """
    chosen: list[Migration] = []
    for _, group in groupby(waiting, key=lambda migration: migration.name.partition("/")[0]):
        files = list(group)
        while files and files[-1].phase == "after" and not after:
            files.pop()
        chosen += files
    return chosen


async def require(service: str, dsn: str) -> None:
    """Check that this release's code can work on its schema.

    All its own `before` migrations must have run. An unknown `before` only adds, so old code can
    run on it during a rolling update. An unknown `after` may have removed objects in use.

    Raises:
        DatabaseUnreachable: It does not answer, or rejects the role's login.
        SchemaMismatch: It is too old or too new.
    """
    async with connect(dsn, service) as connection:
        ran = await list_ran(connection, service)
    known = migrations(service)
    done = {one.name for one in ran}
    missing = [one.name for one in known if one.phase == "before" and one.name not in done]
    if missing:
        raise SchemaMismatch(
            f"The database of {service} is older than this release: run `zaiseki migrate`"
            f" (missing: {', '.join(missing)})."
        )
    _refuse_newer(service, known, ran)


async def list_ran(connection: Connection, service: str) -> list[Ran]:
    """The migrations that have run in a service's schema, in order; none if there is no schema.

    Raises:
        SchemaMismatch: The role may not use the schema.
    """
    try:
        # Older releases had no phases: the column is missing, and every migration was a `before`.
        rows = await connection.fetch(
            f"""
            select name, sha256, coalesce(to_jsonb(m) ->> 'phase', 'before') as phase
            from {service}.migrations m order by ran_at, name
            """
        )
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        return []
    except asyncpg.InsufficientPrivilegeError as error:
        raise SchemaMismatch(
            f"The role of {service} may not use its schema: {error.args[0]}."
        ) from None
    return [Ran(row["name"], row["phase"], row["sha256"]) for row in rows]


def _refuse_newer(service: str, known: Sequence[Migration], ran: Sequence[Ran]) -> None:
    names = {migration.name for migration in known}
    unknown = [one.name for one in ran if one.phase == "after" and one.name not in names]
    if unknown:
        raise SchemaMismatch(
            f"The database of {service} is newer than this release: start the release that it was"
            f" migrated for, or a later one (unknown here: {', '.join(unknown)})."
        )
