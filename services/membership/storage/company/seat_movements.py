"""The table `seat_movements`: the ledger of seats (B3). Written under the customer's lock only."""

from datetime import datetime
from uuid import UUID

from services.membership.domain.company.seats import Movement, MovementKind
from shared.crypto import new_id
from shared.db import Connection

_COLUMNS = "id, at, kind, change, subject_id, actor_id, seat_limit, until"


async def add(
    connection: Connection,
    customer_id: UUID,
    kind: MovementKind,
    change: int,
    *,
    subject_id: UUID,
    actor_id: UUID | None,
    until: datetime | None = None,
) -> None:
    """Record that a seat was taken or freed; `until` is the end of an invitation."""
    await connection.execute(
        """
        insert into seat_movements (id, customer_id, kind, change, subject_id, actor_id, until)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        new_id(), customer_id, kind, change, subject_id, actor_id, until,
    )  # fmt: skip


async def add_limit(
    connection: Connection,
    customer_id: UUID,
    kind: MovementKind,
    limit: int,
    *,
    actor_id: UUID | None,
    until: datetime | None = None,
) -> None:
    """Record a new limit."""
    await connection.execute(
        """
        insert into seat_movements (id, customer_id, kind, change, seat_limit, actor_id, until)
        values ($1, $2, $3, 0, $4, $5, $6)
        """,
        new_id(), customer_id, kind, limit, actor_id, until,
    )  # fmt: skip


async def list_untold(connection: Connection) -> list[tuple[UUID, UUID]]:
    """Changes of a limit without a notice so far: their ids, with the customers'."""
    rows = await connection.fetch(
        """
        select id, customer_id from seat_movements
        where seat_limit is not null and told_at is null order by id limit 500
        """
    )
    return [(row["id"], row["customer_id"]) for row in rows]


async def take_untold(connection: Connection, id: UUID) -> MovementKind | None:
    """The kind of the change, unless a notice was already sent."""
    kind: MovementKind | None = await connection.fetchval(
        """
        update seat_movements set told_at = clock_now()
        where id = $1 and told_at is null returning kind
        """,
        id,
    )
    return kind


async def list_page(
    connection: Connection, customer_id: UUID, *, before: UUID | None, limit: int
) -> list[Movement]:
    """At most `limit` movements before `before`, the newest first."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS}, used from (
            select {_COLUMNS}, sum(change) over (order by id) as used
            from seat_movements where customer_id = $1
        ) as ledger
        where $2::uuid is null or id < $2 order by id desc limit $3
        """,
        customer_id,
        before,
        limit,
    )
    return [Movement(**row) for row in rows]
