"""A server or network that disappears silently is noticed on every connection."""

import asyncio
import tempfile
import time
from pathlib import Path

import asyncpg
import pytest

from shared import db as module
from shared.db import open_database
from shared.messaging import listening
from tests.conftest import TestDatabase
from tests.faults.troubles import line_to


@pytest.mark.parametrize("looks", [True, False], ids=["it looks", "it only waits"])
async def test_a_listener_reconnects_after_its_connection_fell_silent(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, looks: bool
) -> None:
    """R2: without probing it would wait for notifications for ever, unnoticed."""
    monkeypatch.setattr(listening, "LOOK_SECONDS", 0.2 if looks else 3600)
    monkeypatch.setattr(listening, "ANSWER_SECONDS", 0.2)
    heard: list[str] = []
    connected: list[float] = []
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with line_to(database, "auth", Path(place)) as (line, dsn):
            task = asyncio.create_task(
                listening.listen(
                    dsn,
                    "silence",
                    heard=heard.append,
                    connected=lambda: connected.append(time.monotonic()),
                )
            )
            owner = await asyncpg.connect(database.owner_dsn)
            async with asyncio.timeout(10):
                while "before" not in heard:
                    await owner.execute("notify silence, 'before'")
                    await asyncio.sleep(0.05)
            line.silence()
            try:
                async with asyncio.timeout(10 if looks else 2):
                    while "after" not in heard:
                        await owner.execute("notify silence, 'after'")
                        await asyncio.sleep(0.05)
            except TimeoutError:
                pass
            task.cancel()
            await owner.close()
    assert ("after" in heard, len(connected)) == ((True, 2) if looks else (False, 1))


async def test_one_silent_connection_replaces_the_whole_pool(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise one request for each connection of the pool would wait for its whole limit."""
    monkeypatch.setattr(module, "COMMAND_SECONDS", 0.5)
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with (
            line_to(database, "auth", Path(place)) as (line, dsn),
            open_database(dsn, schema="auth", size=4) as db,
        ):

            async def ask(seconds: float = 0.0) -> None:
                async with db.connection() as connection:
                    await connection.execute(f"select pg_sleep({seconds})")

            await asyncio.gather(*(ask(0.2) for _ in range(4)))
            assert db.use.idle == 4
            line.silence()
            with pytest.raises(TimeoutError):
                await ask()
            for _ in range(4):
                await ask()
            await line.end()


async def test_the_server_probes_our_connections_too(database: TestDatabase) -> None:
    """A periodic job's lock lasts as long as its session, by default two hours."""
    async with (
        open_database(database.dsn("auth"), schema="auth") as db,
        db.connection() as connection,
    ):
        rows = await connection.fetch(
            "select name, reset_val from pg_settings where name like 'tcp\\_keepalives\\_%'"
        )
    assert {row["name"]: row["reset_val"] for row in rows} == {
        "tcp_keepalives_idle": "20",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }


async def test_a_process_ends_cleanly_although_its_server_does_not_answer(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ACQUIRE_SECONDS", 0.5)
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with (
            line_to(database, "auth", Path(place)) as (line, dsn),
            open_database(dsn, schema="auth") as db,
        ):
            async with db.connection() as connection:
                await connection.execute("select 1")
            line.silence()
