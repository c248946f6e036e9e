"""Erases what says who somebody was, in the transaction that closes the account (R11).

The member's row keeps ids and times, so that what belongs to the company stays with it.
"""

from services.membership.domain.members import Member
from services.membership.storage import email_changes, invitations, registrations
from shared.contracts.auth import SyncAccount
from shared.db import Connection
from shared.messaging import outbox


async def erase(connection: Connection, member: Member) -> None:
    """Erase what other rows know of a member whose own row is closed.

    What auth was told before and has not confirmed is dropped: the closing comes after it.
    """
    await registrations.erase(connection, member.id, member.email_key)
    await invitations.erase(connection, member.id, member.email_key)
    await email_changes.end_all(connection, member.id)
    await outbox.drop(connection, SyncAccount.NAME, subject=member.id)
