"""What a release's code asks of its schema: numbered SQL files, and whether they have run there.

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
    """The code of this release cannot work on this database as it is."""


class MigrationError(Refusal):
    """A migration cannot run; the message says which and why."""


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
    """One that has run in a database, perhaps of a later release."""

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
    """What has not run yet, in order.

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
    """What may run now: all of it, or while the old code still runs what the new code needs.

    That is, in each set, everything up to its last `before`: an `after` that stands before that one
    belongs to an earlier release, whose successor runs by now.
    """
    chosen: list[Migration] = []
    for _, group in groupby(waiting, key=lambda migration: migration.name.partition("/")[0]):
        files = list(group)
        while files and files[-1].phase == "after" and not after:
            files.pop()
        chosen += files
    return chosen


async def require(service: str, dsn: str) -> None:
    """See to it that this release's code can work on its schema.

    It needs each `before` of its own. One that it does not know only adds: during a rolling update
    the old code runs on it. An unknown `after` has removed what this code may still use.

    Raises:
        DatabaseUnreachable: It does not answer, or lets the role in nowhere.
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
    """What has run in a service's schema, in order; nothing where there is no schema yet.

    Raises:
        SchemaMismatch: The role may not use the schema.
    """
    try:
        # Before there were phases the column was not there, and every migration was a `before`.
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
