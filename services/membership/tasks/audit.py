"""membership.record_audit."""

from services.membership.domain.audit import Entry
from services.membership.flows import audit
from services.membership.flows.context import Context
from shared.contracts.membership import RecordAudit
from shared.db import Connection
from shared.messaging.envelope import Received


async def record(
    _context: Context, connection: Connection, received: Received[RecordAudit]
) -> None:
    """Append what another service did to the chains of its customers."""
    await audit.append(connection, [Entry(**dict(item)) for item in received.message.items])
