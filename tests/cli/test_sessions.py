"""`zaiseki check` behind a pooler names each kind of session state that is lost."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest
from pydantic import SecretStr

from cli import dependencies, sessions
from cli.known_settings import classes
from tests.cli.pooler import pooler_to
from tests.conftest import ROLE_PASSWORD, TestDatabase, role
from tests.faults.troubles import line_to

STATEMENTS, LISTEN, LOCKS = "prepared statements", "LISTEN", "advisory locks of a session"


async def test_a_direct_session_keeps_all_its_state(database: TestDatabase) -> None:
    assert await sessions.lost("auth", database.dsn("auth")) == []
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with line_to(database, "auth", Path(place)) as (_, dsn):
            assert await sessions.lost("auth", dsn) == []


async def test_each_state_lost_between_transactions_is_named(
    database: TestDatabase,
) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with pooler_to(database, "auth", Path(place)) as dsn:
            async with connected(dsn) as connection, connection.transaction():
                assert await connection.fetchval("select 1") == 1, "the pooler is in use"
            settings, *others = await sessions.lost("auth", dsn)
    assert settings.startswith('session settings (search_path is "$user", public')
    assert others == [STATEMENTS, LISTEN, LOCKS]


async def test_check_reports_the_lost_state_in_a_sentence(database: TestDatabase) -> None:
    settings = classes()["auth"]
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        async with pooler_to(database, "auth", Path(place)) as dsn:
            pooled = settings.model_construct(auth_database_url=SecretStr(dsn))
            failed = await dependencies.database("auth", pooled)
    direct = settings.model_construct(auth_database_url=SecretStr(database.dsn("auth")))
    assert (await dependencies.database("auth", direct)).state == "ok"
    assert failed.state == "failed"
    for word in ("search_path", STATEMENTS, LISTEN, LOCKS, "session pooling"):
        assert word in failed.text
    assert ROLE_PASSWORD not in failed.text


async def test_the_test_of_a_session_leaves_no_lock(database: TestDatabase) -> None:
    await sessions.lost("auth", database.dsn("auth"))
    owner = await asyncpg.connect(database.owner_dsn)
    left = "select count(*) from pg_locks where locktype = 'advisory'"
    async with asyncio.timeout(5):
        while await owner.fetchval(left):
            await asyncio.sleep(0.05)
    await owner.close()


@pytest.mark.skipif(shutil.which("pgbouncer") is None, reason="no PgBouncer is installed")
@pytest.mark.parametrize("mode", ["session", "transaction"])
@pytest.mark.parametrize("ignores", [True, False], ids=["ignores settings", "refuses settings"])
async def test_the_same_state_is_lost_behind_pgbouncer(
    database: TestDatabase, mode: str, ignores: bool
) -> None:
    async with pgbouncer(database, mode, ignores=ignores) as dsn:
        settings, *others = await sessions.lost("auth", dsn)
    assert settings.startswith("session settings (")
    assert ("unsupported startup parameter" in settings) != ignores
    assert others == ([] if mode == "session" else [STATEMENTS, LISTEN, LOCKS])


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(dsn, statement_cache_size=0)
    try:
        yield connection
    finally:
        connection.terminate()


@asynccontextmanager
async def pgbouncer(database: TestDatabase, mode: str, *, ignores: bool) -> AsyncIterator[str]:
    """The DSN of auth through PgBouncer, which refuses to run as root."""
    before, _, directory = database.dsn("auth").partition("?host=")
    asked = "search_path,statement_timeout,lock_timeout,idle_in_transaction_session_timeout"
    asked += ",tcp_keepalives_idle,tcp_keepalives_interval,tcp_keepalives_count,zaiseki.trial_clock"
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        (Path(place) / "users").write_text(f'"{role("auth")}" "{ROLE_PASSWORD}"\n')
        configuration = Path(place) / "pgbouncer.ini"
        configuration.write_text(
            f"[databases]\n* = host={directory}\n[pgbouncer]\nlisten_addr =\nlisten_port = 5432\n"
            f"unix_socket_dir = {place}\nauth_type = scram-sha-256\nauth_file = {place}/users\n"
            f"pool_mode = {mode}\n" + (f"ignore_startup_parameters = {asked}\n" if ignores else "")
        )
        alone = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
        process = subprocess.Popen(  # noqa: ASYNC220 - the test has nothing else to do
            [*(alone if os.geteuid() == 0 else []), "pgbouncer", str(configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(10):
                while not (Path(place) / ".s.PGSQL.5432").exists():
                    await asyncio.sleep(0.05)
            yield f"{before}?host={quote(place)}"
        finally:
            process.terminate()
            process.wait(10)
