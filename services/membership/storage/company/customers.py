"""The tables `customers` and `customer_domains`: one for members' flows, many for the import."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from services.membership.domain.company.customers import Customer, MasterRecord
from shared.db import Connection

_COLUMNS = """
    id, code, name, name_kana, phone,
    case when raised_until > clock_now() then raised_limit else seat_limit end as seat_limit
"""


async def get(connection: Connection, id: UUID) -> Customer:
    """The customer with this id, which must exist."""
    row = await connection.fetchrow(f"select {_COLUMNS} from customers where id = $1", id)
    assert row is not None
    return Customer(**row)


async def list_codes(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The codes of those customers that exist."""
    rows = await connection.fetch("select id, code from customers where id = any($1)", list(ids))
    return {row["id"]: row["code"] for row in rows}


async def lock_by_code_key(connection: Connection, code_key: str) -> Customer | None:
    """The customer of this code, locked until the transaction ends: seats are taken and counted
    only under this lock (R5)."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from customers where code_key = $1 for no key update", code_key
    )
    return Customer(**row) if row else None


async def lock(connection: Connection, id: UUID) -> Customer:
    """The customer of this id, which has to exist, locked as by `lock_by_code_key`."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from customers where id = $1 for no key update", id
    )
    assert row is not None
    return Customer(**row)


async def lock_all(connection: Connection, ids: Iterable[UUID]) -> None:
    """Lock several customers as `lock` does, in the order of their ids."""
    await connection.execute(
        "select from customers where id = any($1) order by id for no key update", list(ids)
    )


async def list_domains(connection: Connection, id: UUID) -> frozenset[str]:
    """The mail domains of a customer."""
    rows = await connection.fetch("select domain from customer_domains where customer_id = $1", id)
    return frozenset(row["domain"] for row in rows)


async def update_limit(connection: Connection, id: UUID, limit: int) -> None:
    """Set a customer's own limit."""
    await connection.execute("update customers set seat_limit = $2 where id = $1", id, limit)


async def update_raised_limit(
    connection: Connection, id: UUID, limit: int, until: datetime
) -> None:
    """Set a temporary limit until a date; then the customer's own applies again (B3)."""
    await connection.execute(
        "update customers set raised_limit = $2, raised_until = $3 where id = $1", id, limit, until
    )


async def clear_lapsed_raise(connection: Connection, id: UUID) -> bool:
    """Delete a temporary limit that has ended; returns whether there was one."""
    cleared = await connection.fetchval(
        """
        update customers set raised_limit = null, raised_until = null
        where id = $1 and raised_until <= clock_now() returning id
        """,
        id,
    )
    return cleared is not None


async def list_lapsed_raises(connection: Connection) -> list[UUID]:
    """The customers whose temporary limit has ended."""
    rows = await connection.fetch("select id from customers where raised_until <= clock_now()")
    return [row["id"] for row in rows]


async def lock_master(connection: Connection) -> None:
    """Lock out parallel imports."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('import', 0))")


async def list_by_code_key(
    connection: Connection, code_keys: Sequence[str], *, lock: bool
) -> dict[str, MasterRecord]:
    """The existing ones among these customers, by their codes' keys."""
    rows = await connection.fetch(
        f"""
        select id, code, code_key, name, name_kana, kind, phone, seat_limit,
            array(select domain from customer_domains where customer_id = id) as domains
        from customers where code_key = any($1) order by id
        {"for no key update of customers" if lock else ""}
        """,
        list(code_keys),
    )
    return {
        row["code_key"]: MasterRecord(**{**row, "domains": frozenset(row["domains"])})
        for row in rows
    }


async def is_any_other(connection: Connection, code_keys: Sequence[str]) -> bool:
    """Whether a customer has another code than these."""
    found: bool = await connection.fetchval(
        "select exists (select from customers where code_key <> all($1))", list(code_keys)
    )
    return found


async def list_codes_but_for_zeros(
    connection: Connection, code_keys: Sequence[str]
) -> dict[str, str]:
    """The codes, by their keys, that differ from these numbers only by leading zeros."""
    rows = await connection.fetch(
        """
        select code_key, code from customers
        where code_key ~ '^[0-9]+$' and ltrim(code_key, '0') in (
            select ltrim(key, '0') from unnest($1::text[]) as key where key ~ '^[0-9]+$'
        )
        """,
        list(code_keys),
    )
    return {row["code_key"]: row["code"] for row in rows}


async def add_all(connection: Connection, records: Sequence[MasterRecord]) -> None:
    """Add customers."""
    await connection.execute(
        f"insert into customers {_COLUMNS_OF_MASTER} select * from {_RECORDS}", *_arrays(records)
    )


async def update_all(connection: Connection, records: Sequence[MasterRecord]) -> None:
    """Update customers."""
    await connection.execute(
        f"""
        update customers set code = new.code, name = new.name, name_kana = new.name_kana,
            kind = new.kind, phone = new.phone, seat_limit = new.seat_limit,
            version = version + 1, updated_at = clock_now()
        from {_RECORDS} as new {_COLUMNS_OF_MASTER} where customers.id = new.id
        """,
        *_arrays(records),
    )


async def replace_domains(connection: Connection, records: Sequence[MasterRecord]) -> None:
    """Replace the domains of customers."""
    await connection.execute(
        "delete from customer_domains where customer_id = any($1)", [one.id for one in records]
    )
    pairs = [(one.id, domain) for one in records for domain in one.domains]
    await connection.execute(
        """
        insert into customer_domains (customer_id, domain)
        select * from unnest($1::uuid[], $2::text[])
        """,
        [id for id, _ in pairs],
        [domain for _, domain in pairs],
    )


_COLUMNS_OF_MASTER = "(id, code, code_key, name, name_kana, kind, phone, seat_limit)"
_RECORDS = """unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[]
)"""


def _arrays(records: Sequence[MasterRecord]) -> tuple[list[object], ...]:
    """One array per column, so that thousands of rows need one statement."""
    return (
        [one.id for one in records],
        [one.code for one in records],
        [one.code_key for one in records],
        [one.name for one in records],
        [one.name_kana for one in records],
        [one.kind for one in records],
        [one.phone for one in records],
        [one.seat_limit for one in records],
    )
