"""Periodic jobs: each runs in one process at a time, and again after a failure."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import asyncpg
import pytest
from prometheus_client import REGISTRY

import shared.db
from shared.db import Database
from shared.logging import request_id
from shared.messaging import periodic
from shared.messaging.periodic import Job


@dataclass
class Context:
    db: Database


async def run_for(
    seconds: float, db: Database, job: Job[Context], *, processes: int = 1, services: int = 1
) -> None:
    running = [
        asyncio.create_task(
            periodic.run(
                job, Context(db), service=f"service-{number % services}", turn=asyncio.Lock()
            )
        )
        for number in range(processes)
    ]
    await asyncio.sleep(seconds)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


def job(run: Callable[[Context], Awaitable[None]], seconds: float = 0.01) -> Job[Context]:
    return Job("tidy", seconds, run)


async def test_a_job_runs_in_one_process_at_a_time(auth_db: Database) -> None:
    at_once, most, done = 0, 0, 0

    async def work(_: Context) -> None:
        nonlocal at_once, most, done
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        done += 1

    await run_for(0.4, auth_db, job(work), processes=3)
    assert most == 1
    assert done >= 3


async def test_jobs_of_different_services_do_not_wait_for_each_other(auth_db: Database) -> None:
    at_once, most = 0, 0

    async def work(_: Context) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.05)
        at_once -= 1

    await run_for(0.3, auth_db, job(work), processes=2, services=2)
    assert most == 2


async def test_a_job_that_fails_runs_again_and_leaves_no_lock(auth_db: Database) -> None:
    done = 0

    async def work(_: Context) -> None:
        nonlocal done
        done += 1
        raise KeyError("a fault of ours")

    await run_for(1.5, auth_db, job(work))
    assert done >= 2
    async with auth_db.connection() as connection:
        held = "select count(*) from pg_locks where locktype = 'advisory'"
        assert await connection.fetchval(held) == 0


async def test_each_run_of_a_job_has_its_own_request_id(auth_db: Database) -> None:
    seen = []

    async def work(_: Context) -> None:
        seen.append(request_id.get())

    await run_for(0.3, auth_db, job(work))
    assert len(seen) == len(set(seen)) >= 2
    assert all(UUID(id) for id in seen)


async def test_the_counter_of_failed_jobs_is_exported_at_zero(auth_db: Database) -> None:
    async def fails(_: Context) -> None:
        raise KeyError("a fault of ours")

    def failed(name: str) -> float | None:
        labels = {"service": "service-0", "name": name}
        return REGISTRY.get_sample_value("zaiseki_jobs_failed_total", labels)

    await run_for(0.2, auth_db, Job("well", 60, lambda _: asyncio.sleep(0)))
    await run_for(0.5, auth_db, Job("broken", 60, fails))
    assert (failed("well"), failed("broken")) == (0, 1)


async def test_a_job_waits_out_an_outage_of_the_database_without_failing(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each error is one that server, pool or network raise during an outage."""
    monkeypatch.setattr(periodic, "RETRY_SECONDS", 0.02)
    troubles: list[Callable[[Context], Awaitable[None]]] = []

    async def cut(context: Context) -> None:
        async with context.db.connection() as connection:
            await connection.execute("select pg_terminate_backend(pg_backend_pid())")

    async def shut_down(_: Context) -> None:
        raise asyncpg.CannotConnectNowError("the database system is shutting down")

    async def time_out(_: Context) -> None:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)

    async def away(_: Context) -> None:
        await asyncpg.connect("postgresql://u@/x?host=/nowhere")

    troubles = [cut, shut_down, time_out, away]
    seen: list[float | None] = []

    async def work(context: Context) -> None:
        seen.append(waiting())
        if troubles:
            await troubles.pop()(context)

    def waiting() -> float | None:
        labels = {"service": "service-0", "name": "patient"}
        return REGISTRY.get_sample_value("zaiseki_jobs_waiting", labels)

    await run_for(2, auth_db, Job("patient", 3600, work))
    assert seen == [0, 1, 1, 1, 1], "it runs again soon, until it succeeds"
    assert waiting() == 0
    labels = {"service": "service-0", "name": "patient"}
    assert REGISTRY.get_sample_value("zaiseki_jobs_failed_total", labels) == 0


async def test_a_daily_job_that_fails_runs_again_long_before_the_next_day(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the alarm, which counts failures within an hour, would never see two."""
    monkeypatch.setattr(periodic, "RETRY_SECONDS", 0.02)
    tries = 0

    async def fails(_: Context) -> None:
        nonlocal tries
        tries += 1
        raise KeyError("a fault of ours")

    await run_for(0.8, auth_db, Job("daily", 24 * 3600, fails))
    assert tries >= 3


@pytest.mark.parametrize(("take_turns", "seconds"), [(True, 20.0), (False, 1.5)])
async def test_more_jobs_than_connections_all_run_because_they_take_turns(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch, take_turns: bool, seconds: float
) -> None:
    """Otherwise each would hold the connection of its lock, and none would be left for the work."""
    monkeypatch.setattr(shared.db, "ACQUIRE_SECONDS", 0.5)
    names, done = {f"job-{number}" for number in range(2 * auth_db.use.limit)}, set()

    async def work(name: str, context: Context) -> None:
        async with context.db.transaction("test"):
            done.add(name)

    turn, context = asyncio.Lock(), Context(auth_db)
    running = [
        asyncio.create_task(
            periodic.run(one, context, service="turns", turn=turn if take_turns else asyncio.Lock())
        )
        for one in [Job(name, 60, partial(work, name)) for name in names]
    ]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while done != names:
                await asyncio.sleep(0.01)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert (done == names) == take_turns
