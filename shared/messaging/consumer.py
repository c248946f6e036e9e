"""Handles the Celery tasks of a worker: verifies a task, applies each of its messages once, and
sends the receipt.

The messages of a task are applied in one transaction. If it fails, they are applied one by one, so
that a failing message does not affect the others. A permanent failure (`shared.temporary`) is
reported in the receipt. A temporary failure gets no receipt, so the message is delivered again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from shared import tracing
from shared.contracts.base import Locks, Message
from shared.crypto import age
from shared.db import Connection, Database
from shared.errors import Problem
from shared.logging import get_logger
from shared.messaging import inbox, outbox
from shared.messaging.envelope import Failure, Item, NotYet, Received, Refused, Signature, Signer
from shared.messaging.receipts import Receipts
from shared.messaging.settlement import AfterReceipt, take
from shared.messaging.spans import span_of
from shared.messaging.transport.intake import count_from_zero, refuse
from shared.metrics import MESSAGE_SECONDS, MESSAGES_FAILED, MESSAGES_REPEATED
from shared.temporary import cancelled_within, is_temporary

log = get_logger("consumer")

BATCH_SECONDS = 30.0
TRANSACTION_SECONDS = 10.0

Task = Callable[[Any, Connection, Received[Any]], Awaitable[None]]
"""A function that applies one message (not a Celery task, which has up to 25 messages). It gets the
service's context, and the connection whose transaction also writes the inbox row."""

Lock = Callable[[Connection, Locks], Awaitable[None]]
"""A function that takes all locks that messages declare, in the service's lock order."""


async def lock_nothing(_connection: Connection, _locks: Locks) -> None:
    """Take no locks; for a service whose messages lock no rows that other work locks too."""


class Consumer:
    """Handles the Celery tasks of one service."""

    def __init__(
        self,
        *,
        service: str,
        db: Database,
        context: object,
        signer: Signer,
        receipts: Receipts,
        lock: Lock = lock_nothing,
    ) -> None:
        self._lock = lock
        self._service = service
        self._db = db
        self._context = context
        self._signer = signer
        self._receipts = receipts
        count_from_zero(service)

    async def take_messages(
        self, message: type[Message], task: Task, text: str, signature: Signature
    ) -> None:
        """Verify a Celery task, and apply each of its messages once.

        A task with an invalid signature or content is rejected and logged.
        """
        try:
            items = self._signer.unpack(message, text, signature)
        except Refused as refusal:
            refuse(self._service, message.NAME, refusal.reason)
            return
        try:
            async with asyncio.timeout(BATCH_SECONDS):
                await self._apply_together(message, task, items)
        except TimeoutError as error:
            log.warning("a batch has to wait", name=message.NAME, error=repr(error))

    async def take_receipt(
        self,
        name: str,
        after: Mapping[type[Message], AfterReceipt],
        text: str,
        signature: Signature,
    ) -> None:
        """Verify a receipt, and close the outbox rows that it confirms. `after` has the additional
        effects of receipts, by message."""
        try:
            receipt = self._signer.unpack_receipt(name, text, signature)
        except Refused as refusal:
            refuse(self._service, name, refusal.reason)
            return
        try:
            async with asyncio.timeout(BATCH_SECONDS):
                await take(self._db, self._context, receipt, service=self._service, after=after)
        except TimeoutError as error:
            log.warning("a receipt was not taken", name=name, error=repr(error))

    async def _apply_together(
        self, message: type[Message], task: Task, items: Sequence[Item]
    ) -> None:
        if len(items) > 1:
            try:
                with cancelled_within():
                    await self._apply(message, task, items)
            except Exception as error:
                log.info("a batch is taken apart", name=message.NAME, code=_code(error))
            else:
                return
        for item in items:
            with tracing.following(item):
                await self._apply_alone(message, task, item)

    async def _apply(self, message: type[Message], task: Task, items: Sequence[Item]) -> None:
        """Apply messages in one transaction, and send one receipt for all of them after the
        commit."""
        ids = {item.id for item in items}
        own = items[0].sender == self._service
        async with (
            asyncio.timeout(TRANSACTION_SECONDS),
            self._db.transaction(f"apply {message.NAME}") as connection,
        ):
            fresh = await (outbox.take_own if own else inbox.add)(connection, ids)
            received = [_read(message, item) for item in items if item.id in fresh]
            # All locks at once, in a fixed order: locks taken message by message could deadlock.
            locks = reduce(or_, (one.message.locks() for one in received), Locks())
            if locks != Locks():
                await self._lock(connection, locks)
            for one in received:
                await self._run(connection, task, one)
        self._report(message, items, fresh)
        if not own:
            self._receipts.done(items[0].sender, ids, urgent=message.QUEUE.endswith(".now"))

    async def _apply_alone(self, message: type[Message], task: Task, item: Item) -> None:
        try:
            with cancelled_within():
                await self._apply(message, task, [item])
        except Exception as error:
            if isinstance(error, NotYet) or is_temporary(error):
                log.warning(
                    "a message has to wait", id=str(item.id), name=message.NAME, error=repr(error)
                )
                return
            code = _code(error)
            MESSAGES_FAILED.labels(self._service, message.NAME, code).inc()
            log.error(
                "a message is at fault",
                id=str(item.id),
                name=message.NAME,
                code=code,
                attempt=item.attempt,
                exc_info=_trace(error),
            )
            failure = Failure(id=item.id, attempt=item.attempt, code=code)
            self._receipts.failed(item.sender, failure)

    def _report(self, message: type[Message], items: Sequence[Item], fresh: set[UUID]) -> None:
        MESSAGES_REPEATED.labels(self._service, message.NAME).inc(len(items) - len(fresh))
        seconds = MESSAGE_SECONDS.labels(self._service, message.NAME)
        for id in fresh:
            seconds.observe(age(id).total_seconds())
        for item in items:
            event = "a message took effect" if item.id in fresh else "a message was repeated"
            with tracing.following(item):
                log.info(event, id=str(item.id), name=message.NAME, attempt=item.attempt)

    async def _run(self, connection: Connection, task: Task, received: Received[Message]) -> None:
        name, queue = received.message.NAME, received.message.QUEUE
        with (
            tracing.following(received),
            span_of("process", name, queue=queue, id=received.id, attempt=received.attempt),
        ):
            await task(self._context, connection, received)


def _read(message: type[Message], item: Item) -> Received[Message]:
    return Received(item, message.model_validate_json(item.body))


def _code(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "invalid_message"
    return error.code if isinstance(error, Problem) else type(error).__name__


def _trace(error: Exception) -> Exception | None:
    """Return the error whose traceback is logged, or None for a validation error, whose text
    contains the input."""
    return None if isinstance(error, ValidationError) else error
