"""membership.record_audit."""

from services.membership.domain.company.audit import Entry
from services.membership.flows.ground import audit
from services.membership.flows.ground.context import Context
from shared.contracts.membership import RecordAudit
from shared.db import Connection
from shared.messaging.envelope import Received


async def record(
    _context: Context, connection: Connection, received: Received[RecordAudit]
) -> None:
    """Append another service's entries to its customers' chains."""
    await audit.append(connection, [Entry(**dict(item)) for item in received.message.items])
