"""Imports the vendor's customer list (R1): all rows or none, and repeatable.

Customers that are not in the file stay unchanged. A new name or code is sent to auth for each
member, in the same transaction.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from services.membership.domain.company.audit import VENDOR
from services.membership.domain.company.customers import MasterRecord
from services.membership.domain.members.actors import Actor
from services.membership.domain.table_file import customer_rows, table_file
from services.membership.domain.table_file.customer_rows import Column, CustomerRow
from services.membership.domain.table_file.table_file import FaultyFile
from services.membership.flows.ground import audit, auth_sync
from services.membership.storage.company import customers, handles, seat_movements
from services.membership.storage.members import member_states
from shared import clock
from shared.db import Connection, Database
from shared.temporary import is_temporary

CHUNK = 1000
ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Called with the progress and the total: each row counts when checked and when written."""


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of the file on one customer: `new`, `changed` or `unchanged`; with the changed
    columns, before and after."""

    row: CustomerRow
    kind: Literal["new", "changed", "unchanged"]
    columns: Mapping[Column, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """The new, changed and unchanged customers with their numbers, in the order of the file."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: tuple[Change, ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True)
class Checked:
    """The customers of a file without faults, and the headers of columns that are left out."""

    rows: Sequence[CustomerRow]
    left_out: Sequence[str]


def check(data: bytes, progress: Progress = lambda _done, _all: None) -> Checked:
    """Read a file and check every row.

    Raises:
        FaultyFile: It has errors; `faults` lists all of them.
    """
    table = table_file.read(data, customer_rows.LAYOUT)
    done, everything = 0, 2 * len(table.records)

    def checked(more: int) -> None:
        nonlocal done
        done += more
        progress(done, everything)

    return Checked(customer_rows.validate(table, checked), table.left_out)


async def carry_out(
    db: Database,
    checked: Checked,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
    by: str = "",
) -> Summary:
    """Write checked rows in one transaction; with `dry_run` only determine the changes.
    The operator's handle `by` is recorded in the vendor's own audit log; the sample has none.

    It waits for concurrent changes of the same customers or members, or is tried again.

    Raises:
        FaultyFile: A new code differs only by leading zeros from another.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await _carry_out(db, checked.rows, dry_run=dry_run, progress=progress, by=by)
        except Exception as error:
            if attempt == ATTEMPTS or not is_temporary(error):
                raise
    raise AssertionError("unreachable")


async def has_others(db: Database, rows: Sequence[CustomerRow]) -> bool:
    """Whether there are customers besides those of these rows."""
    async with db.connection() as connection:
        return await customers.is_any_other(connection, [row.code_key for row in rows])


async def _carry_out(
    db: Database, rows: Sequence[CustomerRow], *, dry_run: bool, progress: Progress, by: str
) -> Summary:
    changes: list[Change] = []
    waiting = iter(rows)
    async with db.transaction("import customers") as connection:
        if not dry_run:
            await customers.lock_master(connection)
        await _refuse_lost_zeros(connection, rows)
        while chunk := list(islice(waiting, CHUNK)):
            changes += await _take(connection, chunk, dry_run=dry_run)
            progress(len(rows) + len(changes), 2 * len(rows))
        if by:
            await _record(connection, by, "import_checked" if dry_run else "imported")
    kinds = Counter(change.kind for change in changes)
    return Summary(kinds["new"], kinds["changed"], kinds["unchanged"], tuple(changes))


async def _record(connection: Connection, by: str, action: str) -> None:
    staff = await handles.add(connection, by, at=await clock.now(connection))
    actor = Actor(source="operator", id=staff)
    await audit.record(connection, VENDOR, actor, "company", action)


async def _refuse_lost_zeros(connection: Connection, rows: Sequence[CustomerRow]) -> None:
    keys = [row.code_key for row in rows]
    known = await customers.list_codes_but_for_zeros(connection, keys)
    if faults := customer_rows.faults_of_zeros(rows, known):
        raise FaultyFile(faults)


async def _take(
    connection: Connection, rows: Sequence[CustomerRow], *, dry_run: bool
) -> list[Change]:
    keys = [row.code_key for row in rows]
    known = await customers.list_by_code_key(connection, keys, lock=not dry_run)
    records = [row.over(known.get(row.code_key)) for row in rows]
    new = [one for one in records if one.code_key not in known]
    changed = [one for one in records if one != known.get(one.code_key, one)]
    if not dry_run:
        await customers.add_all(connection, new)
        await customers.update_all(connection, changed)
        await customers.replace_domains(
            connection, new + [one for one in changed if one.domains != known[one.code_key].domains]
        )
        await _tell_auth(connection, [one for one in changed if _renamed(one, known)])
        for one in changed:
            if one.seat_limit != known[one.code_key].seat_limit:
                await seat_movements.add_limit(
                    connection, one.id, "limit_set", one.seat_limit, actor_id=None
                )
    return [
        _change(row, known.get(row.code_key), record)
        for row, record in zip(rows, records, strict=True)
    ]


def _change(row: CustomerRow, before: MasterRecord | None, after: MasterRecord) -> Change:
    if before is None:
        return Change(row, "new")
    old, new = _texts(before), _texts(after)
    columns = {one: (old[one], new[one]) for one in new if old[one] != new[one]}
    return Change(row, "changed" if columns else "unchanged", columns)


def _texts(record: MasterRecord) -> dict[Column, str]:
    return {
        "code": record.code,
        "name": record.name,
        "name_kana": record.name_kana,
        "kind": record.kind,
        "phone": record.phone,
        "email_domains": ";".join(sorted(record.domains)),
        "seat_limit": str(record.seat_limit),
    }


def _renamed(record: MasterRecord, known: dict[str, MasterRecord]) -> bool:
    before = known[record.code_key]
    return record.customer.named != before.customer.named


async def _tell_auth(connection: Connection, renamed: Sequence[MasterRecord]) -> None:
    by_id = {record.id: record.customer for record in renamed}
    for member in await member_states.update_version(connection, list(by_id)):
        await auth_sync.sync(connection, member, by_id[member.customer_id])
