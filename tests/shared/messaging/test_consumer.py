"""The reader: each message takes effect once, and failures do not affect other messages."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from prometheus_client import REGISTRY

from shared.crypto import new_id
from shared.db import Connection
from shared.errors import Conflict
from shared.messaging import consumer, inbox
from shared.messaging.envelope import Item, NotYet, Received
from shared.metrics import MESSAGES_REFUSED
from tests.shared.messaging.conftest import Reader, put, reset_for
from tests.signing import new_signing_keys, signers


def item(email: str = "a@x.example", sender: str = "membership", **change: Any) -> Item:
    body = reset_for(email).model_dump_json()
    fields = {"id": new_id(), "attempt": 1, "sender": sender, "request_id": "r", "body": body}
    return Item.model_validate({**fields, **change})


async def test_p2_a_repeated_message_has_one_effect_and_is_confirmed_each_time(
    reader: Reader,
) -> None:
    sent = item()
    for _ in range(3):
        await reader.receive([sent])
    assert reader.done == ["a@x.example"]
    assert reader.confirmed == [sent.id] * 3


async def test_the_delivery_time_is_measured_once_at_the_effect(
    reader: Reader,
) -> None:
    def measured(what: str) -> float:
        labels = {"service": "auth", "name": "auth.start_password_reset"}
        return REGISTRY.get_sample_value(f"zaiseki_message_seconds_{what}", labels) or 0

    count, total = measured("count"), measured("sum")
    two_minutes_old = item(id=UUID(int=new_id().int - (120_000 << 80)))
    for _ in range(3):
        await reader.receive([two_minutes_old])
    assert measured("count") == count + 1
    assert measured("sum") >= total + 120


async def test_p2_parallel_repeats_have_one_effect(reader: Reader) -> None:
    sent = item()
    await asyncio.gather(*(reader.receive([sent]) for _ in range(8)))
    assert await reader.effects() == 1


async def test_without_the_inbox_a_message_would_take_effect_twice(reader: Reader) -> None:
    received = Received(item(), reset_for("a@x.example"))
    async with reader.db.transaction("test") as connection:
        for _ in range(2):
            await reader.remember(None, connection, received)
    assert await reader.effects() == 2


class Broken(Conflict):
    """A business rule that the message violates."""


@pytest.mark.parametrize(
    ("error", "code"),
    [(Broken(), "broken"), (KeyError("x"), "KeyError"), (None, "invalid_message")],
)
async def test_a_failing_message_fails_alone_with_its_code(
    reader: Reader, error: Exception | None, code: str
) -> None:
    bad = item("bad@x.example") if error else item(body="{}")
    good = [item(f"{n}@x.example") for n in range(4)]

    async def task(context: object, connection: Connection, received: Received[Any]) -> None:
        if received.id == bad.id and error:
            raise error
        await reader.remember(context, connection, received)

    await reader.receive([*good[:2], bad, *good[2:]], task)
    assert await reader.effects() == 4
    assert sorted(reader.confirmed) == sorted(one.id for one in good)
    assert reader.failed == [(bad.id, code)]


@pytest.mark.parametrize(
    "error",
    [NotYet("wait"), ConnectionResetError(), TimeoutError(), asyncpg.DeadlockDetectedError(),
     asyncpg.SerializationError(), asyncpg.LockNotAvailableError()],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
async def test_after_a_temporary_error_the_message_is_sent_again(
    reader: Reader, error: Exception
) -> None:
    async def task(*_: object) -> None:
        raise error

    sent = item()
    await reader.receive([sent], task)
    assert (reader.confirmed, reader.failed) == ([], [])
    await reader.receive([sent])
    assert reader.confirmed == [sent.id]


async def test_a_services_message_to_itself_needs_its_row_and_no_receipt(reader: Reader) -> None:
    await reader.receive([item(sender="auth")])
    assert await reader.effects() == 0, "no effect without its row"
    id = await put(reader.db, reset_for("b@x.example"))
    for _ in range(2):
        await reader.receive([item("b@x.example", sender="auth", id=id)])
    assert await reader.effects() == 1
    assert reader.wire.receipts == []
    async with reader.db.connection() as connection:
        assert await connection.fetchval("select payload from outbox") is None


async def test_a46_a_forged_message_is_dropped_unread(reader: Reader) -> None:
    text, signature = signers(new_signing_keys())["membership"].pack(
        "auth.start_password_reset", [item()]
    )
    before = MESSAGES_REFUSED.labels("auth", "bad_signature")._value.get()
    await reader.consumer.take_messages(type(reset_for("")), reader.remember, text, signature)
    assert await reader.effects() == 0
    assert MESSAGES_REFUSED.labels("auth", "bad_signature")._value.get() == before + 1


async def test_a_message_of_a_service_that_may_not_send_it_is_dropped(reader: Reader) -> None:
    before = MESSAGES_REFUSED.labels("auth", "wrong_sender")._value.get()
    await reader.receive([item(), item(sender="notifier")])
    await reader.receive([item(sender="notifier")])
    assert await reader.effects() == 0
    assert reader.wire.receipts == []
    assert MESSAGES_REFUSED.labels("auth", "wrong_sender")._value.get() == before + 2


async def test_the_counters_of_rejected_messages_are_exported_at_zero(reader: Reader) -> None:
    for reason in (
        "bad_signature",
        "malformed",
        "too_old",
        "wrong_sender",
        "unknown_name",
        "garbage",
    ):
        labels = {"service": "auth", "reason": reason}
        assert REGISTRY.get_sample_value("zaiseki_messages_refused_total", labels) is not None


async def test_a_message_that_hangs_delays_no_other(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "TRANSACTION_SECONDS", 0.5)
    stuck, good = item("stuck@x.example"), item("good@x.example")

    async def task(context: object, connection: Connection, received: Received[Any]) -> None:
        if received.id == stuck.id:
            await asyncio.Event().wait()
        await reader.remember(context, connection, received)

    await reader.receive([stuck, good], task)
    assert await reader.effects() == 1
    assert (reader.confirmed, reader.failed) == ([good.id], [])


async def test_a_failing_message_of_a_service_to_itself_keeps_its_row(reader: Reader) -> None:
    id = await put(reader.db, reset_for("a@x.example"))

    async def task(*_: object) -> None:
        raise Broken

    await reader.receive([item(sender="auth", id=id)], task)
    assert reader.failed == [(id, "broken")]
    async with reader.db.connection() as connection:
        assert await connection.fetchval("select confirmed_at is null from outbox")


async def test_half_a_surrogate_pair_is_refused_like_any_other_text(reader: Reader) -> None:
    text, signature = reader.signer.pack("auth.start_password_reset", [item()])
    for strange in ((f"{text}\ud800", signature), (text, "\udfff")):
        await reader.consumer.take_messages(type(reset_for("")), reader.remember, *strange)
    assert await reader.effects() == 0
    assert reader.wire.receipts == []


async def test_the_inbox_forgets_after_31_days(reader: Reader) -> None:
    await reader.receive([item()])
    for days, left in ((30, 1), (32, 0)):
        async with reader.db.transaction("test") as connection:
            await connection.execute(
                "update inbox set received_at = now() - $1 * interval '1 day'", days
            )
            await inbox.purge(connection)
            assert await connection.fetchval("select count(*) from inbox") == left
