"""Ends all access after the database was restored from a backup.

The restored state can contain sessions, links, known browsers and passwords that had ended since
the backup, and it is unknown which. So all of them end, and each account needs a password reset by
mail, which proves the mailbox, before the next sign-in.
"""

from dataclasses import dataclass

from services.auth.storage import (
    accounts,
    devices,
    password_reset_links,
    presence_checks,
    sessions,
)
from shared.db import Database


@dataclass(frozen=True, slots=True)
class Ended:
    """Counts the sessions that ended, and the accounts that now need a reset."""

    sessions: int
    accounts: int


async def end_all(db: Database) -> Ended:
    """End every session, presence check, known browser and password link. It can be repeated.

    A repetition also requires another reset from members who have made one since.
    """
    async with db.transaction("end everything after a restore") as connection:
        distrusted = await accounts.update_distrusted(connection)
        ended = await sessions.end_every(connection, "restored")
        await password_reset_links.end_every(connection)
        await presence_checks.cancel_every(connection)
        await devices.purge_every(connection)
    return Ended(ended, distrusted)
