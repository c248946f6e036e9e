"""The outbox: leases within windows, failures counted once, parking and release."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from prometheus_client import REGISTRY

from shared.contracts.auth import StartPasswordReset, SyncAccount
from shared.contracts.registry import QUEUES
from shared.crypto import new_id
from shared.db import Connection, Database
from shared.messaging import outbox, parking, periodic
from shared.messaging.envelope import Failure
from tests.shared.messaging.conftest import put, reset_for

ALL = tuple(QUEUES)


@dataclass
class Context:
    db: Database


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


async def test_urgent_queues_are_leased_first(auth_db: Database) -> None:
    await fill(auth_db, "notifier", 2)
    await fill(auth_db, "auth.now", 1)
    assert [row.queue for row in await lease(auth_db)] == ["auth.now", "notifier", "notifier"]


async def test_an_unconfirmed_row_is_leased_again_after_growing_pauses(auth_db: Database) -> None:
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


async def test_a_stopped_reader_delays_no_other_reader(auth_db: Database) -> None:
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
        async with auth_db.transaction("test") as connection:
            for failure in (
                Failure(id=id, attempt=attempt, code="broken"),
                Failure(id=id, attempt=attempt, code="broken"),
                Failure(id=id, attempt=attempt - 1, code="late"),
            ):
                row = await outbox.record_failure(connection, failure, never_park=())
                parked.append(row is not None)
    assert parked.index(True) == 27, "the tenth failure parks it, a repeat does not count"
    assert await lease(auth_db) == []
    async with auth_db.connection() as connection:
        assert [row.failure for row in await parking.list_parked(connection)] == ["broken"]
        assert await parking.release(connection, id)
    assert len(await lease(auth_db)) == 1


async def test_a_message_that_is_never_parked_is_leased_without_limit(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("a"))
    for attempt in range(1, 15):
        await execute(auth_db, "update outbox set due_at = now()")
        await lease(auth_db)
        async with auth_db.transaction("test") as connection:
            failure = Failure(id=id, attempt=attempt, code="x")
            never = ("auth.start_password_reset",)
            assert await outbox.record_failure(connection, failure, never_park=never) is None


async def test_a_row_older_than_25_days_is_not_released(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("a"))
    await execute(
        auth_db, "update outbox set parked_at = now(), created_at = now() - interval '26 days'"
    )
    async with auth_db.connection() as connection:
        assert not await parking.release(connection, id)
        assert not await parking.release(connection, new_id())


async def test_a_confirmed_row_keeps_no_payload(auth_db: Database) -> None:
    id = await put(auth_db, reset_for("secret@example.jp"))
    async with auth_db.transaction("test") as connection:
        await outbox.mark_confirmed(connection, [id])
    assert await execute(auth_db, "select payload from outbox") is None


async def test_rows_unconfirmed_for_20_days_are_taken_with_their_subjects(
    auth_db: Database,
) -> None:
    subject = new_id()
    await put(auth_db, reset_for("a"), subject=subject)
    async with auth_db.transaction("test") as connection:
        assert await outbox.take_stale(connection, "auth.start_password_reset") == set()
        await connection.execute("update outbox set created_at = now() - interval '21 days'")
        assert await outbox.take_stale(connection, "auth.start_password_reset") == {subject}
        assert await connection.fetchval("select count(*) from outbox") == 0


async def test_a_row_with_a_reported_failure_does_not_fill_the_window(auth_db: Database) -> None:
    """400 faulty messages do not stop the queue for a minute."""
    await fill(auth_db, "notifier", 400)
    rows = await lease(auth_db)
    async with auth_db.transaction("test") as connection:
        for row in rows[:50]:
            failure = Failure(id=row.id, attempt=1, code="broken")
            await outbox.record_failure(connection, failure, never_park=())
    await fill(auth_db, "notifier", 100)
    assert len(await lease(auth_db)) == 50


async def test_rows_of_one_name_are_leased_together(auth_db: Database) -> None:
    await execute(
        auth_db,
        "insert into outbox (id, queue, name, payload, request_id) "
        "select gen_random_uuid(), 'auth', 'a.b' || n % 3, '{}', '' from generate_series(1, 9) n",
    )
    assert [row.name for row in await lease(auth_db)] == ["a.b0"] * 3 + ["a.b1"] * 3 + ["a.b2"] * 3


async def test_only_the_age_of_a_parked_row_decides_whether_it_is_released(
    auth_db: Database,
) -> None:
    """An inbox remembers an id for 30 days from its creation, not from its parking."""
    id = await put(auth_db, reset_for("a"))
    for days, released in ((26, False), (24, True)):
        await execute(
            auth_db,
            "update outbox set parked_at = now(), created_at = now() - $1 * interval '1 day'",
            days,
        )
        async with auth_db.connection() as connection:
            assert await parking.release(connection, id) is released


async def test_confirmed_rows_are_purged_after_a_week_and_waiting_ones_never(
    auth_db: Database,
) -> None:
    ages = (("confirmed_at", 6), ("confirmed_at", 8), ("parked_at", 29), ("parked_at", 31))
    for column, days in ages:
        id = await put(auth_db, reset_for(f"{column} {days}"))
        await execute(
            auth_db,
            f"update outbox set {column} = now() - $1 * interval '1 day' where id = $2",
            days,
            id,
        )
    id = await put(auth_db, reset_for("waits"))
    await execute(
        auth_db, "update outbox set created_at = now() - interval '1 year' where id = $1", id
    )
    async with auth_db.transaction("test") as connection:
        await outbox.purge(connection)
        rows = await connection.fetch("select payload from outbox order by id")
    kept = [StartPasswordReset.model_validate_json(row["payload"]).email for row in rows]
    assert kept == ["confirmed_at 6", "parked_at 29", "waits"]


async def test_p1_a_row_older_than_25_days_is_parked_and_blocks_no_batch(auth_db: Database) -> None:
    """Its reader would refuse the whole task because of a message that is too old."""
    ids = {days: await put(auth_db, reset_for("a@x.example")) for days in (0, 24, 26, 31)}
    state = SyncAccount(member_id=new_id(), version=1, state="closed", customer_id=new_id())
    ids[27] = await put(auth_db, state)
    async with auth_db.connection() as connection:
        for days, id in ids.items():
            await connection.execute(
                "update outbox set created_at = now() - $2 * interval '1 day' where id = $1",
                id,
                days,
            )
        leased = await outbox.lease(connection, QUEUES, limit=200)
    assert {row.id for row in leased} == {ids[0], ids[24]}

    await periodic.park_old_messages(Context(auth_db), service="auth")
    async with auth_db.connection() as connection:
        parked = {(one.id, one.failure) for one in await parking.list_parked(connection)}
        assert parked == {(ids[26], "too_old"), (ids[31], "too_old")}, "states are renewed"
        assert not await parking.release(connection, ids[26])
    measured = REGISTRY.get_sample_value(
        "zaiseki_messages_parked_total", {"service": "auth", "name": "auth.start_password_reset"}
    )
    assert measured
    assert measured >= 2


NAME = "auth.start_password_reset"


@dataclass
class Old:
    """Two old rows about one subject, of which the first was rewritten after the second."""

    subject: UUID
    low: UUID
    high: UUID


@pytest.fixture
async def old(auth_db: Database) -> Old:
    subject = new_id()
    low, high = [await put(auth_db, reset_for("x@x.example"), subject=subject) for _ in "ab"]
    for id in (high, low):
        await execute(
            auth_db, "update outbox set created_at = now() - interval '26 days' where id = $1", id
        )
    return Old(subject, low, high)


async def _drop_unordered(connection: Connection, subject: UUID) -> None:
    await connection.execute("delete from outbox where subject = $1", subject)


def _many(old: Old) -> dict[str, Callable[[Connection], Awaitable[Any]]]:
    return {
        "drop": partial(outbox.drop, name=NAME, subject=old.subject),
        "take_stale": partial(outbox.take_stale, name=NAME),
        "park_old": partial(outbox.park_old, never_park=()),
        "unordered": partial(_drop_unordered, subject=old.subject),
    }


@pytest.mark.parametrize("many", ["drop", "take_stale", "park_old", "unordered"])
async def test_changes_of_many_rows_lock_them_in_the_order_of_their_ids(
    auth_db: Database, old: Old, many: str
) -> None:
    """A receipt locks the first row, then the second, which an unordered statement holds."""

    async def change() -> None:
        async with auth_db.transaction("test") as connection:
            await _many(old)[many](connection)

    async with auth_db.connection() as receipt:
        transaction = receipt.transaction()
        await transaction.start()
        await outbox.lock_unconfirmed(receipt, [old.low])
        changing = asyncio.create_task(change())
        async with asyncio.timeout(1.5):
            while not await execute(
                auth_db, "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            ):
                await asyncio.sleep(0.01)
        wanting = receipt.fetch("select from outbox where id = $1 for update nowait", old.high)
        if many == "unordered":
            with pytest.raises(asyncpg.LockNotAvailableError):
                await wanting
        else:
            await wanting
        await transaction.rollback()
    await changing
