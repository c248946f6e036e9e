"""Receipts: gathered for 20 ms, urgent ones sent at once, each row closed once."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import ForgetPerson
from shared.crypto import new_id
from shared.db import Connection, Database
from shared.messaging import outbox, receipts
from shared.messaging.envelope import Failure, Receipt
from shared.messaging.outbox import Row
from shared.messaging.receipts import Receipts
from shared.messaging.settlement import take
from tests.conftest import TestDatabase
from tests.loop_clock import stopped_clock
from tests.shared.messaging.conftest import Reader, Wire, put, reset_for
from tests.shared.messaging.pair import KEYS, SIGNERS, Alarm, Note, Pair, running_pair
from tests.shared.messaging.test_consumer import item
from tests.signing import signers

WAITING = "select count(*) from pg_locks where not granted"


@pytest_asyncio.fixture
async def pair(database: TestDatabase, redis_url: str) -> AsyncIterator[Pair]:
    async with running_pair(database, redis_url) as pair:
        yield pair


class Sending:
    """Running receipts, and those that were sent."""

    def __init__(self) -> None:
        self.wire = Wire()
        self.receipts = Receipts(self.wire, self.wire.in_thread)  # type: ignore[arg-type]

    async def __aenter__(self) -> "Sending":
        self._running = asyncio.create_task(self.receipts.run())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()


async def test_receipts_within_20_ms_are_sent_together_to_each_sender() -> None:
    ids = [new_id() for _ in range(4)]
    with stopped_clock() as clock:
        async with Sending() as sending:
            sending.receipts.done("auth", ids[:1], urgent=False)
            sending.receipts.done("auth", ids[1:2], urgent=False)
            await clock.advance(0.019)
            assert sending.wire.receipts == []
            sending.receipts.done("auth", ids[2:3], urgent=False)
            failure = Failure(id=ids[3], attempt=2, code="broken")
            sending.receipts.failed("membership", failure)
            await clock.advance(0.002)
    assert sending.wire.receipts == [
        ("auth", Receipt(ids=tuple(ids[:3]))),
        ("membership", Receipt(failed=(failure,))),
    ]


async def test_an_urgent_receipt_is_sent_at_once_with_the_gathered_ones() -> None:
    ids = [new_id(), new_id()]
    with stopped_clock() as clock:
        async with Sending() as sending:
            sending.receipts.done("auth", ids[:1], urgent=False)
            await clock.settle()
            sending.receipts.done("auth", ids[1:], urgent=True)
            await clock.settle()
    assert sending.wire.receipts == [("auth", Receipt(ids=tuple(ids)))]


async def test_a_lost_receipt_only_repeats_the_message(pair: Pair) -> None:
    await put(pair.auth.db, Note(text="once"))
    await pair.until(lambda: pair.post.lie("membership"))
    await pair.deliver()
    await pair.until(pair.post.take)  # the receipt is lost
    assert await pair.unconfirmed() == 1
    async with pair.auth.db.connection() as connection:
        await connection.execute("update outbox set due_at = now()")
    await pair.deliver_until(pair.all_confirmed)
    assert pair.done == ["once"]


async def test_an_urgent_message_is_confirmed_while_others_are_gathered(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "LINGER_SECONDS", 600.0)
    await put(pair.auth.db, Alarm(text="now"))
    await pair.until(lambda: pair.post.lie("membership.now"))
    await pair.deliver()
    await pair.until(lambda: pair.post.lie("auth.now"))


async def test_a46_a_replayed_receipt_does_not_run_its_flow_again(pair: Pair) -> None:
    seen: list[str] = []

    async def after(_: object, connection: Connection, row: Row) -> None:
        unconfirmed = await connection.fetchval(
            "select count(*) from outbox where confirmed_at is null"
        )
        seen.append(f"{Note.model_validate_json(row.payload).text} {unconfirmed}")

    pair.after[Note] = after
    await put(pair.auth.db, Note(text="あ"))
    await pair.until(lambda: pair.post.lie("membership"))
    await pair.deliver()
    await pair.until(lambda: pair.post.lie("auth.now"))
    (letter,) = pair.post.take()
    for _ in range(3):
        await pair.auth.take(letter)
    assert seen == ["あ 1"], "once, with its payload, before the row is emptied"


async def test_parallel_receipts_of_a_row_run_its_flow_once(auth_db: Database) -> None:
    """The first continues when each of the others waits for its lock, or has begun too."""
    id = await put(auth_db, Note(text="a"))
    seen: list[UUID] = []

    async def after(_: object, connection: Connection, row: Row) -> None:
        seen.append(row.id)
        async with asyncio.timeout(10):
            while len(seen) + await connection.fetchval(WAITING) < 6:
                await asyncio.sleep(0.005)

    receipt = Receipt(ids=(id,))
    takes = (take(auth_db, None, receipt, service="auth", after={Note: after}) for _ in range(6))
    await asyncio.gather(*takes)
    assert seen == [id]


async def test_a_row_whose_flow_fails_blocks_no_other_row(auth_db: Database) -> None:
    ids = [await put(auth_db, Note(text=text)) for text in ("good", "bad", "also good")]
    stranger = await put(auth_db, reset_for("a"))
    await lease(auth_db)

    async def after(_: object, connection: Connection, row: Row) -> None:
        await connection.execute("insert into inbox (id) values ($1)", row.id)
        if row.id == ids[1]:
            raise KeyError("a fault of ours")

    failed = Failure(id=stranger, attempt=1, code="broken")
    receipt = Receipt(ids=tuple(ids), failed=(failed,))
    with capture_logs() as logs:
        await take(auth_db, None, receipt, service="auth", after={Note: after})
    async with auth_db.connection() as connection:
        closed = await connection.fetch("select id from outbox where confirmed_at is not null")
        effects = await connection.fetch("select id from inbox")
        failures = await connection.fetchval("select failures from outbox where id = $1", stranger)
    assert {row["id"] for row in closed} == {row["id"] for row in effects} == {ids[0], ids[2]}
    assert failures == 1
    assert [line["ids"] for line in logs if line["log_level"] == "error"] == [[str(ids[1])]]


async def lease(db: Database) -> list[Row]:
    async with db.connection() as connection:
        return await outbox.lease(connection, ("auth", "membership", "auth.now"), limit=100)


async def test_ten_failures_park_a_message_but_never_an_accounts_state(
    membership_db: Database,
) -> None:
    state = SyncAccount(member_id=new_id(), version=1, state="active", customer_id=new_id())
    ids = [await put(membership_db, state), await put(membership_db, reset_for("a"))]
    for attempt in range(1, 11):
        async with membership_db.connection() as connection:
            await connection.execute("update outbox set due_at = now()")
        await lease(membership_db)
        failed = tuple(Failure(id=id, attempt=attempt, code="broken") for id in ids)
        for _ in range(2):
            receipt = Receipt(failed=failed)
            await take(membership_db, None, receipt, service="membership", after={})
    async with membership_db.connection() as connection:
        rows = await connection.fetch(
            "select id, failures, parked_at is not null as parked from outbox order by id"
        )
    assert [tuple(row) for row in rows] == [(ids[0], 10, False), (ids[1], 10, True)]


async def test_a_late_receipt_closes_a_parked_row(auth_db: Database) -> None:
    id = await put(auth_db, Note(text="late"))
    async with auth_db.connection() as connection:
        await connection.execute("update outbox set parked_at = now()")
    await take(auth_db, None, Receipt(ids=(id,)), service="auth", after={})
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select confirmed_at is not null, parked_at from outbox")
    assert tuple(row) == (True, None)


@pytest.mark.parametrize("reader", ["notifier", "auth", "membership"])
async def test_a_receipt_does_not_affect_rows_of_another_reader(
    auth_db: Database, reader: str
) -> None:
    async with auth_db.transaction("test") as connection:
        mail = await outbox.put(connection, ForgetPerson(subject_id=new_id()))
        reset = await outbox.put(connection, reset_for("taro@yamato.example"))
        note = await outbox.put(connection, Note(text="for membership"))
        await connection.execute("update outbox set attempt = 1")
    failed = tuple(Failure(id=id, attempt=1, code="x") for id in (mail, reset, note))
    for receipt in (Receipt(failed=failed), Receipt(ids=(mail, reset, note))):
        read = SIGNERS[reader].pack_receipt("auth.confirm_messages", receipt)
        signed = SIGNERS["auth"].unpack_receipt("auth.confirm_messages", *read)
        assert signed.reader == reader
        await take(auth_db, None, signed, service="auth", after={})
    async with auth_db.connection() as connection:
        rows = await connection.fetch("select id, confirmed_at, failures from outbox")
    own = {"notifier": mail, "auth": reset, "membership": note}[reader]
    assert {row["id"]: (row["confirmed_at"] is not None, row["failures"]) for row in rows} == {
        id: (True, 1) if id == own else (False, 0) for id in (mail, reset, note)
    }


def test_a_receipts_reader_is_its_signer_and_not_what_its_text_claims() -> None:
    text = '{"ids":[],"failed":[],"reader":"notifier"}'
    signed = SIGNERS["membership"].sign("auth.confirm_messages", text)
    assert SIGNERS["auth"].unpack_receipt("auth.confirm_messages", *signed).reader == "membership"


async def test_keys_can_be_rotated_while_messages_are_in_transit(pair: Pair) -> None:
    """The reader gets the new key first; messages signed with the old one are still accepted."""
    await put(pair.auth.db, Note(text="old key"))
    await pair.until(lambda: pair.post.lie("membership"))
    rotated = {
        service: [b"n" * 31 + bytes([at]), *KEYS[service]] for at, service in enumerate(KEYS)
    }
    for node in pair.nodes.values():
        node.consumer._signer = signers(rotated)[node.service]
    await pair.deliver_until(pair.all_confirmed)
    assert pair.done == ["old key"]


async def test_the_bodies_of_a_failing_batch_are_not_logged(reader: Reader) -> None:

    with capture_logs() as logs:
        await reader.receive([item(), item(body='{"email": "taro@example.jp", "locale": "xx"}')])
    assert [line["code"] for line in logs if "code" in line] == ["invalid_message"] * 2
    assert "taro" not in str(logs)
