"""Forgets what is over (R11): registrations, invitations and changes of address, in that order.

What has expired is refused at use anyway. docs/retention.md has every period.
"""

from datetime import timedelta

from services.membership.flows.ground.context import Context
from services.membership.storage.company import caused_mails
from services.membership.storage.joining import invitations, registrations
from services.membership.storage.members import email_changes


async def purge(context: Context) -> None:
    """Delete what has been over for as long as it is kept; what waits for a decision stays."""
    kept = timedelta(days=context.settings.ended_kept_days)
    async with context.db.transaction("purge membership") as connection:
        await registrations.purge_expired(connection)
        await registrations.purge_decided(connection, kept)
        await invitations.purge(connection, kept)
        await email_changes.purge(connection, kept)
        await caused_mails.purge(connection)
