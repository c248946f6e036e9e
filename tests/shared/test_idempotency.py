"""`Idempotency-Key`: a repeated request has its effect once."""

import asyncio
from uuid import UUID

import pytest
from pydantic import BaseModel

from shared.crypto import new_id
from shared.db import Connection, Database
from shared.idempotency import IdempotencyKeyReused, once
from shared.messaging.periodic import purge_idempotency_keys

CALLER = new_id()


class Body(BaseModel):
    """The body of a request."""

    name: str = "a"


class Context:
    """The context of a periodic job."""

    def __init__(self, db: Database) -> None:
        self.db = db


async def ask(
    db: Database,
    *,
    key: str | None = "k",
    body: Body | None = None,
    caller: UUID | None = CALLER,
    route: str = "POST /things",
    pause: float = 0,
) -> UUID:
    """Insert an inbox row, as a handler would insert its own."""
    async with db.transaction("test") as connection:
        return await once(
            connection,
            caller=caller,
            route=route,
            key=key,
            body=body or Body(),
            make=lambda: make(connection, pause),
        )


async def make(connection: Connection, pause: float) -> UUID:
    id = new_id()
    await connection.execute("insert into inbox (id) values ($1)", id)
    await asyncio.sleep(pause)
    return id


async def made(db: Database) -> int:
    async with db.connection() as connection:
        count: int = await connection.fetchval("select count(*) from inbox")
        return count


async def test_fifty_equal_requests_at_once_insert_one_row(auth_db: Database) -> None:
    ids = await asyncio.gather(*(ask(auth_db, pause=0.05) for _ in range(50)))
    assert len(set(ids)) == 1
    assert await made(auth_db) == 1


async def test_without_a_key_each_request_inserts_a_row(auth_db: Database) -> None:
    ids = await asyncio.gather(*(ask(auth_db, key=None) for _ in range(5)))
    assert len(set(ids)) == await made(auth_db) == 5


async def test_a_key_with_another_body_is_refused_without_effect(auth_db: Database) -> None:
    await ask(auth_db)
    with pytest.raises(IdempotencyKeyReused):
        await ask(auth_db, body=Body(name="b"))
    assert await made(auth_db) == 1


async def test_another_caller_and_another_route_have_their_own_keys(auth_db: Database) -> None:
    ids = {
        await ask(auth_db),
        await ask(auth_db, caller=new_id()),
        await ask(auth_db, caller=None),
        await ask(auth_db, route="POST /others"),
    }
    assert len(ids) == 4


async def test_an_anonymous_callers_key_reveals_no_answer_to_another(auth_db: Database) -> None:
    first = await ask(auth_db, caller=None)
    assert await ask(auth_db, caller=None, body=Body(name="b")) != first
    assert await ask(auth_db, caller=None) == first
    assert await made(auth_db) == 2


async def test_a_request_that_failed_leaves_the_key_free(auth_db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with auth_db.transaction("test") as connection:
            await once(
                connection, caller=CALLER, route="POST /things", key="k", body=Body(),
                make=lambda: fail(connection),
            )  # fmt: skip
    assert await made(auth_db) == 0
    await ask(auth_db)
    assert await made(auth_db) == 1


async def fail(connection: Connection) -> UUID:
    await make(connection, 0)
    raise ZeroDivisionError


async def test_a_key_is_kept_for_a_day(auth_db: Database) -> None:
    first = await ask(auth_db)
    for hours, same in ((23, True), (25, False)):
        async with auth_db.connection() as connection:
            await connection.execute(
                "update idempotency_keys set created_at = now() - $1 * interval '1 hour'", hours
            )
        await purge_idempotency_keys(Context(auth_db))
        assert (await ask(auth_db) == first) is same
