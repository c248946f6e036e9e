"""Deletes ended registrations, invitations and changes of address (R11), in that order.

Expired ones are rejected when used anyway. docs/retention.md has every period.
"""

from datetime import timedelta

from services.membership.flows.ground.context import Context
from services.membership.storage.company import caused_mails
from services.membership.storage.joining import invitations, registrations
from services.membership.storage.members import email_changes


async def purge(context: Context) -> None:
    """Delete rows after their retention period; pending requests stay."""
    kept = timedelta(days=context.settings.ended_kept_days)
    async with context.db.transaction("purge membership") as connection:
        await registrations.purge_expired(connection)
        await registrations.purge_decided(connection, kept)
        await invitations.purge(connection, kept)
        await email_changes.purge(connection, kept)
        await caused_mails.purge(connection)
