"""Erases the contents of mails about a deleted person (R11)."""

from uuid import UUID

from services.notifier.storage import forgotten
from shared.db import Connection


async def forget(connection: Connection, subject_id: UUID) -> None:
    """Erase sent mails now; unsent ones are erased once they were sent or have expired."""
    await forgotten.remember(connection, subject_id)
    await forgotten.erase(connection, subject_id)
