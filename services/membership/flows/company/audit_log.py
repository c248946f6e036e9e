"""Reads the audit log: owners see their company's entries, with the people's current names.
Administrators verify the hash chains, whose heads are also logged outside of the database.

A deleted person has no name any more, but the entry stays (R11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.company.audit import VENDOR, Head, Link, Wanted, link_of
from services.membership.errors import MemberNotFound
from services.membership.flows.company import names
from services.membership.flows.ground import acting, audit
from services.membership.flows.ground.acting import Who
from services.membership.flows.ground.context import Context
from services.membership.storage.company import audit_log
from services.membership.storage.members import members
from shared.db import Connection, Database
from shared.logging import get_logger

log = get_logger("audit_log")

EXPORT_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the log, newest entries first, with the names of the people in it. `next` is the
    number of the last entry, after which the next page begins; None if there is no next page."""

    links: Sequence[Link]
    names: Mapping[UUID, str]
    next: int | None


async def show(context: Context, who: Who, wanted: Wanted, *, limit: int) -> Page:
    """The wanted part of the company's log.

    Raises:
        RoleRequired: The caller may not see it.
        MemberNotFound: The company has never had the person whose entries are wanted.
    """
    async with acting.look(context, who, "read audit log") as act:
        act.require("see_audit_log")
        if wanted.person is not None:
            found = await members.find(act.connection, wanted.person)
            act.require_own("member", wanted.person, found, missing=MemberNotFound)
        return await _page(act.connection, act.customer.id, wanted, limit=limit)


async def export(context: Context, who: Who) -> Page:
    """The newest 10,000 entries; the export itself is recorded as an entry.

    Only that entry waits for other writers of the log; if it cannot be written, the export fails.

    Raises:
        RoleRequired: The caller may not see it.
    """
    async with acting.look(context, who, "read audit log for export") as act:
        act.require("see_audit_log")
        page = await _page(act.connection, act.customer.id, Wanted(), limit=EXPORT_ROWS)
    async with context.db.transaction("export audit log") as connection:
        await audit.record(connection, act.customer.id, act.actor, "company", "audit_log_exported")
    return page


async def _page(connection: Connection, customer_id: UUID, wanted: Wanted, *, limit: int) -> Page:
    found = await audit_log.list_page(connection, customer_id, wanted, limit=limit + 1)
    links = found[:limit]
    ids = {id for link in links for id in (link.entry.actor_id, link.entry.target_id)}
    named = await names.find(connection, customer_id, ids)
    return Page(links, named, links[-1].number if len(found) > limit else None)


What = Literal["no_head", "missing", "changed", "not_the_end"]
"""The kind of a break. no_head: the chain has entries but no head. missing: there is no entry with
this number. changed: the entry was changed or moved. not_the_end: the chain does not end at its
head."""


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a customer's chain: the number of the entry, and the kind of the break."""

    customer_id: UUID
    number: int
    what: What


async def verify(db: Database) -> tuple[int, list[Break]]:
    """Verify every chain. Returns the number of entries in all chains, and the breaks."""
    breaks: list[Break] = []
    entries = 0
    async with db.transaction("verify audit log") as connection:
        await audit_log.lock_view(connection)
        for customer_id, head in (await audit_log.list_heads(connection)).items():
            counted, found = await _verify_chain(connection, customer_id, head)
            entries += counted
            breaks += found
        breaks += [
            Break(customer_id, 0, "no_head")
            for customer_id in await audit_log.list_without_head(connection)
        ]
    return entries, breaks


async def _verify_chain(
    connection: Connection, customer_id: UUID, head: Head
) -> tuple[int, list[Break]]:
    at, counted, found = Head(0, b""), 0, []
    async for link in audit_log.list_chain(connection, customer_id):
        counted += 1
        if link.number != at.number + 1:
            found.append(Break(customer_id, at.number + 1, "missing"))
        elif link_of(at, link.entry).hash != link.hash:
            found.append(Break(customer_id, link.number, "changed"))
        at = Head(link.number, link.hash)
    if at != head:
        found.append(Break(customer_id, head.number, "not_the_end"))
    return counted, found


async def log_heads(context: Context) -> None:
    """Write the head of every chain to the process's log, outside of the database."""
    async with context.db.connection() as connection:
        heads = await audit_log.list_heads(connection)
    for customer_id, head in heads.items():
        chain = "vendor" if customer_id == VENDOR else str(customer_id)
        log.info("audit head", chain=chain, number=head.number, hash=head.hash.hex())
