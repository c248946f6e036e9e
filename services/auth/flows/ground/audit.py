"""Sends entries for the audit log to membership, in the transaction of the action."""

from uuid import UUID

from services.auth.domain.accounts import Account, Visitor
from services.auth.domain.presence import Check
from shared import clock
from shared.contracts.base import AuditSubject
from shared.contracts.membership import AuditItem, RecordAudit
from shared.crypto import new_id
from shared.db import Connection
from shared.logging import request_id
from shared.messaging import outbox
from shared.place import Place


async def record(
    connection: Connection,
    account: Account,
    subject: AuditSubject,
    action: str,
    visitor: Visitor,
    *,
    reason: str = "",
) -> None:
    """An action of a member, or of the holder of the member's link."""
    place = Place.of(visitor.network, visitor.browser)
    item = AuditItem(
        id=new_id(),
        customer_id=account.customer_id,
        at=await clock.now(connection),
        source=account.role,
        subject=subject,
        action=action,
        actor_id=account.member_id,
        target_id=account.member_id,
        reason=reason,
        network=place.network,
        browser=place.browser,
        request_id=request_id.get(),
    )
    await _put(connection, item, account.member_id)


async def record_outcome(
    connection: Connection, check: Check, outcome: str, *, reason: str = ""
) -> None:
    """The outcome of a member's presence check that did not lead to a sign-in (R9)."""
    item = AuditItem(
        id=new_id(),
        customer_id=check.customer_id,
        at=await clock.now(connection),
        source="system",
        subject="presence",
        action=outcome,
        target_id=check.member_id,
        reason=reason,
        request_id=request_id.get(),
    )
    await _put(connection, item, check.member_id)


async def _put(connection: Connection, item: AuditItem, member_id: UUID) -> None:
    await outbox.put(connection, RecordAudit(items=(item,)), subject=member_id)
