"""Receipts on the sender's side: marks rows of the outbox as confirmed, and wakes waiting
requests."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from shared import tracing
from shared.contracts.base import Message
from shared.contracts.registry import MESSAGES, confirm_task, reader_of
from shared.db import Connection, Database
from shared.logging import get_logger
from shared.messaging import outbox
from shared.messaging.envelope import Failure, Receipt
from shared.messaging.listening import confirmed_channel
from shared.messaging.spans import span_of
from shared.messaging.transport.intake import refuse
from shared.metrics import MESSAGES_PARKED
from shared.temporary import cancelled_within, is_temporary

log = get_logger("receipts")

NEVER_PARKED = [message.NAME for message in MESSAGES.values() if not message.PARKS]

AfterReceipt = Callable[[Any, Connection, outbox.Row], Awaitable[None]]
"""An additional effect of a receipt: a function that gets the service's context, runs in the
receipt's transaction, and sees the row before its payload is deleted."""

Effects = Mapping[str, AfterReceipt]


async def take(
    db: Database,
    context: object,
    receipt: Receipt,
    *,
    service: str,
    after: Mapping[type[Message], AfterReceipt],
) -> None:
    """Confirm the rows of a receipt, once each, and wake requests that wait for their subjects.

    This is one transaction. If it fails, each row is handled in its own transaction, so that a row
    whose effect fails does not affect the others. Such a row stays unconfirmed and is delivered
    again.
    """
    effects = {message.NAME: effect for message, effect in after.items()}
    try:
        with cancelled_within():
            await _close(db, context, receipt, service, effects)
    except Exception as error:
        log.info("a receipt is taken apart", error=type(error).__name__)
    else:
        return
    for part in _parts(receipt):
        await _close_alone(db, context, part, service, effects)


def _parts(receipt: Receipt) -> Iterator[Receipt]:
    reader = receipt.reader
    yield from (Receipt(ids=(id,), reader=reader) for id in receipt.ids)
    yield from (Receipt(failed=(failure,), reader=reader) for failure in receipt.failed)


async def _close_alone(
    db: Database, context: object, part: Receipt, service: str, effects: Effects
) -> None:
    try:
        with cancelled_within():
            await _close(db, context, part, service, effects)
    except Exception as error:
        if is_temporary(error):
            log.warning("a receipt has to wait", ids=_names(part), error=repr(error))
        else:
            log.error("a receipt had no effect", ids=_names(part), exc_info=error)


def _names(part: Receipt) -> list[str]:
    return [str(id) for id in (*part.ids, *(failure.id for failure in part.failed))]


async def _close(
    db: Database, context: object, receipt: Receipt, service: str, effects: Effects
) -> None:
    async with db.transaction("take receipt") as connection:
        about = (*receipt.ids, *(failure.id for failure in receipt.failed))
        own = _read_by(receipt.reader, await outbox.lock_unconfirmed(connection, about), service)
        rows = [row for row in own if row.id in receipt.ids]
        # Sorted by subject, as everything else locks members, and after all rows of the outbox.
        for row in sorted(rows, key=lambda row: str(row.subject)):
            if effect := effects.get(row.name):
                await _run(effect, context, connection, row)
        await outbox.mark_confirmed(connection, [row.id for row in rows])
        for subject in {row.subject for row in rows if row.subject and _is_awaited(row)}:
            await connection.execute(
                "select pg_notify($1, $2)", confirmed_channel(service), str(subject)
            )
        for failure in receipt.failed:
            if any(row.id == failure.id for row in own):
                await _record(connection, failure, service)


def _read_by(reader: str | None, rows: Sequence[outbox.Row], service: str) -> list[outbox.Row]:
    """Return the rows whose reader is the service that signed the receipt.

    A service cannot confirm messages to other services; the attempt is logged.
    """
    own = []
    for row in rows:
        if reader in (None, reader_of(row.name)):
            own.append(row)
        else:
            refuse(service, confirm_task(service), "wrong_sender", id=str(row.id), reader=reader)
    return own


def _is_awaited(row: outbox.Row) -> bool:
    """Return whether a request may wait for this receipt: the row has a version, or its queue is
    urgent (`.now`)."""
    return row.version is not None or row.queue.endswith(".now")


async def _run(
    effect: AfterReceipt, context: object, connection: Connection, row: outbox.Row
) -> None:
    with (
        tracing.following(row),
        span_of("settle", row.name, queue=row.queue, id=row.id, attempt=row.attempt),
    ):
        await effect(context, connection, row)


async def _record(connection: Connection, failure: Failure, service: str) -> None:
    parked = await outbox.record_failure(connection, failure, never_park=NEVER_PARKED)
    if parked is not None:
        MESSAGES_PARKED.labels(service, parked.name).inc()
        with tracing.following(parked):
            log.error("a message is parked", id=str(parked.id), name=parked.name, code=failure.code)
