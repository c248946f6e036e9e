"""The lock order of auth: the accounts of members, sorted, then the rows that belong to them."""

from services.auth.storage import accounts
from shared.addresses import key_of
from shared.contracts.base import Locks
from shared.db import Connection


async def take(connection: Connection, locks: Locks) -> None:
    """Take the locks of a batch of messages."""
    if locks.members:
        await accounts.lock_members(connection, locks.members)
    keys = [key_of(address) for address in locks.addresses]
    await accounts.lock_rows(connection, member_ids=locks.members, email_keys=keys)
