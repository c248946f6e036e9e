"""R23: the health and metrics of a process over HTTP, and how they are determined."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from prometheus_client import REGISTRY

from shared import health
from shared.health import Check, Facts, Health
from shared.probes import answering


async def well() -> Facts:
    return {"waiting": 3}


async def broken() -> Facts:
    raise ConnectionRefusedError("postgresql://zaiseki:password@db.internal refused")


async def frozen() -> Facts:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


@asynccontextmanager
async def watched(
    tmp_path: Path, *, ready: Sequence[Check] = (), live: Sequence[Check] = ()
) -> AsyncIterator[tuple[aiohttp.ClientSession, Health]]:
    """The health server of a process, on a Unix socket."""
    path = str(tmp_path / "watched.sock")
    asked = Health("watched", ready=ready, live=live)
    async with (
        answering(f"unix:{path}", asked),
        aiohttp.ClientSession("http://process", connector=aiohttp.UnixConnector(path)) as session,
    ):
        yield session, asked


async def ask(session: aiohttp.ClientSession, path: str) -> tuple[int, Any]:
    async with session.get(path) as response:
        return response.status, await response.json()


def up(dependency: str) -> float | None:
    labels = {"service": "watched", "dependency": dependency}
    return REGISTRY.get_sample_value("zaiseki_dependency_up", labels)


async def test_r23_health_lists_each_dependency_with_its_time_and_facts(tmp_path: Path) -> None:
    async with watched(tmp_path, ready=[Check("database", well)]) as (session, _):
        status, body = await ask(session, "/health/ready")
    assert (status, body["status"]) == (200, "pass")
    found = body["checks"]["database"]
    assert 0 <= found.pop("seconds") < health.PROBE_SECONDS
    assert found == {"status": "pass", "error": None, "facts": {"waiting": 3}}
    assert up("database") == 1


async def test_a_required_dependency_fails_and_an_optional_one_warns(tmp_path: Path) -> None:
    checks = [Check("database", broken), Check("cache", broken, required=False)]
    async with watched(tmp_path, ready=checks) as (session, _):
        status, body = await ask(session, "/health/ready")
        assert (await ask(session, "/health/live"))[0] == 200, "the process itself works"
    assert (status, body["status"]) == (503, "fail")
    assert {name: found["status"] for name, found in body["checks"].items()} == {
        "database": "fail",
        "cache": "warn",
    }
    assert up("database") == 0
    async with watched(tmp_path, ready=checks[1:]) as (session, _):
        status, body = await ask(session, "/health/ready")
    assert (status, body["status"]) == (200, "warn"), "requests can still be served"


async def test_asvs_16_5_1_an_error_is_named_without_its_text(
    tmp_path: Path,
) -> None:
    async with (
        watched(tmp_path, ready=[Check("database", broken)]) as (session, _),
        session.get("/health/ready") as response,
    ):
        text = await response.text()
    assert "ConnectionRefusedError" in text
    assert "password" not in text
    assert "db.internal" not in text


async def test_a_dependency_that_hangs_fails_after_its_limit_and_delays_no_other(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(health, "PROBE_SECONDS", 0.05)
    checks = [Check("frozen", frozen), Check("database", well)]
    async with watched(tmp_path, ready=checks) as (session, _):
        _, body = await ask(session, "/health/ready")
    assert body["checks"]["frozen"]["error"] == "TimeoutError"
    assert body["checks"]["database"]["status"] == "pass"


async def test_a_process_that_does_not_work_is_not_live(tmp_path: Path) -> None:
    async with watched(tmp_path, live=[Check("consumer", broken)]) as (session, _):
        assert (await ask(session, "/health/live"))[0] == 503
        assert (await ask(session, "/health/ready"))[0] == 200


async def test_a_process_that_is_stopping_is_live_but_not_ready(tmp_path: Path) -> None:
    async with watched(tmp_path, ready=[Check("database", well)]) as (session, asked):
        asked.stopping = True
        status, body = await ask(session, "/health/ready")
        assert (status, body["checks"]["process"]["error"]) == (503, "stopping")
        assert (await ask(session, "/health/live"))[0] == 200


async def test_the_checks_run_once_a_second_for_any_number_of_requests(
    tmp_path: Path, monkeypatch: Any
) -> None:
    """Strangers can send requests through the gateway, and each check leaves a dead row."""
    assert health.FRESH_SECONDS == 1
    monkeypatch.setattr(health, "FRESH_SECONDS", 600)
    looks = 0

    async def count() -> Facts:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0.05)
        return {}

    async with watched(tmp_path, ready=[Check("database", count)]) as (session, asked):
        paths = ["/health/ready", "/metrics"] * 20

        async def get(path: str) -> int:
            async with session.get(path) as response:
                return response.status

        for _ in range(2):
            assert set(await asyncio.gather(*map(get, paths))) == {200}
        assert looks == 1
        asked.stopping = True
        assert await get("/health/ready") == 503, "no check is needed for this"
        asked.stopping = False
        monkeypatch.setattr(health, "FRESH_SECONDS", 0)
        await asyncio.gather(*map(get, paths))
        assert looks >= 2


async def test_a_client_that_disconnects_cancels_no_check_for_the_others(tmp_path: Path) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> Facts:
        begun.set()
        await go_on.wait()
        return {}

    asked = Health("watched", ready=[Check("slow", slow)])
    first, second = asyncio.create_task(asked.ready()), asyncio.create_task(asked.ready())
    await begun.wait()
    first.cancel()
    go_on.set()
    assert (await second).status == "pass"


async def test_metrics_are_in_prometheus_format(tmp_path: Path) -> None:
    async with (
        watched(tmp_path, ready=[Check("database", well)]) as (session, _),
        session.get("/metrics") as response,
    ):
        assert response.headers["Content-Type"].startswith("text/plain; version=")
        text = await response.text()
    line = 'zaiseki_dependency_up{dependency="database",service="watched"} 1.0'
    assert line in text.splitlines(), "measured at the request"
    assert "_created" not in text
