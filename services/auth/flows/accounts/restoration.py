"""After a restore: what ended since the backup lives again in the database, and ends once more.

Which sessions, links, known browsers and passwords those are is not known, so all end: each
account asks for a password reset by mail, which proves the mailbox, before it allows a sign-in.
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
    """How many sessions ended, and how many accounts ask for a reset."""

    sessions: int
    accounts: int


async def end_all(db: Database) -> Ended:
    """End every session, presence check, known browser, and link for a password. Safe to repeat.

    A repeat also asks those for a reset who have made one in the meantime.
    """
    async with db.transaction("end everything after a restore") as connection:
        distrusted = await accounts.update_distrusted(connection)
        ended = await sessions.end_every(connection, "restored")
        await password_reset_links.end_every(connection)
        await presence_checks.cancel_every(connection)
        await devices.purge_every(connection)
    return Ended(ended, distrusted)
