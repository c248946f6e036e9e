"""The supervision of a part: no failure ends it, and a part never runs twice."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from embedded import keeper as keeping
from embedded.children import Child, Children
from embedded.keeper import Keeper, Part
from embedded.process import Program
from tests.embedded.test_run import alive

STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(600)
"""


class Kept:
    """A keeper of a process that ignores SIGTERM, and its output."""

    def __init__(self, place: Path) -> None:
        self.said: list[str] = []
        self.changes = 0
        self.failing: Exception | None = None
        self.well = True
        self.stopping = asyncio.Event()
        self.pids: list[int] = []
        self._children = Children(asyncio.get_running_loop())
        self._log = place / "stubborn.log"
        self.keeper = Keeper(self._part(), say=self.said.append, changed=self._changed)

    def _part(self) -> Part:
        program = Program((sys.executable, "-c", STUBBORN), {}, self._log)

        async def launch() -> Child:
            self._log.unlink(missing_ok=True)
            child = self._children.start(program)
            self.pids.append(child.pid)
            return child

        async def until_ready(_: Child) -> None:
            while "ready" not in self._log.read_text():
                await asyncio.sleep(0.01)

        async def is_well(_: Child) -> bool:
            return self.well

        async def until_stopping(_: Child) -> None:
            await self.stopping.wait()
            self.stopping.clear()

        return Part(
            "stubborn",
            launch,
            until_ready,
            is_well,
            self._log,
            until_stopping=until_stopping,
            stop_limit=0.2,
            farewell=(signal.SIGTERM, 0.2),
        )

    def _changed(self) -> None:
        self.changes += 1
        if self.failing is not None:
            raise self.failing

    async def lives(self, count: int) -> None:
        """Wait until this many processes have been ready."""
        async with asyncio.timeout(20):
            while self.changes < count:
                await asyncio.sleep(0.01)

    @property
    def alive(self) -> list[int]:
        return [pid for pid in self.pids if alive(pid)]


@pytest_asyncio.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    kept = Kept(tmp_path)
    kept.keeper.start()
    try:
        await kept.lives(1)
        yield kept
    finally:
        await kept.keeper.stop(asyncio.Event())
        assert kept.alive == []


async def test_a_part_that_does_not_end_is_killed_and_restarted(kept: Kept) -> None:
    kept.stopping.set()
    await kept.lives(2)
    assert kept.alive == [kept.keeper.pid]
    assert "stubborn stops and does not end; it is restarted" in kept.said


async def test_an_error_does_not_end_the_supervision_of_a_part(kept: Kept) -> None:
    kept.failing = OSError(28, "No space left on device")
    kept.stopping.set()
    await kept.lives(4)
    kept.failing = None
    await kept.lives(5)
    await asyncio.sleep(0.05)
    assert kept.alive == [kept.keeper.pid]
    assert any("No space left on device" in line for line in kept.said)


async def test_a_cancelled_supervision_is_restarted_with_one_process(kept: Kept) -> None:
    [task] = [task for task in asyncio.all_tasks() if "_keep" in repr(task.get_coro())]
    task.cancel()
    await kept.lives(2)
    assert kept.alive == [kept.keeper.pid]


async def test_a_part_may_take_long_to_start_as_long_as_it_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a PostgreSQL that recovers or a Valkey that loads its data."""
    monkeypatch.setattr(keeping, "READY_LIMIT", 0.0)
    kept = Kept(tmp_path)
    kept.keeper.start()
    try:
        await kept.lives(1)
        assert kept.said == ["stubborn is not ready yet; it may continue as long as it answers"]
        assert len(kept.pids) == 1
    finally:
        await kept.keeper.stop(asyncio.Event())
