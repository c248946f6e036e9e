"""membership.record_activity."""

from services.membership.flows.ground.context import Context
from services.membership.flows.members import activity
from shared.contracts.membership import RecordActivity
from shared.db import Connection
from shared.messaging.envelope import Received


async def record(
    _context: Context, connection: Connection, received: Received[RecordActivity]
) -> None:
    """Apply members' activity in auth."""
    await activity.record(connection, received.message.items)
