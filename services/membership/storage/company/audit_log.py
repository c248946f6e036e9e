"""The tables `audit_log` and `audit_heads`: append-only, with a hash chain for each customer."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from uuid import UUID

import asyncpg

from services.membership.domain.company.audit import Entry, Head, Link, Wanted, link_of
from shared.db import Connection

_COLUMNS = """
    customer_id, number, id, at, source, subject, action, actor_id, target_id, reason, network,
    browser, request_id, hash
"""


async def lock_head(connection: Connection, customer_id: UUID) -> Head:
    """The head of a customer's chain, locked until the commit; a new one has number 0."""
    row = await connection.fetchrow(
        """
        insert into audit_heads (customer_id, number, hash) values ($1, 0, '')
        on conflict (customer_id) do update set number = audit_heads.number
        returning number, hash
        """,
        customer_id,
    )
    assert row is not None
    return Head(**row)


async def lock_heads(connection: Connection, customer_ids: Iterable[UUID]) -> None:
    """Lock the heads of several chains in the order of their customers, as `lock_head` does."""
    await connection.execute(
        """
        insert into audit_heads (customer_id, number, hash)
        select id, 0, '' from unnest($1::uuid[]) as id order by id
        on conflict (customer_id) do update set number = audit_heads.number
        """,
        list(customer_ids),
    )


async def add(connection: Connection, head: Head, entry: Entry) -> Head:
    """Append an entry to the chain whose head is locked, and return its new head."""
    link = link_of(head, entry)
    await connection.execute(
        f"""
        insert into audit_log ({_COLUMNS})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        entry.customer_id, link.number, entry.id, entry.at, entry.source, entry.subject,
        entry.action, entry.actor_id, entry.target_id, entry.reason, entry.network, entry.browser,
        entry.request_id, link.hash,
    )  # fmt: skip
    await connection.execute(
        "update audit_heads set number = $2, hash = $3 where customer_id = $1",
        entry.customer_id, link.number, link.hash,
    )  # fmt: skip
    return Head(number=link.number, hash=link.hash)


async def list_page(
    connection: Connection, customer_id: UUID, wanted: Wanted, *, limit: int
) -> list[Link]:
    """At most `limit` links of a chain that are wanted, the newest first."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from audit_log
        where customer_id = $1 and ($2::bigint is null or number < $2)
            and ($3::uuid is null or actor_id = $3 or target_id = $3)
            and ($4::text is null or source = $4) and ($5::text is null or subject = $5)
            and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
        order by number desc limit $8
        """,
        customer_id, wanted.before, wanted.person, wanted.source, wanted.subject, wanted.since,
        wanted.until, limit,
    )  # fmt: skip
    return [_link(row) for row in rows]


async def list_of_person(connection: Connection, customer_id: UUID, id: UUID) -> list[Link]:
    """The entries by and about a person, the oldest first."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from audit_log
        where customer_id = $1 and (actor_id = $2 or target_id = $2) order by number
        """,
        customer_id,
        id,
    )
    return [_link(row) for row in rows]


async def list_since(connection: Connection, since: datetime) -> list[Link]:
    """The links of all chains that were written at or after this time."""
    rows = await connection.fetch(
        f"select {_COLUMNS} from audit_log where at >= $1 order by customer_id, number", since
    )
    return [_link(row) for row in rows]


async def find_newest(connection: Connection) -> datetime | None:
    """The time of the newest entry; None if there is none."""
    newest: datetime | None = await connection.fetchval("select max(at) from audit_log")
    return newest


async def lock_view(connection: Connection) -> None:
    """Let this transaction see one state of the database from here on."""
    await connection.execute("set transaction isolation level repeatable read, read only")


async def list_heads(connection: Connection) -> dict[UUID, Head]:
    """The head of every chain."""
    rows = await connection.fetch(
        "select customer_id, number, hash from audit_heads order by customer_id"
    )
    return {row["customer_id"]: Head(row["number"], row["hash"]) for row in rows}


async def list_without_head(connection: Connection) -> list[UUID]:
    """Customers with entries but without a head of their chain."""
    rows = await connection.fetch(
        """
        select distinct customer_id from audit_log
        where customer_id not in (select customer_id from audit_heads)
        """
    )
    return [row["customer_id"] for row in rows]


async def list_chain(connection: Connection, customer_id: UUID) -> AsyncIterator[Link]:
    """A whole chain from its beginning, row by row: it may be longer than memory.

    Needs a transaction.
    """
    cursor = connection.cursor(
        f"select {_COLUMNS} from audit_log where customer_id = $1 order by number", customer_id
    )
    async for row in cursor:
        yield _link(row)


def _link(row: asyncpg.Record) -> Link:
    values = dict(row)
    number, hash = values.pop("number"), values.pop("hash")
    return Link(number=number, hash=hash, entry=Entry(**values))
