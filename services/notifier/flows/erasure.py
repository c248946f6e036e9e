"""Erases what mails say of a deleted person (R11)."""

from uuid import UUID

from services.notifier.storage import forgotten
from shared.db import Connection


async def forget(connection: Connection, subject_id: UUID) -> None:
    """Empty what was sent now; what is still to go follows when it was sent or has expired."""
    await forgotten.remember(connection, subject_id)
    await forgotten.erase(connection, subject_id)
