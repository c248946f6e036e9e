"""Writes the audit log in the transaction of the action, so that both commit together."""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from services.membership.domain.company.audit import Entry
from services.membership.domain.members.actors import Actor
from services.membership.storage.company import audit_log
from shared import clock
from shared.contracts.base import AuditSubject
from shared.crypto import new_id
from shared.db import Connection
from shared.logging import request_id


async def record(
    connection: Connection,
    customer_id: UUID,
    actor: Actor,
    subject: AuditSubject,
    action: str,
    *,
    target_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Write down one deed. The chain of the customer is locked from here to the commit."""
    entry = Entry(
        customer_id=customer_id,
        id=new_id(),
        at=await clock.now(connection),
        source=actor.source,
        subject=subject,
        action=action,
        actor_id=actor.id,
        target_id=target_id,
        reason=reason,
        network=actor.place.network,
        browser=actor.place.browser,
        request_id=request_id.get(),
    )
    await append(connection, [entry])


async def append(connection: Connection, entries: Iterable[Entry]) -> None:
    """Add entries to their chains, one chain after the other, so that no deadlock can arise."""
    ordered = sorted(entries, key=lambda entry: (entry.customer_id, entry.id))
    for customer_id, chained in groupby(ordered, key=lambda entry: entry.customer_id):
        head = await audit_log.lock_head(connection, customer_id)
        for entry in chained:
            head = await audit_log.add(connection, head, entry)
