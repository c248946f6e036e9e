"""Forgets what is over (R11): registrations, invitations and changes of address, in that order.

What has expired is refused at use anyway. docs/retention.md has every period.
"""

from datetime import timedelta

from services.membership.flows.context import Context
from services.membership.storage import caused_mails, email_changes, invitations, registrations


async def purge(context: Context) -> None:
    """Delete what has been over for as long as it is kept; what waits for somebody stays."""
    kept = timedelta(days=context.settings.ended_kept_days)
    async with context.db.transaction() as connection:
        await registrations.purge_expired(connection)
        await registrations.purge_decided(connection, kept)
        await invitations.purge(connection, kept)
        await email_changes.purge(connection, kept)
        await caused_mails.purge(connection)
