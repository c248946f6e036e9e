"""Periodic jobs in each worker's event loop; only one process at a time runs a job.

Expired objects are rejected when used; jobs only clean up, so a missed run does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from shared import idempotency
from shared.crypto import hmac_sha256, new_id
from shared.db import Database
from shared.logging import get_logger, request_id
from shared.messaging import inbox, outbox
from shared.messaging.settlement import NEVER_PARKED
from shared.metrics import JOBS_FAILED, JOBS_WAITING, MESSAGES_PARKED
from shared.temporary import is_temporary

log = get_logger("periodic")

RETRY_SECONDS = 60.0
"""A failed job is tried again after this, or at its next regular time if that is sooner."""


class HasDatabase(Protocol):
    """The part of a service's context that the messaging core needs."""

    @property
    def db(self) -> Database: ...


C = TypeVar("C", bound=HasDatabase)


@dataclass(frozen=True, slots=True)
class Job(Generic[C]):
    """`run` every `seconds`; it opens its own transactions."""

    name: str
    seconds: float
    run: Callable[[C], Awaitable[None]]


async def run(job: Job[C], context: C, *, service: str, turn: asyncio.Lock) -> None:
    """Run the job without end; a failed run is repeated within a minute.

    A temporary failure, such as an unreachable database, is not counted as a failure of the job: a
    separate gauge shows it until a run succeeds.

    `turn` is the same for all jobs of a process. Each job holds a connection for its lock in
    addition to those that it uses: if all began at once, they would exhaust the pool.
    """
    lock = int.from_bytes(hmac_sha256(b"job", service, job.name)[:8], "big", signed=True)
    failed = JOBS_FAILED.labels(service, job.name)
    waiting = JOBS_WAITING.labels(service, job.name)
    while True:
        request_id.set(str(new_id()))  # its messages can be traced like those of a request
        pause = min(job.seconds, RETRY_SECONDS)
        try:
            async with turn:
                await _run_alone(job, context, lock)
        except Exception as error:
            if is_temporary(error):
                waiting.set(1)
                log.warning("a periodic job has to wait", job=job.name, error=repr(error))
            else:
                failed.inc()
                waiting.set(0)
                log.error("a periodic job failed", job=job.name, exc_info=error)
        else:
            waiting.set(0)
            pause = job.seconds
        await asyncio.sleep(pause)


async def _run_alone(job: Job[C], context: C, lock: int) -> None:
    """Run the job, unless another process is running it."""
    async with context.db.connection() as connection:
        # asyncpg frees the lock when the connection goes back to the pool.
        if await connection.fetchval("select pg_try_advisory_lock($1)", lock):
            await job.run(context)


async def tidy_messages(context: HasDatabase) -> None:
    """Delete messages that are no longer needed."""
    async with context.db.transaction("purge messages") as connection:
        await outbox.purge(connection)
        await inbox.purge(connection)


async def purge_idempotency_keys(context: HasDatabase) -> None:
    """Delete idempotency keys after their 24 hours."""
    async with context.db.transaction("purge idempotency keys") as connection:
        await idempotency.purge(connection)


async def park_old_messages(context: HasDatabase, *, service: str) -> None:
    """Park messages that no reader has confirmed within 25 days."""
    async with context.db.transaction("park old messages") as connection:
        parked = await outbox.park_old(connection, never_park=NEVER_PARKED)
    for row in parked:
        MESSAGES_PARKED.labels(service, row.name).inc()
        log.error("a message is parked", id=str(row.id), name=row.name, code="too_old")


def jobs(spec: Any) -> Sequence[Job[Any]]:
    """The service's own jobs, and those that every service has."""
    park_old = partial(park_old_messages, service=spec.service)
    return (
        Job("tidy_messages", 600, tidy_messages),
        Job("park_old_messages", 600, park_old),
        Job("purge_idempotency_keys", 600, purge_idempotency_keys),
        *spec.periodic,
    )
