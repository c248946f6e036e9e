"""A listener keeps its connection while it probes it, and misses no notification."""

import asyncio

import asyncpg
import pytest

from shared.messaging import listening
from tests.conftest import TestDatabase

LOOKED_AT = "select state_change from pg_stat_activity where pid <> pg_backend_pid() and query = $1"


async def test_probing_the_connection_does_not_end_it(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty statement made asyncpg fail, so each probe lost a second of notifications."""
    monkeypatch.setattr(listening, "LOOK_SECONDS", 0.02)
    heard, connected, looks = asyncio.Event(), 0, set()

    def count() -> None:
        nonlocal connected
        connected += 1

    listener = listening.listen(
        database.dsn("auth"), "looks", heard=lambda _: heard.set(), connected=count
    )
    task = asyncio.create_task(listener)
    owner = await asyncpg.connect(database.owner_dsn)
    async with asyncio.timeout(10):
        while len(looks) < 3 and connected < 2:
            looks |= {row["state_change"] for row in await owner.fetch(LOOKED_AT, "select")}
            await asyncio.sleep(0.01)
        assert connected == 1
        await owner.execute("notify looks")
        await heard.wait()
    task.cancel()
    await owner.close()
