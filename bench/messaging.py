"""Messages per second from commit to receipt. Baseline in the same run: no-op tasks of unchanged
Celery, with late acknowledgement.

One worker process on each side. Both are measured in turns, and only their ratio is compared, so
that the machine's noise affects both.

    python -m bench.messaging
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from kombu.transport import TRANSPORT_ALIASES

from shared.db import Database, open_database
from shared.messaging import outbox
from shared.messaging.transport.broker import celery_app
from shared.messaging.worker import CONCURRENCY
from tests.conftest import TestDatabase, prepare
from tests.faults.fleet import Broker, Fleet, fleet
from tests.faults.parcels import TABLES, RecordParcel
from tests.servers import Servers

MESSAGES = 10_000
"""Enough that the first and the last ones, which wait for a wake-up, hardly matter."""
ROUNDS = 3
TASK = "bench.do_nothing"
UNCONFIRMED = "select exists (select from outbox where confirmed_at is null)"


def drain_no_ops(url: str) -> None:
    """In a separate process: take the queued no-op tasks, and print the rate."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), "kombu.transport.redis:Transport"))
    app = celery_app("notifier", url)
    app.conf.worker_consumer = "celery.worker.consumer:Consumer"
    times: list[float] = []

    def body() -> None:
        times.append(time.perf_counter())
        if len(times) == MESSAGES:
            print(MESSAGES / (times[-1] - times[0]), flush=True)

    app.task(body, name=TASK)
    worker = app.Worker(
        pool="threads",
        concurrency=CONCURRENCY,
        queues=["notifier"],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        redirect_stdouts=False,
        quiet=True,
        loglevel="ERROR",
    )
    worker.start()


def no_ops_a_second(broker: Broker) -> float:
    """Fill the queue while no worker runs, then start one worker."""
    app = celery_app("notifier", broker.url)
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(MESSAGES):
            app.send_task(TASK, queue="notifier", producer=producer)
    command = [sys.executable, "-W", "ignore", "-m", "bench.messaging", broker.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        result = float(process.stdout.readline())
        process.terminate()
    return result


async def messages_a_second(db: Database) -> float:
    """Commit all at once, and wait until each row has its receipt."""
    started = time.perf_counter()
    async with db.transaction("put messages") as connection:
        for number in range(MESSAGES):
            await outbox.put(connection, RecordParcel(parcel=number))
    committed = time.perf_counter()
    async with db.connection() as connection:
        while await connection.fetchval(UNCONFIRMED):  # noqa: ASYNC110 - other processes do the work
            await asyncio.sleep(0.02)
        dispatches = await connection.fetchval("select avg(attempt)::float8 from outbox")
        await connection.execute("delete from outbox")
    seconds = time.perf_counter() - committed
    print(
        f"  {MESSAGES / seconds:6.0f} messages/s from commit to receipt, "
        f"{dispatches:.2f} dispatches each; written in {committed - started:.2f} s"
    )
    return MESSAGES / seconds


async def measure(broker: Broker, workers: Fleet, database: TestDatabase) -> None:
    """Measure both in turns and print the ratio of their medians."""
    messages, no_ops = [], []
    async with open_database(database.dsn("auth"), schema="auth") as db:
        for _ in range(ROUNDS):
            no_ops.append(await asyncio.to_thread(no_ops_a_second, broker))
            print(f"  {no_ops[-1]:6.0f} no-op tasks/s")
            for service in ("auth", "membership"):
                workers.start(service)
            messages.append(await messages_a_second(db))
            for service in ("auth", "membership"):
                workers.kill(service)
    print(f"  ratio of the medians: {median(messages) / median(no_ops):.1f}")


def main() -> None:
    """Print the numbers of one run."""
    if len(sys.argv) > 1:
        return drain_no_ops(sys.argv[1])
    print("Messages with receipts against no-op tasks")
    servers = Servers()
    servers.start()
    try:
        database = TestDatabase(servers.create_database("bench"))
        asyncio.run(prepare(database.owner_dsn))
        servers.execute(TABLES, database="bench")
        with tempfile.TemporaryDirectory() as directory, fleet(Path(directory), database) as parts:
            asyncio.run(measure(*parts, database))
    finally:
        servers.stop()
    return None


if __name__ == "__main__":
    main()
