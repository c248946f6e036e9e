"""A message belongs to the request that caused it: its task, its receipt, its spans."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from shared import tracing
from shared.crypto import new_id
from shared.db import Connection, Database
from shared.logging import request_id
from shared.messaging import outbox
from shared.messaging.envelope import Received
from shared.messaging.outbox import Row
from tests.collector import Collector
from tests.conftest import TestDatabase
from tests.shared.messaging.conftest import Reader, put, reset_for
from tests.shared.messaging.pair import Note, Pair, running_pair
from tests.shared.messaging.test_consumer import item
from tests.shared.test_tracing import Work


@pytest_asyncio.fixture
async def pair(database: TestDatabase, redis_url: str) -> AsyncIterator[Pair]:
    async with running_pair(database, redis_url) as pair:
        yield pair


async def ask(db: Database, *texts: str) -> str:
    """Put notes as a request does; the id of the request."""
    work = Work(str(new_id()))
    with tracing.following(work), tracing.span("POST /notes", "server", {}):
        async with db.transaction("test") as connection:
            for text in texts:
                await outbox.put(connection, Note(text=text))
    return work.request_id


async def test_one_request_is_one_trace_through_task_and_receipt(
    pair: Pair, collector: Collector
) -> None:
    belonged = []

    async def effect(_context: object, _connection: Connection, row: Row) -> None:
        belonged.append((row.name, request_id.get()))

    pair.after[Note] = effect
    with tracing.running(service="both", process="worker"):
        first, second = await ask(pair.auth.db, "a"), await ask(pair.auth.db, "b")
        await pair.deliver_until(pair.all_confirmed)
    assert sorted(belonged) == sorted((Note.NAME, id) for id in (first, second))
    for id in (first, second):
        root = " > ".join(
            f"zaiseki-both worker: {name}"
            for name in ("POST /notes", "transaction test", "create membership.take_note")
        )
        assert collector.paths_of(id) == [
            f"{root} > zaiseki-both worker: process membership.take_note",
            f"{root} > zaiseki-both worker: settle membership.take_note",
        ]


async def test_each_message_of_a_batch_belongs_to_its_own_request(
    reader: Reader, collector: Collector
) -> None:
    sent = [item(f"{n}@x.example", request_id=str(new_id())) for n in range(3)]
    belonged = {}

    async def task(context: object, connection: Connection, received: Received[Any]) -> None:
        belonged[received.id] = request_id.get()
        await reader.remember(context, connection, received)

    with tracing.running(service="auth", process="worker"):
        await reader.receive(sent, task)
    assert belonged == {one.id: one.request_id for one in sent}
    assert request_id.get() == ""
    assert [collector.paths_of(one.request_id) for one in sent] == [
        ["zaiseki-auth worker: process auth.start_password_reset"]
    ] * 3, "a message of a sender without tracing is in its request's trace too"


async def test_a_task_that_fails_is_a_failed_span(reader: Reader, collector: Collector) -> None:
    async def task(_context: object, _connection: Connection, _received: Received[Any]) -> None:
        raise KeyError("taro@example.jp")

    with tracing.running(service="auth", process="worker"):
        await reader.receive([item()], task)
    (span,) = collector.spans
    assert (span.failed, span.attributes["error.type"]) == (True, "KeyError")
    assert b"taro" not in collector.bodies[0]


async def test_a_message_without_a_request_has_its_own_id_as_request_id(
    auth_db: Database,
) -> None:
    id = await put(auth_db, reset_for("a@x.example"))
    async with auth_db.connection() as connection:
        row = await connection.fetchrow("select request_id, traceparent from outbox")
    assert tuple(row or ()) == (str(id), None)
