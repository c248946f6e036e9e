"""After a restore: ends mailed links, and finds the entries that the audit log has lost.

A link may have been used, withdrawn or replaced since the backup, and would work again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.membership.domain.company import lost_entries
from services.membership.domain.company.audit import Link
from services.membership.domain.company.lost_entries import Lost
from services.membership.storage.company import audit_log, customers
from services.membership.storage.joining import links
from services.membership.storage.members import members
from shared.addresses import mask
from shared.db import Connection, Database


@dataclass(frozen=True, slots=True)
class Again:
    """An action to repeat; with customer and member, if this database knows them."""

    link: Link
    customer_code: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """The lost entries, the actions to repeat, and the newest entry in the database.

    `kept` is False if the lines contain no audit entries.
    """

    kept: bool
    lost: Sequence[Lost]
    again: Sequence[Again]
    newest: datetime | None


async def end_links(db: Database) -> int:
    """End every mailed link, and return how many there were. Safe to repeat."""
    async with db.transaction("end mailed links after a restore") as connection:
        return await links.update_expired(connection)


async def report(db: Database, lines: Iterable[str]) -> Report:
    """Compare the restored database with these lines.

    Raises:
        UnreadableLine: A line is damaged.
    """
    kept = lost_entries.read(lines)
    async with db.snapshot("report what a restore lost") as connection:
        lost = lost_entries.compare(kept, await audit_log.list_heads(connection))
        again = lost_entries.to_do_again(lost)
        codes = await customers.list_codes(connection, {one.entry.customer_id for one in again})
        return Report(
            kept=bool(kept.last),
            lost=lost,
            again=[await _named(connection, link, codes) for link in again],
            newest=await audit_log.find_newest(connection),
        )


async def _named(connection: Connection, link: Link, codes: Mapping[UUID, str]) -> Again:
    target = link.entry.target_id
    member = await members.find(connection, target) if target else None
    return Again(
        link=link,
        customer_code=codes.get(link.entry.customer_id),
        target=mask(member.email) if member and member.state != "closed" else None,
    )


async def export(db: Database, since: datetime) -> list[str]:
    """Every entry since a moment as a line, for `report` of a later day."""
    async with db.snapshot("export audit entries") as connection:
        found = await audit_log.list_since(connection, since)
    return [lost_entries.write(link) for link in found]
