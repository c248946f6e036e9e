"""membership.distrust."""

from services.membership.flows.ground.context import Context
from services.membership.flows.members import distrust
from shared.contracts.membership import Distrust
from shared.db import Connection
from shared.messaging.envelope import Received


async def take(context: Context, connection: Connection, received: Received[Distrust]) -> None:
    """Withdraw a member's requests of distrusted sessions."""
    await distrust.take(connection, context, received.message)
