"""Holds mails back after a restore, because it is unknown which of them were sent since the backup.

A mail from before the restore waits until an administrator releases or drops it; it expires like
any other. Mails that are requested after the restore are not held.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.notifier.domain import Held
from services.notifier.errors import MailNotHeld
from services.notifier.storage import held_mails
from shared.crypto import new_id
from shared.db import Database


async def hold(db: Database) -> int:
    """Hold every mail requested before now. Those that are still in an outbox are held when they
    arrive. Returns how many mails in the notifier's table were held."""
    async with db.transaction("hold mails") as connection:
        return await held_mails.update_held(connection, new_id())


async def list_held(db: Database) -> Sequence[Held]:
    """The held mails that have not expired, the oldest first."""
    async with db.connection() as connection:
        return await held_mails.list_all(connection)


async def release(db: Database, ids: Collection[UUID] | None) -> int:
    """Release these mails, or with None all held ones; returns how many they are.

    Raises:
        MailNotHeld: One of these is not held. Then none is released.
    """
    async with db.transaction("release mails") as connection:
        return _every_one(ids, await held_mails.update_released(connection, ids))


async def drop(db: Database, ids: Collection[UUID] | None) -> int:
    """Drop these mails, or with None all held ones; returns how many they are.

    Raises:
        MailNotHeld: One of these is not held. Then none is dropped.
    """
    async with db.transaction("drop mails") as connection:
        return _every_one(ids, await held_mails.update_dropped(connection, ids))


def _every_one(ids: Collection[UUID] | None, count: int) -> int:
    if ids is not None and count < len(set(ids)):
        raise MailNotHeld
    return count
