"""`Idempotency-Key`: a repeated request creates an object only once.

The key is stored for 24 hours with the hash of the body and the id of the created object, in the
transaction that creates it. If requests with the same key are parallel, one creates the object; the
others wait for its commit, and get the same id. Keys belong to
the caller. Anonymous callers cannot be distinguished, so for them the key includes the body: the
same key with a different body is neither rejected nor gets the other request's response.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from pydantic import BaseModel

from shared.crypto import sha256
from shared.db import Connection
from shared.errors import Conflict, Invalid


class IdempotencyKeyReused(Invalid):
    """The same key came with another body."""


class IdempotencyKeyBusy(Conflict):
    """The first request with this key has not ended yet."""

    retry_after: float


async def once(
    connection: Connection,
    *,
    caller: UUID | None,
    route: str,
    key: str | None,
    body: BaseModel,
    make: Callable[[], Awaitable[UUID]],
) -> UUID:
    """Create an object in the transaction of `connection`, or return the id of the one created
    before. `caller` is the member who sent the request, None if the request is anonymous.

    Raises:
        IdempotencyKeyReused: The caller used the key with another body; never if anonymous.
        IdempotencyKeyBusy: The row of the first request is not visible to this transaction.
    """
    if key is None:
        return await make()
    digest = sha256(body.model_dump_json())
    who = str(caller) if caller else f"anonymous {digest.hex()}"
    # A second request waits here for the commit of the first.
    claimed = await connection.fetchval(
        """
        insert into idempotency_keys (caller, route, key, body_sha256) values ($1, $2, $3, $4)
        on conflict do nothing returning key
        """,
        who, route, key, digest,
    )  # fmt: skip
    if claimed is None:
        return await _made_before(connection, who, route, key, digest)
    made = await make()
    await connection.execute(
        """
        update idempotency_keys set made = $4
        where caller = $1 and route = $2 and key = $3
        """,
        who, route, key, made,
    )  # fmt: skip
    return made


async def _made_before(
    connection: Connection, who: str, route: str, key: str, digest: bytes
) -> UUID:
    row = await connection.fetchrow(
        """
        select body_sha256, made from idempotency_keys
        where caller = $1 and route = $2 and key = $3
        """,
        who, route, key,
    )  # fmt: skip
    if row is None or row["made"] is None:
        raise IdempotencyKeyBusy(retry_after=1)
    if row["body_sha256"] != digest:
        raise IdempotencyKeyReused
    made: UUID = row["made"]
    return made


async def purge(connection: Connection) -> None:
    """Delete the keys of requests older than 24 hours."""
    await connection.execute(
        "delete from idempotency_keys where created_at < now() - interval '24 hours'"
    )
