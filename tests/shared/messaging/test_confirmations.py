"""A handler that waits for a receipt: woken by it, and never fooled by a lost notification."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

import shared.db
from services.membership.storage.members import member_states
from shared.contracts.membership import Distrust
from shared.crypto import new_id
from shared.db import Connection, Database, open_database
from shared.messaging.confirmations import Confirmations
from shared.messaging.envelope import Receipt
from shared.messaging.settlement import take
from tests.conftest import TestDatabase
from tests.shared.messaging.conftest import put, reset_for


async def version_of(connection: Connection, subject: UUID) -> int:
    found = await connection.fetchval(
        "select max(version) from outbox where subject = $1 and confirmed_at is not null", subject
    )
    return found or 0


async def test_it_is_woken_by_the_receipt(membership_db: Database, database: TestDatabase) -> None:
    confirmations = Confirmations(service="membership", db=membership_db, read_version=version_of)
    listening = asyncio.create_task(confirmations.listen(database.dsn("membership")))
    await asyncio.sleep(0.2)
    subject = new_id()
    async with confirmations.expect(subject) as wait:
        id = await put(membership_db, reset_for("a"), subject=subject, version=2)
        waiting = asyncio.create_task(wait.confirmed(2, seconds=5))
        await asyncio.sleep(0.05)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        async with asyncio.timeout(1):
            assert await waiting
    listening.cancel()


async def test_a_lost_notification_is_found_at_the_limit(membership_db: Database) -> None:
    confirmations = Confirmations(service="membership", db=membership_db, read_version=version_of)
    subject = new_id()
    async with confirmations.expect(subject) as wait:
        id = await put(membership_db, reset_for("a"), subject=subject, version=1)
        waiting = asyncio.create_task(wait.confirmed(1, seconds=0.3))
        await asyncio.sleep(0.05)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        assert await waiting
        assert not await wait.confirmed(2, seconds=0.05)


async def test_a_receipts_flow_runs_once_and_sees_the_payload(membership_db: Database) -> None:
    seen: list[str] = []

    async def after(_context: object, _connection: Connection, row: object) -> None:
        seen.append(row.payload)  # type: ignore[attr-defined]

    message = reset_for("a@x.example")
    id = await put(membership_db, message)
    for _ in range(2):
        await take(
            membership_db,
            None,
            Receipt(ids=(id,)),
            service="membership",
            after={type(message): after},
        )
    assert seen == [message.model_dump_json()]


async def test_an_unknown_member_has_confirmed_nothing(membership_db: Database) -> None:
    async with membership_db.connection() as connection:
        assert await member_states.get_confirmed_version(connection, new_id()) == 0


async def test_a_receipt_that_comes_before_the_wait_is_seen(membership_db: Database) -> None:
    """It is registered before the commit, so nothing falls in between; a later version counts."""
    confirmations = Confirmations(service="membership", db=membership_db, read_version=version_of)
    subject = new_id()
    async with confirmations.expect(subject) as wait:
        id = await put(membership_db, reset_for("a"), subject=subject, version=3)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        async with asyncio.timeout(0.5):
            assert await wait.confirmed(2, seconds=5)
    assert not confirmations._waiting, "nobody is left behind"


async def test_who_waits_looks_again_when_the_listening_connection_was_lost(
    membership_db: Database, database: TestDatabase
) -> None:
    confirmations = Confirmations(service="membership", db=membership_db, read_version=version_of)
    subject = new_id()
    async with confirmations.expect(subject) as wait:
        id = await put(membership_db, reset_for("a"), subject=subject, version=1)
        waiting = asyncio.create_task(wait.confirmed(1, seconds=10))
        await asyncio.sleep(0.05)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        await asyncio.sleep(0.05)
        assert not waiting.done(), "nobody listens"
        listening = asyncio.create_task(confirmations.listen(database.dsn("membership")))
        async with asyncio.timeout(2):
            assert await waiting
    listening.cancel()


async def test_many_wait_for_one_subject_and_each_for_its_own_version(
    membership_db: Database, database: TestDatabase
) -> None:
    confirmations = Confirmations(service="membership", db=membership_db, read_version=version_of)
    listening = asyncio.create_task(confirmations.listen(database.dsn("membership")))
    await asyncio.sleep(0.2)
    subject = new_id()

    async def wait_for(version: int) -> bool:
        async with confirmations.expect(subject) as wait:
            return await wait.confirmed(version, seconds=0.5)

    waiting = [asyncio.create_task(wait_for(version)) for version in (1, 1, 2)]
    id = await put(membership_db, reset_for("a"), subject=subject, version=1)
    await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
    assert await asyncio.gather(*waiting) == [True, True, False]
    listening.cancel()


@pytest.mark.parametrize("pool", ["exhausted", "read_only", "closed"])
async def test_r18_trouble_with_the_database_after_the_commit_is_not_known_and_no_error(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, pool: str
) -> None:
    """The change is committed: an error would say that it was not."""
    monkeypatch.setattr(shared.db, "ACQUIRE_SECONDS", 0.1)
    subject = new_id()
    async with AsyncExitStack() as stack:
        dsn = database.dsn("membership")
        db = await stack.enter_async_context(open_database(dsn, schema="membership", size=1))
        confirmations = Confirmations(service="membership", db=db, read_version=version_of)
        async with confirmations.expect(subject) as wait, asyncio.timeout(5):
            if pool == "exhausted":
                await stack.enter_async_context(db.connection())
            else:
                owner = await asyncpg.connect(database.owner_dsn)
                name = await owner.fetchval("select current_database()")
                setting = {
                    "read_only": "default_transaction_read_only = on",
                    "closed": "session_preload_libraries = 'nothing'",
                }[pool]
                role = f"alter role zaiseki_membership in database {name}"
                await owner.execute(f"{role} set {setting}")
                await owner.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where usename = 'zaiseki_membership' and datname = current_database()"
                )
                await owner.close()
            assert not await wait.confirmed(1, seconds=0.3)


async def test_a_connection_that_is_lost_after_the_commit_raises_nothing(
    membership_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool resets a connection that it gets back; a line that is cut then fails there."""

    async def reset(_self: object, **_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "reset", reset)
        async with membership_db.transaction("test") as connection:
            await connection.execute("insert into inbox (id) values ($1)", new_id())
    async with membership_db.connection() as connection:
        assert await connection.fetchval("select count(*) from inbox") == 1


async def test_it_is_woken_by_the_receipt_of_what_must_not_wait(
    auth_db: Database, database: TestDatabase
) -> None:
    """A message of an urgent queue needs no version."""
    done = asyncio.Event()

    async def read(_connection: Connection, _subject: UUID) -> int:
        return int(done.is_set())

    confirmations = Confirmations(service="auth", db=auth_db, read_version=read)
    listening = asyncio.create_task(confirmations.listen(database.dsn("auth")))
    await asyncio.sleep(0.2)
    subject = new_id()
    at = datetime.now(UTC)
    message = Distrust(member_id=subject, customer_id=new_id(), at=at, since=at)
    async with confirmations.expect(subject) as wait:
        id = await put(auth_db, message, subject=subject)
        waiting = asyncio.create_task(wait.confirmed(1, seconds=30))
        await asyncio.sleep(0.05)
        done.set()
        await take(auth_db, None, Receipt(ids=(id,)), service="auth", after={})
        async with asyncio.timeout(10):
            assert await waiting
    listening.cancel()
