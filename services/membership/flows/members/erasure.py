"""Erases personal data, in the transaction that closes the account (R11).

The member's row keeps ids and times, so that the company's data stays complete.
"""

from services.membership.domain.members.members import Member
from services.membership.storage.joining import invitations, registrations
from services.membership.storage.members import email_changes
from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import ForgetPerson, SendMail
from shared.db import Connection
from shared.messaging import outbox


async def erase(connection: Connection, member: Member) -> None:
    """Erase a member's data in other rows, before the member's own row is closed.

    Undelivered messages are erased too, so a farewell must be written to the outbox afterwards.
    """
    registered = await registrations.erase(connection, member.id, member.email_key)
    invited = await invitations.erase(connection, member.id, member.email_key)
    await email_changes.end_all(connection, member.id)
    await outbox.drop(connection, SyncAccount.NAME, subject=member.id)
    for subject_id in sorted({member.id, *registered, *invited}):
        await outbox.drop(connection, SendMail.NAME, subject=subject_id)
        await outbox.put(connection, ForgetPerson(subject_id=subject_id), subject=subject_id)
