"""A part of a process is restarted when it ends or fails, with a log line and a metric."""

import asyncio
from typing import Any

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from shared import forever
from tests.loop_clock import stopped_clock


def restarted(part: str) -> float:
    labels = {"service": "parts", "part": part}
    return REGISTRY.get_sample_value("zaiseki_parts_restarted_total", labels) or 0


@pytest.fixture(autouse=True)
def _without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forever, "PAUSE_SECONDS", 0.01)


def work_of(part: str) -> "asyncio.Task[Any]":
    [task] = [task for task in asyncio.all_tasks() if task.get_name() == part]
    return task


@pytest.mark.parametrize("end", ["error", "return", "cancel", "cancel_at_once"])
async def test_a_part_that_ends_is_restarted_logged_and_counted(end: str) -> None:
    begun = 0
    once, again = asyncio.Event(), asyncio.Event()

    async def part() -> None:
        nonlocal begun
        begun += 1
        once.set()
        if begun == 2 or (end == "cancel_at_once" and begun == 1):
            again.set()
        elif end == "error":
            raise KeyError("a fault of ours")
        elif end == "return":
            return
        await asyncio.Event().wait()

    before = restarted(end)
    with capture_logs() as lines:
        async with forever.running("parts", {end: part}), asyncio.timeout(30):
            if end == "cancel":
                await once.wait()
            if end.startswith("cancel"):
                work_of(end).cancel()
            await again.wait()
    assert restarted(end) == before + 1
    said = [line for line in lines if line["event"] == "a part of the process ended"]
    assert [(line["part"], line["log_level"]) for line in said] == [(end, "critical")]
    expected = {"error": "KeyError('a fault of ours')", "return": "returned"}
    assert said[0]["error"] == expected.get(end, "cancelled")


async def test_at_the_end_all_parts_are_awaited_and_none_is_restarted() -> None:
    """One that is to be restarted after its pause is not either."""
    ended = begun = 0

    async def part() -> None:
        nonlocal ended
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(20):
                await asyncio.sleep(0)
            ended += 1

    async def broken() -> None:
        nonlocal begun
        begun += 1
        raise KeyError("a fault of ours")

    with capture_logs() as lines, stopped_clock() as clock:
        async with forever.running("parts", {"one": part, "two": part, "broken": broken}):
            await clock.settle()
        assert ended == 2
        await clock.advance(1)
    assert begun == 1
    assert [line["part"] for line in lines] == ["broken"]
    assert not {task.get_name() for task in asyncio.all_tasks()} & {"one", "two", "broken"}


async def test_the_counter_of_restarts_is_exported_at_zero() -> None:
    async with forever.running("parts", {"quiet": asyncio.Event().wait}):  # type: ignore[dict-item]
        labels = {"service": "parts", "part": "quiet"}
        assert REGISTRY.get_sample_value("zaiseki_parts_restarted_total", labels) == 0


async def test_a_stop_waits_for_work_that_must_not_be_cut() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    ended = False

    async def work() -> None:
        nonlocal ended
        begun.set()
        await may_end.wait()
        ended = True

    task = asyncio.create_task(forever.uncut(work(), seconds=10))
    await begun.wait()
    task.cancel()
    asyncio.get_running_loop().call_later(0.01, may_end.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


async def test_a_stop_does_not_wait_for_work_that_never_ends() -> None:
    cut = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    task = asyncio.create_task(forever.uncut(work(), seconds=0.01))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await cut.wait()
