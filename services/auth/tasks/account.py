"""auth.sync_account."""

from services.auth.flows.accounts import account
from services.auth.flows.ground.context import Context
from shared.contracts.auth import SyncAccount
from shared.db import Connection
from shared.messaging.envelope import Received


async def sync(_context: Context, connection: Connection, received: Received[SyncAccount]) -> None:
    """Apply the state of a member."""
    await account.sync(connection, received.message)
