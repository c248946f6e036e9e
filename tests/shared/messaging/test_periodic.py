"""Periodic jobs: each runs in one process at a time, and again after a failure."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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


class Turn(asyncio.Lock):
    """The turn of a process's jobs, and how often it has ended."""

    ended = 0

    def release(self) -> None:
        super().release()
        self.ended += 1


class Rounds:
    """A job that succeeds, and how often it has run."""

    number = 0

    async def go(self, _: Context) -> None:
        self.number += 1


@asynccontextmanager
async def running(
    db: Database, *jobs: Job[Context], turn: asyncio.Lock | None = None, service: str = "service-0"
) -> AsyncIterator[None]:
    """The jobs of a process, until the block ends; without `turn` each has one for itself."""
    tasks = [
        asyncio.create_task(
            periodic.run(job, Context(db), service=service, turn=turn or asyncio.Lock())
        )
        for job in jobs
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not reached():
            await asyncio.sleep(0.005)


def job(run: Callable[[Context], Awaitable[None]], seconds: float = 0.01) -> Job[Context]:
    return Job("tidy", seconds, run)


async def test_a_job_runs_in_one_process_at_a_time(auth_db: Database) -> None:
    """While it runs in one, each of the others has a turn."""
    at_once, most, done = 0, 0, 0
    turns = [Turn(), Turn(), Turn()]

    async def work(_: Context) -> None:
        nonlocal at_once, most, done
        at_once += 1
        most = max(most, at_once)
        before = [turn.ended for turn in turns]
        await until(
            lambda: (
                at_once > 1
                or sum(turn.ended > ended for turn, ended in zip(turns, before, strict=True)) == 2
            )
        )
        at_once -= 1
        done += 1

    one, two, three = (running(auth_db, job(work), turn=turn) for turn in turns)
    async with one, two, three:
        await until(lambda: done >= 3)
    assert most == 1


async def test_jobs_of_different_services_do_not_wait_for_each_other(auth_db: Database) -> None:
    at_once, most = 0, 0

    async def work(_: Context) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await until(lambda: most == 2)
        at_once -= 1

    one, other = (running(auth_db, job(work), service=name) for name in ("one", "other"))
    async with one, other:
        await until(lambda: most == 2)


async def test_a_job_that_fails_runs_again_and_leaves_no_lock(auth_db: Database) -> None:
    done = 0

    async def work(_: Context) -> None:
        nonlocal done
        done += 1
        raise KeyError("a fault of ours")

    async with running(auth_db, job(work)):
        await until(lambda: done >= 2)
    async with auth_db.connection() as connection:
        held = "select count(*) from pg_locks where locktype = 'advisory'"
        assert await connection.fetchval(held) == 0


async def test_each_run_of_a_job_has_its_own_request_id(auth_db: Database) -> None:
    seen = []

    async def work(_: Context) -> None:
        seen.append(request_id.get())

    async with running(auth_db, job(work)):
        await until(lambda: len(seen) >= 2)
    assert len(seen) == len(set(seen))
    assert all(UUID(id) for id in seen)


async def test_the_counter_of_failed_jobs_is_exported_at_zero(auth_db: Database) -> None:
    rounds = Rounds()

    async def fails(_: Context) -> None:
        raise KeyError("a fault of ours")

    def failed(name: str) -> float | None:
        labels = {"service": "service-0", "name": name}
        return REGISTRY.get_sample_value("zaiseki_jobs_failed_total", labels)

    async with running(auth_db, Job("well", 0.01, rounds.go), Job("broken", 60, fails)):
        await until(lambda: rounds.number >= 2 and failed("broken") != 0)
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

    rounds = Rounds()
    async with running(auth_db, Job("patient", 3600, work)):
        await until(lambda: len(seen) >= 5 and waiting() == 0)
        async with running(auth_db, Job("yardstick", periodic.RETRY_SECONDS, rounds.go)):
            await until(lambda: rounds.number == 5)
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

    async with running(auth_db, Job("daily", 24 * 3600, fails)):
        await until(lambda: tries >= 3)


@pytest.mark.parametrize("take_turns", [True, False])
async def test_more_jobs_than_connections_all_run_because_they_take_turns(
    auth_db: Database, monkeypatch: pytest.MonkeyPatch, take_turns: bool
) -> None:
    """Otherwise each would hold the connection of its lock, and none would be left for the work."""
    if not take_turns:
        monkeypatch.setattr(shared.db, "ACQUIRE_SECONDS", 0.5)
    names, done = {f"job-{number}" for number in range(2 * auth_db.use.limit)}, set()

    async def work(name: str, context: Context) -> None:
        async with context.db.transaction("test"):
            done.add(name)

    def waiting() -> set[str]:
        """The jobs that got no connection, and will be tried again in a minute."""
        labels = [{"service": f"turns-{take_turns}", "name": name} for name in names]
        values = {
            of["name"]: REGISTRY.get_sample_value("zaiseki_jobs_waiting", of) for of in labels
        }
        return {name for name, value in values.items() if value}

    jobs = [Job(name, 60, partial(work, name)) for name in names]
    turn = asyncio.Lock() if take_turns else None
    async with running(auth_db, *jobs, turn=turn, service=f"turns-{take_turns}"):
        await until(lambda: done | waiting() == names)
    assert (done == names) == take_turns
