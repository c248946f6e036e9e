"""The table `outbox`, as far as a flow of auth asks it; `shared/messaging` writes it."""

from uuid import UUID

from shared.db import Connection


async def is_unconfirmed(connection: Connection, name: str, *, subject: UUID) -> bool:
    """Whether a message of this name about the subject has no receipt yet, parked ones too."""
    unconfirmed: bool = await connection.fetchval(
        """
        select exists (
            select from outbox where name = $1 and subject = $2 and confirmed_at is null
        )
        """,
        name,
        subject,
    )
    return unconfirmed
