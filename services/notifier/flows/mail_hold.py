"""Holds mails back after a restore: which of them went out since the backup is not known.

A mail of before the restore waits until an operator releases or drops it; it expires as any other.
Mails that are asked for after the restore are not held.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.notifier.domain import Held
from services.notifier.errors import MailNotHeld
from services.notifier.storage import held_mails
from shared.crypto import new_id
from shared.db import Database


async def hold(db: Database) -> int:
    """Hold every mail that was asked for before now, in the outboxes too; how many wait here."""
    async with db.transaction("hold mails") as connection:
        return await held_mails.update_held(connection, new_id())


async def list_held(db: Database) -> Sequence[Held]:
    """What is held and has not expired, the oldest first."""
    async with db.connection() as connection:
        return await held_mails.list_all(connection)


async def release(db: Database, ids: Collection[UUID] | None) -> int:
    """Let these mails be sent, or for None all that are held; how many they are.

    Raises:
        MailNotHeld: One of these is not held. Then none is released.
    """
    async with db.transaction("release mails") as connection:
        return _every_one(ids, await held_mails.update_released(connection, ids))


async def drop(db: Database, ids: Collection[UUID] | None) -> int:
    """Give these mails up, or for None all that are held; how many they are.

    Raises:
        MailNotHeld: One of these is not held. Then none is given up.
    """
    async with db.transaction("drop mails") as connection:
        return _every_one(ids, await held_mails.update_dropped(connection, ids))


def _every_one(ids: Collection[UUID] | None, count: int) -> int:
    if ids is not None and count < len(set(ids)):
        raise MailNotHeld
    return count
