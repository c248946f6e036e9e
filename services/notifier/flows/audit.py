"""Sends entries for a customer's audit log to membership, in the same transaction."""

from uuid import UUID

from services.notifier.domain import Mail
from shared import clock
from shared.contracts.membership import AuditItem, RecordAudit
from shared.crypto import new_id
from shared.db import Connection
from shared.messaging import outbox


async def record_refused(connection: Connection, mail: Mail, customer_id: UUID) -> None:
    """The mailbox of a mail about a person of the customer does not exist, or is disabled."""
    item = AuditItem(
        id=new_id(),
        customer_id=customer_id,
        at=await clock.now(connection),
        source="system",
        subject="mail",
        action="refused",
        target_id=mail.subject_id,
        reason=mail.template,
        request_id=mail.request_id,
    )
    await outbox.put(connection, RecordAudit(items=(item,)), subject=mail.subject_id)
