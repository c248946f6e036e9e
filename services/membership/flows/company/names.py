"""The current names behind the ids of the audit log and of the seat ledger."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from services.membership.storage.joining import invitations
from services.membership.storage.members import members
from shared.db import Connection


async def find(
    connection: Connection, customer_id: UUID, ids: Iterable[UUID | None]
) -> Mapping[UUID, str]:
    """The names of the company's members, and the addresses of its invitations.

    People who have left have none, nor have those who are not of the company (R11).
    """
    wanted = list({id for id in ids if id})
    named = await members.list_names(connection, customer_id, wanted)
    return await invitations.list_addresses(connection, customer_id, wanted) | named
