"""Measures how many messages wait in a service's outbox and queues, for its health."""

from contextlib import suppress

import redis.asyncio as redis

from shared.contracts.registry import queues_of
from shared.db import Database
from shared.health import Check, Facts
from shared.messaging import outbox
from shared.messaging.envelope import KEY_PREFIX
from shared.metrics import (
    BROKER_MEMORY,
    DATABASE_CONNECTIONS,
    OUTBOX_MESSAGES,
    OUTBOX_OLDEST_SECONDS,
    QUEUE_LENGTH,
)

_ANSWER_SECONDS = 2.0


class Backlog:
    """Queries a service's database and the broker. For kombu, a queue is a Redis list."""

    def __init__(self, *, service: str, db: Database, broker_url: str) -> None:
        self._service = service
        self._db = db
        self._broker = redis.Redis.from_url(
            broker_url, socket_timeout=_ANSWER_SECONDS, socket_connect_timeout=_ANSWER_SECONDS
        )

    def checks(self, *, broker_required: bool) -> tuple[Check, Check]:
        """The checks of the database with the outbox, and of the broker with the queues."""
        return (
            Check("database", self._ask_database),
            Check("broker", self._ask_broker, required=broker_required),
        )

    async def close(self) -> None:
        """Close the connections to the broker."""
        await self._broker.aclose()

    async def _ask_database(self) -> Facts:
        use = self._db.use
        for state, connections in (("used", use.used), ("idle", use.idle), ("limit", use.limit)):
            DATABASE_CONNECTIONS.labels(self._service, state).set(connections)
        async with self._db.connection() as connection:
            self._db.require_space()
            await outbox.try_to_write(connection)
            found = await outbox.count_unconfirmed(connection)
        OUTBOX_MESSAGES.labels(self._service, "waiting").set(found.waiting)
        OUTBOX_MESSAGES.labels(self._service, "parked").set(found.parked)
        OUTBOX_OLDEST_SECONDS.labels(self._service).set(found.oldest_seconds)
        return {
            "unconfirmed": found.waiting,
            "oldest_unconfirmed_seconds": found.oldest_seconds,
            "parked": found.parked,
        }

    async def _ask_broker(self) -> Facts:
        queues = queues_of(self._service)
        async with self._broker.pipeline(transaction=False) as pipeline:
            for queue in queues:
                pipeline.llen(f"{KEY_PREFIX}{queue}")
            lengths = dict(zip(queues, await pipeline.execute(), strict=True))
        for queue, length in lengths.items():
            QUEUE_LENGTH.labels(queue).set(length)
        await self._measure_memory()
        return lengths

    async def _measure_memory(self) -> None:
        """Read the broker's memory; it is not available if the Redis user may not run INFO."""
        with suppress(redis.ResponseError):
            memory = await self._broker.info("memory")
            for state, field in (("used", "used_memory"), ("limit", "maxmemory")):
                BROKER_MEMORY.labels(self._service, state).set(memory[field])
