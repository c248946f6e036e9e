"""Imports the vendor's customer master (R1): all rows or none, as often as the vendor likes.

A customer that the file does not name stays as it is. A new name or code reaches auth for each
member, in the same transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from services.membership.domain import customer_file, customer_rows
from services.membership.domain.customer_rows import CustomerRow
from services.membership.domain.customers import MasterRecord
from services.membership.flows import account
from services.membership.storage import customers, member_states, seat_movements
from shared.db import Connection, Database
from shared.temporary import is_temporary

CHUNK = 1000
ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Told how much is done of how much: each row counts when it is checked and when it is written."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many customers were new, changed or unchanged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def check(data: bytes, progress: Progress = lambda _done, _all: None) -> list[CustomerRow]:
    """Read a file and check every row.

    Raises:
        FaultyFile: Something is wrong with it; `faults` lists every bad row.
    """
    table = customer_file.read(data)
    done, everything = 0, 2 * len(table.records)

    def checked(more: int) -> None:
        nonlocal done
        done += more
        progress(done, everything)

    return customer_rows.validate(table, checked)


async def carry_out(
    db: Database,
    rows: Sequence[CustomerRow],
    *,
    dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Summary:
    """Write checked rows in one transaction; with `dry_run` only find out what it would change.

    Whatever else changes the same customers or members meanwhile is waited for, or tried again.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await _carry_out(db, rows, dry_run=dry_run, progress=progress)
        except Exception as error:
            if attempt == ATTEMPTS or not is_temporary(error):
                raise
    raise AssertionError("unreachable")


async def _carry_out(
    db: Database, rows: Sequence[CustomerRow], *, dry_run: bool, progress: Progress
) -> Summary:
    summary, done, waiting = Summary(), 0, iter(rows)
    async with db.transaction() as connection:
        if not dry_run:
            await customers.lock_master(connection)
        while chunk := list(islice(waiting, CHUNK)):
            summary += await _take(connection, chunk, dry_run=dry_run)
            done += len(chunk)
            progress(len(rows) + done, 2 * len(rows))
    return summary


async def _take(connection: Connection, rows: Sequence[CustomerRow], *, dry_run: bool) -> Summary:
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
    return Summary(len(new), len(changed), len(rows) - len(new) - len(changed))


def _renamed(record: MasterRecord, known: dict[str, MasterRecord]) -> bool:
    before = known[record.code_key]
    return record.customer.named != before.customer.named


async def _tell_auth(connection: Connection, renamed: Sequence[MasterRecord]) -> None:
    by_id = {record.id: record.customer for record in renamed}
    for member in await member_states.update_version(connection, list(by_id)):
        await account.sync(connection, member, by_id[member.customer_id])
