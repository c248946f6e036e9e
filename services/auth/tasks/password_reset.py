"""auth.start_password_reset and auth.send_password_reset."""

from services.auth.flows.ground.context import Context
from services.auth.flows.sign_in import password_reset
from shared.contracts.auth import SendPasswordReset, StartPasswordReset
from shared.db import Connection
from shared.messaging.envelope import Received


async def start(
    context: Context, connection: Connection, received: Received[StartPasswordReset]
) -> None:
    """Look up the address, and mail a link if there is an account."""
    await password_reset.start(connection, context, received.message)


async def send(
    context: Context, connection: Connection, received: Received[SendPasswordReset]
) -> None:
    """Mail a link for which the company asked."""
    await password_reset.send_asked(connection, context, received.message)
