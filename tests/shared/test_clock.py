"""Business time: the database server's, and ahead of it only with TRIAL_CLOCK=on."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from structlog.testing import capture_logs

from shared import clock, db
from shared.clock import Clock
from shared.db import Database, open_database
from tests.conftest import TestDatabase

MINUTE = timedelta(minutes=1)


async def test_the_offset_counts_only_with_the_trial_clock(
    database: TestDatabase, auth_db: Database
) -> None:
    async with auth_db.transaction("test") as connection:
        assert await clock.advance(connection, timedelta(hours=13)) == timedelta(hours=13)
        assert await clock.advance(connection, timedelta(hours=1)) == timedelta(hours=14)
    expected = datetime.now(UTC) + timedelta(hours=14)
    async with auth_db.connection() as connection:
        assert abs(await clock.now(connection) - expected) < MINUTE
    async with (
        open_database(database.dsn("auth"), schema="auth") as real,
        real.connection() as connection,
    ):
        assert abs(await clock.now(connection) - datetime.now(UTC)) < MINUTE


async def test_without_a_session_setting_business_time_is_the_servers(
    database: TestDatabase, auth_db: Database
) -> None:
    async with auth_db.connection() as connection:
        await clock.advance(connection, timedelta(days=1))
    owner = await asyncpg.connect(database.owner_dsn)
    assert await owner.fetchval("select auth.clock_now() = now()")
    await owner.close()


async def test_business_time_does_not_change_within_a_transaction(auth_db: Database) -> None:
    async with auth_db.transaction("test") as connection:
        first = await clock.now(connection)
        await asyncio.sleep(0.01)
        assert await clock.now(connection) == first


async def test_each_schema_has_its_own_offset(auth_db: Database, membership_db: Database) -> None:
    async with auth_db.connection() as connection:
        await clock.advance(connection, timedelta(days=1))
    async with membership_db.connection() as connection:
        assert abs(await clock.now(connection) - datetime.now(UTC)) < MINUTE


async def test_the_clock_of_the_process_follows_the_database(auth_db: Database) -> None:
    twin = Clock()
    assert abs(twin.now() - datetime.now(UTC)) < MINUTE
    async with auth_db.connection() as connection:
        await clock.advance(connection, timedelta(days=1))
    following = asyncio.create_task(twin.follow(auth_db))
    async with asyncio.timeout(30):
        while twin.now() < datetime.now(UTC) + timedelta(hours=23):
            await asyncio.sleep(0.01)
    following.cancel()


async def test_the_clock_of_the_process_follows_again_after_an_outage(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin, dsn = Clock(), database.dsn("auth")
    async with (
        asyncio.timeout(30),
        open_database(dsn, schema="auth", trial_clock=True, size=1) as only,
    ):
        monkeypatch.setattr(db, "ACQUIRE_SECONDS", 0.1)
        with capture_logs() as logs:
            async with only.connection() as connection:  # takes the pool's only connection
                following = asyncio.create_task(twin.follow(only))
                await clock.advance(connection, timedelta(days=1))
                while "the trial clock was not read" not in [line["event"] for line in logs]:
                    await asyncio.sleep(0.01)
            while twin.now() < datetime.now(UTC) + timedelta(hours=23):
                await asyncio.sleep(0.05)
        following.cancel()
