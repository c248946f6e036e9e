"""The lock order of membership, from the first to the last (docs/architecture.md, Locks).

The customer, registrations, members, the end of the customer's audit chain; several of one kind in
the order of their ids. The customer comes first because every flow knows it from the beginning.
"""

from services.membership.storage.company import audit_log, customers
from services.membership.storage.members import members
from shared.contracts.base import Locks
from shared.db import Connection


async def take(connection: Connection, locks: Locks) -> None:
    """Take the locks of a batch of messages."""
    if locks.customers:
        await customers.lock_all(connection, locks.customers)
    if locks.members:
        await members.lock(connection, locks.members)
    if locks.chains:
        await audit_log.lock_heads(connection, locks.chains)
