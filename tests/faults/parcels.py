"""Two small services on the real worker: auth sends parcels, membership records each one.

Every effect is a row without a unique key, so that an effect that happens twice shows.
"""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from prometheus_client import generate_latest

from shared.contracts.base import Message
from shared.contracts.registry import MESSAGES
from shared.db import Connection, Database, open_database
from shared.messaging import outbox
from shared.messaging.envelope import Received
from shared.messaging.periodic import Job
from shared.messaging.worker import WorkerSpec
from shared.setting_types import Key
from shared.settings import ServiceSettings, load

TABLES = """
    create table auth.started (parcel int not null);
    create table auth.receipted (parcel int not null);
    create table membership.recorded (parcel int not null, kind text not null);
"""


class StartParcel(Message):
    """From auth to itself: sends a `RecordParcel` in its own transaction."""

    NAME: ClassVar[str] = "auth.start_parcel"
    QUEUE: ClassVar[str] = "auth"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    parcel: int


class RecordParcel(Message):
    """From auth to membership."""

    NAME: ClassVar[str] = "membership.record_parcel"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    parcel: int
    kind: str = "direct"


class HurryParcel(Message):
    """From auth to membership, urgent."""

    NAME: ClassVar[str] = "membership.hurry_parcel"
    QUEUE: ClassVar[str] = "membership.now"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    parcel: int


class ParcelSettings(ServiceSettings):
    """The worker's own settings."""

    auth_message_key: Key
    membership_message_key: Key
    service: str = "auth"

    @property
    def message_key(self) -> bytes:
        key: bytes = getattr(self, f"{self.service}_message_key")
        return key

    @property
    def dsn(self) -> str:
        raise AssertionError("the worker is told its database beside its settings")


@dataclass(frozen=True)
class Context:
    """The context of the tasks."""

    db: Database
    metrics: Path


async def _start(_: Context, connection: Connection, received: Received[StartParcel]) -> None:
    parcel = received.message.parcel
    await connection.execute("insert into started values ($1)", parcel)
    await outbox.put(connection, RecordParcel(parcel=parcel, kind="started"))


async def _record(_: Context, connection: Connection, received: Received[RecordParcel]) -> None:
    message = received.message
    await connection.execute("insert into recorded values ($1, $2)", message.parcel, message.kind)


async def _hurry(_: Context, connection: Connection, received: Received[HurryParcel]) -> None:
    await connection.execute("insert into recorded values ($1, 'hurry')", received.message.parcel)


async def _receipted(_: Context, connection: Connection, row: outbox.Row) -> None:
    parcel = RecordParcel.model_validate_json(row.payload).parcel
    await connection.execute("insert into receipted values ($1)", parcel)


async def _write_metrics(context: Context) -> None:
    context.metrics.write_bytes(generate_latest())


TASKS: Mapping[str, Mapping[type[Message], Any]] = {
    "auth": {StartParcel: _start},
    "membership": {RecordParcel: _record, HurryParcel: _hurry},
}
RECEIPTS: Mapping[str, Mapping[type[Message], Any]] = {
    "auth": {RecordParcel: _receipted},
    "membership": {},
}


@asynccontextmanager
async def _open(
    service: str, dsn: str, metrics: Path, on_commit: Callable[[], None]
) -> AsyncIterator[Context]:
    async with open_database(dsn, schema=service, on_commit=on_commit) as db:
        yield Context(db, metrics)


def spec(service: str, dsn: str, metrics: str) -> WorkerSpec[Context]:
    """The worker of one of the two; its settings come from the environment."""
    MESSAGES.update({message.NAME: message for message in (StartParcel, RecordParcel, HurryParcel)})
    MESSAGES["membership.record_parcel_v2"] = RecordParcel  # which no reader has a task for
    return WorkerSpec(
        service=service,
        settings=load(ParcelSettings, {**os.environ, "SERVICE": service}),
        dsn=dsn,
        listen=f"unix:{Path(metrics).with_suffix('.health')}",
        open=partial(_open, service, dsn, Path(metrics)),
        tasks=TASKS[service],
        receipts=RECEIPTS[service],
        periodic=(Job("write_metrics", 0.2, _write_metrics),),
    )


def be_naive() -> None:
    """Close a row when it is published, as an outbox without receipts does."""
    lease = outbox.lease

    async def lease_and_close(connection: Connection, *args: Any, **kwargs: Any) -> Any:
        rows = await lease(connection, *args, **kwargs)
        await outbox.mark_confirmed(connection, [row.id for row in rows])
        return rows

    outbox.lease = lease_and_close
