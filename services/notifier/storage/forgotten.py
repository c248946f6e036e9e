"""The table `forgotten`: erased people, and the effect on the mails about them."""

from datetime import timedelta
from uuid import UUID

from shared.db import Connection


async def remember(connection: Connection, subject_id: UUID) -> None:
    """The person of this subject was deleted."""
    await connection.execute(
        "insert into forgotten (subject_id) values ($1) on conflict do nothing", subject_id
    )


async def erase(connection: Connection, subject_id: UUID) -> None:
    """Erase finished mails about a deleted person: address, contents, reply."""
    await connection.execute(
        """
        with ended as (
            select id from mails
            where subject_id = $1 and state in ('accepted', 'refused', 'expired', 'unknown')
                and exists (select from forgotten where subject_id = $1)
            order by id for update
        ), silenced as (
            update attempts set answer = null from ended where mail_id = ended.id
        )
        update mails set to_address = '', sealed_params = null, answer = null
        from ended where mails.id = ended.id
        """,
        subject_id,
    )


async def erase_all(connection: Connection) -> None:
    """The same for mails that have ended by expiring."""
    rows = await connection.fetch(
        """
        select distinct subject_id from mails join forgotten using (subject_id)
        where to_address <> '' and state in ('accepted', 'refused', 'expired', 'unknown')
        """
    )
    for row in rows:
        await erase(connection, row["subject_id"])


async def purge(connection: Connection, *, kept: timedelta) -> None:
    """Delete rows of people whose mails are all deleted."""
    await connection.execute(
        "delete from forgotten where forgotten_at < clock_now() - $1::interval", kept
    )
