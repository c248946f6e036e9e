"""Counters of wrong passwords, in PostgreSQL: they survive restarts, and each try counts first."""

from uuid import UUID

from services.auth.domain.failures import Counter
from shared.db import Connection


async def lock(connection: Connection, address_hmac: bytes, device_id: UUID) -> Counter:
    """The counter of an address and a kind of browser, locked until the transaction ends."""
    row = await connection.fetchrow(
        """
        insert into failures (address_hmac, device_id, wrong, last_wrong_at)
        values ($1, $2, 0, clock_now())
        on conflict (address_hmac, device_id) do update set wrong = failures.wrong
        returning device_id, wrong, last_wrong_at
        """,
        address_hmac,
        device_id,
    )
    assert row is not None
    return Counter(**row)


async def add_wrong(connection: Connection, address_hmac: bytes, device_id: UUID) -> None:
    """Count a try as wrong, before it is known to be."""
    await connection.execute(
        """
        update failures set wrong = wrong + 1, last_wrong_at = clock_now()
        where address_hmac = $1 and device_id = $2
        """,
        address_hmac,
        device_id,
    )


async def take_back(connection: Connection, address_hmac: bytes, device_id: UUID) -> None:
    """A try that was counted turned out not to be wrong, and not to be a sign-in either."""
    await connection.execute(
        """
        update failures set wrong = greatest(0, wrong - 1)
        where address_hmac = $1 and device_id = $2
        """,
        address_hmac,
        device_id,
    )


async def clear(connection: Connection, address_hmac: bytes, device_id: UUID | None) -> None:
    """Forget one counter of an address, or with None all of them."""
    await connection.execute(
        """
        delete from failures
        where address_hmac = $1 and ($2::uuid is null or device_id = $2)
        """,
        address_hmac,
        device_id,
    )


async def purge(connection: Connection) -> None:
    """Forget counters that were not raised for 90 days."""
    await connection.execute(
        "delete from failures where last_wrong_at < clock_now() - interval '90 days'"
    )
