"""Takes `notifier.forget_person`."""

from services.notifier.flows import erasure
from services.notifier.flows.context import Context
from shared.contracts.notifier import ForgetPerson
from shared.db import Connection
from shared.messaging.envelope import Received


async def forget(
    _context: Context, connection: Connection, received: Received[ForgetPerson]
) -> None:
    """Erase the mails about a deleted person."""
    await erasure.forget(connection, received.message.subject_id)
