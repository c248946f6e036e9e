"""Takes `notifier.send_mail`."""

from services.notifier.flows import mail_delivery
from services.notifier.flows.context import Context
from shared.contracts.notifier import SendMail
from shared.db import Connection
from shared.messaging.envelope import Received


async def send_mail(context: Context, connection: Connection, received: Received[SendMail]) -> None:
    """Store the mail; the commit wakes the sender."""
    await mail_delivery.accept(
        context, connection, received.id, received.message, request_id=received.request_id
    )
