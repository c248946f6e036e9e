"""A handler waits for a receipt: it is woken by it, and notices a lost notification."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

import shared.db
from services.membership.storage.members import member_states
from shared.contracts.membership import Distrust
from shared.crypto import new_id
from shared.db import Connection, Database, open_database
from shared.messaging.confirmations import Confirmations, ReadVersion
from shared.messaging.envelope import Receipt
from shared.messaging.settlement import take
from tests.conftest import TestDatabase
from tests.shared.messaging.conftest import put, reset_for


async def version_of(connection: Connection, subject: UUID) -> int:
    found = await connection.fetchval(
        "select max(version) from outbox where subject = $1 and confirmed_at is not null", subject
    )
    return found or 0


class Looks:
    """Reads versions, and counts the reads of waiting handlers."""

    def __init__(self, read_version: ReadVersion = version_of) -> None:
        self._read_version = read_version
        self.number = 0

    async def read(self, connection: Connection, subject: UUID) -> int:
        version = await self._read_version(connection, subject)
        self.number += 1
        return version

    async def reach(self, number: int) -> None:
        async with asyncio.timeout(30):
            while self.number < number:
                await asyncio.sleep(0.005)


def confirmations_of(db: Database, looks: Looks, *, seconds: float = 600) -> Confirmations:
    """Membership's confirmations, with a wait longer than the test: only a receipt can end it."""
    return Confirmations(service="membership", db=db, read_version=looks.read, seconds=seconds)


@asynccontextmanager
async def listening(
    confirmations: Confirmations, dsn: str, looks: Looks, *, waiting: int = 1
) -> AsyncIterator[None]:
    """Listen for receipts once all waiting handlers have read, and read again."""
    await looks.reach(waiting)
    task = asyncio.create_task(confirmations.listen(dsn))
    try:
        await looks.reach(2 * waiting)
        yield
    finally:
        task.cancel()


async def test_a_handler_is_woken_by_the_receipt(
    membership_db: Database, database: TestDatabase
) -> None:
    looks, subject = Looks(), new_id()
    confirmations = confirmations_of(membership_db, looks)
    async with confirmations.expect(subject) as wait, asyncio.timeout(30):
        id = await put(membership_db, reset_for("a"), subject=subject, version=2)
        waiting = asyncio.create_task(wait.confirmed(2))
        async with listening(confirmations, database.dsn("membership"), looks):
            await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
            assert await waiting


async def test_after_a_lost_notification_the_handler_looks_at_the_limit(
    membership_db: Database,
) -> None:
    confirmations = confirmations_of(membership_db, Looks(), seconds=0)
    subject = new_id()
    async with confirmations.expect(subject) as wait:
        id = await put(membership_db, reset_for("a"), subject=subject, version=1)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        assert await wait.confirmed(1)
        assert not await wait.confirmed(2)


async def test_a_handler_may_wait_longer_than_others(
    membership_db: Database, database: TestDatabase
) -> None:
    looks, subject = Looks(), new_id()
    confirmations = confirmations_of(membership_db, looks, seconds=0)
    async with confirmations.expect(subject, seconds=600) as wait, asyncio.timeout(30):
        id = await put(membership_db, reset_for("a"), subject=subject, version=1)
        waiting = asyncio.create_task(wait.confirmed(1))
        async with listening(confirmations, database.dsn("membership"), looks):
            await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
            assert await waiting


async def test_a_receipts_flow_runs_once_with_the_payload(membership_db: Database) -> None:
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


async def test_an_unknown_member_has_no_confirmed_version(membership_db: Database) -> None:
    async with membership_db.connection() as connection:
        assert await member_states.get_confirmed_version(connection, new_id()) == 0


async def test_a_receipt_that_arrives_before_the_wait_counts(membership_db: Database) -> None:
    """The handler registers before the commit, so it misses no receipt; a later version counts."""
    confirmations = confirmations_of(membership_db, Looks())
    subject = new_id()
    async with confirmations.expect(subject) as wait, asyncio.timeout(30):
        id = await put(membership_db, reset_for("a"), subject=subject, version=3)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        assert await wait.confirmed(2)
    assert not confirmations._waiting, "no waiting handler is left"


async def test_a_handler_looks_again_after_the_listening_connection_was_lost(
    membership_db: Database, database: TestDatabase
) -> None:
    looks, subject = Looks(), new_id()
    confirmations = confirmations_of(membership_db, looks)
    async with confirmations.expect(subject) as wait, asyncio.timeout(30):
        id = await put(membership_db, reset_for("a"), subject=subject, version=1)
        waiting = asyncio.create_task(wait.confirmed(1))
        await looks.reach(1)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})
        async with listening(confirmations, database.dsn("membership"), looks):
            assert await waiting


async def test_several_handlers_wait_for_their_own_versions_of_one_subject(
    membership_db: Database, database: TestDatabase
) -> None:
    looks, subject = Looks(), new_id()
    confirmations = confirmations_of(membership_db, looks)

    async def wait_for(version: int) -> int:
        """The number of reads of all handlers at the confirmation."""
        async with confirmations.expect(subject) as wait:
            assert await wait.confirmed(version)
            return looks.number

    async def confirm(version: int) -> None:
        id = await put(membership_db, reset_for("a"), subject=subject, version=version)
        await take(membership_db, None, Receipt(ids=(id,)), service="membership", after={})

    async with asyncio.timeout(30):
        waiting = [asyncio.create_task(wait_for(version)) for version in (1, 1, 2)]
        async with listening(confirmations, database.dsn("membership"), looks, waiting=3):
            await confirm(1)
            await looks.reach(9)
            await confirm(2)
            first, second, later = await asyncio.gather(*waiting)
    assert max(first, second) <= 9 < later


@pytest.mark.parametrize("pool", ["exhausted", "read_only", "closed"])
async def test_r18_a_database_error_after_the_commit_means_unconfirmed(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, pool: str
) -> None:
    """The change is committed: an error would mean that it was not."""
    subject = new_id()
    async with AsyncExitStack() as stack:
        dsn = database.dsn("membership")
        db = await stack.enter_async_context(open_database(dsn, schema="membership", size=1))
        monkeypatch.setattr(shared.db, "ACQUIRE_SECONDS", 0.1)
        confirmations = confirmations_of(db, Looks(), seconds=0.3)
        async with confirmations.expect(subject) as wait, asyncio.timeout(30):
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
            assert not await wait.confirmed(1)


async def test_a_connection_lost_after_the_commit_raises_no_error(
    membership_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool resets a returned connection, which fails if the connection was cut."""

    async def reset(_self: object, **_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.Connection, "reset", reset)
        async with membership_db.transaction("test") as connection:
            await connection.execute("insert into inbox (id) values ($1)", new_id())
    async with membership_db.connection() as connection:
        assert await connection.fetchval("select count(*) from inbox") == 1


async def test_a_handler_is_woken_by_the_receipt_of_an_urgent_message(
    auth_db: Database, database: TestDatabase
) -> None:
    """A message of an urgent queue needs no version."""
    done = asyncio.Event()

    async def read(_connection: Connection, _subject: UUID) -> int:
        return int(done.is_set())

    looks, subject = Looks(read), new_id()
    confirmations = Confirmations(service="auth", db=auth_db, read_version=looks.read, seconds=600)
    at = datetime.now(UTC)
    message = Distrust(member_id=subject, customer_id=new_id(), at=at, since=at)
    async with confirmations.expect(subject) as wait, asyncio.timeout(30):
        id = await put(auth_db, message, subject=subject)
        waiting = asyncio.create_task(wait.confirmed(1))
        async with listening(confirmations, database.dsn("auth"), looks):
            done.set()
            await take(auth_db, None, Receipt(ids=(id,)), service="auth", after={})
            assert await waiting
