"""The outbox: leased by state, within windows, failures counted once, parked and released."""

import asyncio
from typing import Any

from shared.contracts.registry import QUEUES
from shared.crypto import new_id
from shared.db import Database
from shared.messaging import outbox
from shared.messaging.envelope import Failure
from tests.shared.conftest import put, reset_for

ALL = tuple(QUEUES)


async def execute(db: Database, statement: str, *arguments: Any) -> Any:
    async with db.connection() as connection:
        return await connection.fetchval(statement, *arguments)


async def lease(db: Database, limit: int = 1000) -> list[outbox.Row]:
    async with db.connection() as connection:
        return await outbox.lease(connection, ALL, limit=limit)


async def fill(db: Database, queue: str, count: int) -> None:
    await execute(
        db,
        "insert into outbox (id, queue, name, payload, request_id) "
        "select gen_random_uuid(), $1, 'a.b', '{}', '' from generate_series(1, $2)",
        queue,
        count,
    )


async def test_urgent_queues_come_first(auth_db: Database) -> None:
    await fill(auth_db, "notifier", 2)
    await fill(auth_db, "auth.now", 1)
    assert [row.queue for row in await lease(auth_db)] == ["auth.now", "notifier", "notifier"]


async def test_a_leased_row_comes_again_after_growing_pauses(auth_db: Database) -> None:
    await put(auth_db, reset_for("a"))
    pauses = []
    for _ in range(6):
        (row,) = await lease(auth_db)
        assert await lease(auth_db) == []
        pauses.append(
            await execute(auth_db, "select round(extract(epoch from due_at - now())) from outbox")
        )
        await execute(auth_db, "update outbox set due_at = now()")
    assert [int(pause) for pause in pauses] == [5, 10, 20, 40, 60, 60]
    assert row.attempt == 6


async def test_a_dead_reader_stops_nobody_else(auth_db: Database) -> None:
    await fill(auth_db, "membership", 500)
    assert len(await lease(auth_db)) == 400
    await fill(auth_db, "notifier", 3)
    assert [row.queue for row in await lease(auth_db)] == ["notifier"] * 3


async def test_two_relays_lease_no_row_twice(auth_db: Database) -> None:
    await fill(auth_db, "auth", 200)
    leased = await asyncio.gather(*(lease(auth_db, 40) for _ in range(5)))
    ids = [row.id for rows in leased for row in rows]
    assert len(ids) == len(set(ids))


async def test_a_failure_counts_once_per_attempt_and_ten_park_the_row(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("a"))
    parked = []
    for attempt in range(1, 11):
        await execute(auth_db, "update outbox set due_at = now()")
        await lease(auth_db)
        async with auth_db.transaction() as connection:
            for failure in (
                Failure(id=id, attempt=attempt, code="broken"),
                Failure(id=id, attempt=attempt, code="broken"),
                Failure(id=id, attempt=attempt - 1, code="late"),
            ):
                row = await outbox.record_failure(connection, failure, never_park=())
                parked.append(row is not None)
    assert parked.index(True) == 27, "the tenth answer parks it, its repeat does not count"
    assert await lease(auth_db) == []
    async with auth_db.connection() as connection:
        assert [row.failure for row in await outbox.list_parked(connection)] == ["broken"]
        assert await outbox.release(connection, id)
    assert len(await lease(auth_db)) == 1


async def test_a_row_that_never_parks_goes_on_for_ever(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("a"))
    for attempt in range(1, 15):
        await execute(auth_db, "update outbox set due_at = now()")
        await lease(auth_db)
        async with auth_db.transaction() as connection:
            failure = Failure(id=id, attempt=attempt, code="x")
            never = ("auth.start_password_reset",)
            assert await outbox.record_failure(connection, failure, never_park=never) is None


async def test_what_is_parked_for_longer_than_25_days_is_not_released(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("a"))
    await execute(
        auth_db, "update outbox set parked_at = now(), created_at = now() - interval '26 days'"
    )
    async with auth_db.connection() as connection:
        assert not await outbox.release(connection, id)
        assert not await outbox.release(connection, new_id())


async def test_a_confirmed_row_keeps_no_payload(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("secret@example.jp"))
    async with auth_db.transaction() as connection:
        await outbox.mark_confirmed(connection, [id])
    assert await execute(auth_db, "select payload from outbox") is None


async def test_what_nobody_took_for_20_days_is_given_back_by_its_subject(
    auth_db: Database,
) -> None:
    subject = new_id()
    await put(auth_db, reset_for("a"), subject=subject)
    async with auth_db.transaction() as connection:
        assert await outbox.take_stale(connection, "auth.start_password_reset") == set()
        await connection.execute("update outbox set created_at = now() - interval '21 days'")
        assert await outbox.take_stale(connection, "auth.start_password_reset") == {subject}
        assert await connection.fetchval("select count(*) from outbox") == 0
