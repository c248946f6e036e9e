"""The outbox: messages to send, written in the transaction of the change that they report.

A row is done when its reader confirms it by a receipt, not when it was published; a message to the
service itself is done when it is applied (`take_own`). From `due_at` on the relay publishes the
row, and repeats this until it is done. If the reader reports permanent failures `PARK_AFTER` times,
or does not confirm the row for 25 days, the row is parked: it is not published again until an
administrator releases it (`parking`). The messages in `never_park` are not parked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared import tracing
from shared.contracts.base import Message
from shared.crypto import new_id
from shared.db import Connection
from shared.logging import request_id
from shared.messaging.envelope import Failure
from shared.messaging.spans import span_of

PARK_AFTER = 10
WINDOW = 400
"""How many rows of one queue may be in transit, that is published, unconfirmed and not yet due
again."""

SENT_FOR = "interval '25 days'"
"""Rows older than this are not sent any more. Readers reject messages older than 30 days, because
an inbox keeps ids for 31 days."""


@dataclass(frozen=True, slots=True)
class Row:
    """Describes a row of the outbox with its payload."""

    id: UUID
    queue: str
    name: str
    subject: UUID | None
    version: int | None
    payload: str
    request_id: str
    traceparent: str | None
    attempt: int


_COLUMNS = "id, queue, name, subject, version, payload, request_id, traceparent, attempt"


async def put(
    connection: Connection,
    message: Message,
    *,
    subject: UUID | None = None,
    version: int | None = None,
) -> UUID:
    """Add a message to the caller's transaction, and return its id.

    `subject` is the id of the account or object that the message is about, and `version` the
    version of the subject that it reports.
    """
    id = new_id()
    with span_of("create", message.NAME, queue=message.QUEUE, id=id, attempt=0):
        await connection.execute(
            """
            insert into outbox
                (id, queue, name, subject, version, payload, request_id, traceparent)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            id, message.QUEUE, message.NAME, subject, version, message.model_dump_json(),
            request_id.get() or str(id),  # a message without a request is its own request
            tracing.traceparent(),
        )  # fmt: skip
    return id


async def lease(connection: Connection, queues: Sequence[str], *, limit: int) -> list[Row]:
    """Lease due rows for publishing, at most `limit` per queue and within its window.

    A lease reserves a row for one process. If the reader does not confirm the row, it becomes due
    again 5 s after the first lease, and after twice as long each further time, up to 60 s. Returns
    the rows in the order of `queues`, which lists urgent queues first. Rows older than 25 days are
    not leased: their reader might reject them as too old, and with them all other messages of the
    same Celery task.
    """
    rows = await connection.fetch(
        f"""
        with room as (
            select queue, least($2, $3 - (
                select count(*) from outbox
                where queue = wanted.queue and confirmed_at is null and parked_at is null
                  and failed_attempt < attempt and due_at > now()
            )) as free
            from unnest($1::text[]) as wanted (queue)
        ), due as (
            select found.id from room cross join lateral (
                select id from outbox
                where queue = room.queue and confirmed_at is null and parked_at is null
                  and due_at <= now() and created_at > now() - {SENT_FOR}
                order by due_at
                limit greatest(0, room.free)
                for update skip locked
            ) as found
        )
        update outbox set
            attempt = attempt + 1,
            due_at = now() + least(60, 5 * power(2, least(attempt, 8))) * interval '1 second'
        where id in (select id from due)
        returning {_COLUMNS}
        """,
        list(queues), limit, WINDOW,
    )  # fmt: skip
    leased = [Row(**row) for row in rows]
    return sorted(leased, key=lambda row: (queues.index(row.queue), row.name, row.id))


async def try_to_write(connection: Connection) -> None:
    """Insert a row and roll back, to check whether the database accepts writes.

    Raises:
        asyncpg.PostgresError: It does not, so all other writes would fail too: the server is a
            standby or read-only, a privilege is missing, or the disk fails.
    """
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(
            "insert into outbox (id, queue, name, payload, request_id) values ($1, '', '', '', '')",
            new_id(),
        )
    finally:
        await transaction.rollback()


async def lock_unconfirmed(connection: Connection, ids: Iterable[UUID]) -> list[Row]:
    """Lock the unconfirmed rows with these ids, in the order of the ids, and return them."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from outbox
        where id = any($1) and confirmed_at is null order by id for update
        """,
        list(ids),
    )
    return [Row(**row) for row in rows]


async def mark_confirmed(connection: Connection, ids: Iterable[UUID]) -> None:
    """Mark rows as confirmed, and delete their payloads."""
    await connection.execute(
        """
        update outbox set confirmed_at = now(), payload = null, parked_at = null
        where id = any($1)
        """,
        list(ids),
    )


async def take_own(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Mark messages to the service itself as done, when they are applied. They need no receipt.

    Returns the ids that were not done before.
    """
    rows = await connection.fetch(
        """
        update outbox set confirmed_at = now(), payload = null
        where id in (
            select id from outbox where id = any($1) and confirmed_at is null
            order by id for update
        )
        returning id
        """,
        list(ids),
    )
    return {row["id"] for row in rows}


async def record_failure(
    connection: Connection, failure: Failure, *, never_park: Iterable[str]
) -> Row | None:
    """Count a permanent failure that the reader reports, at most once per attempt.

    A report on an earlier attempt is ignored. Returns the row if it is parked now, otherwise None.
    """
    row = await connection.fetchrow(
        f"""
        update outbox set
            failures = failures + 1, failed_attempt = attempt, failure = $3,
            parked_at = case when failures + 1 >= $4 and name <> all($5) then now() end
        where id = $1 and attempt = $2 and failed_attempt < attempt
          and confirmed_at is null and parked_at is null
        returning {_COLUMNS}, parked_at is not null as parked
        """,
        failure.id, failure.attempt, failure.code, PARK_AFTER, list(never_park),
    )  # fmt: skip
    if row is None or not row["parked"]:
        return None
    return Row(**{key: value for key, value in row.items() if key != "parked"})


async def park_old(connection: Connection, *, never_park: Iterable[str]) -> list[Row]:
    """Park unconfirmed rows that are too old to be sent, and return them."""
    rows = await connection.fetch(
        f"""
        update outbox set parked_at = now(), failure = 'too_old'
        where id in (
            select id from outbox
            where confirmed_at is null and parked_at is null and name <> all($1)
              and created_at <= now() - {SENT_FOR}
            order by id for update
        )
        returning {_COLUMNS}
        """,
        list(never_park),
    )
    return [Row(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Counts the unconfirmed rows: those that are not parked, and those that are parked.

    `oldest_seconds` is the age of the oldest row that is not parked, 0 if there is none.
    """

    waiting: int
    parked: int
    oldest_seconds: float


async def count_unconfirmed(connection: Connection) -> Unconfirmed:
    """Count the unconfirmed rows; each number is read from a partial index."""
    row = await connection.fetchrow(
        """
        select due.waiting, due.oldest_seconds,
            (select count(*) from outbox where confirmed_at is null and parked_at is not null)
                as parked
        from (
            select count(*) as waiting,
                coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
            from outbox where confirmed_at is null and parked_at is null
        ) as due
        """
    )
    assert row is not None
    return Unconfirmed(**row)


async def take_stale(connection: Connection, name: str) -> set[UUID]:
    """Delete unconfirmed rows of this name older than 20 days, and return their subjects.

    Before the rows become too old to be sent, the caller replaces them by the current state.
    """
    rows = await connection.fetch(
        """
        delete from outbox where id in (
            select id from outbox
            where name = $1 and confirmed_at is null and created_at < now() - interval '20 days'
            order by id for update
        )
        returning subject
        """,
        name,
    )
    return {row["subject"] for row in rows if row["subject"]}


async def drop(connection: Connection, name: str, *, subject: UUID) -> None:
    """Delete the unconfirmed rows of this name and subject, because they are not needed any
    more."""
    await connection.execute(
        """
        delete from outbox where id in (
            select id from outbox where name = $1 and subject = $2 and confirmed_at is null
            order by id for update
        )
        """,
        name,
        subject,
    )


async def purge(connection: Connection) -> None:
    """Delete rows that were confirmed 7 days ago, and rows that were parked 30 days ago."""
    await connection.execute(
        """
        delete from outbox where confirmed_at < now() - interval '7 days'
            or parked_at < now() - interval '30 days'
        """
    )
