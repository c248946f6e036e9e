"""R23: readiness for monitoring from outside: yes or no, on either site, without details."""

import asyncio
import contextlib
import json
import os
import re
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession, UnixConnector

from tests.product import Product, running

SITES = ("origin", "operator_origin")
YES = (200, '{"status":"ok"}')


@pytest_asyncio.fixture(scope="module")
async def troubled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """A separate product, whose parts are disturbed."""
    state: Path = tmp_path_factory.mktemp("troubled") / "state"
    async with running(state, RATE_LIMITS="off") as product:
        yield product


async def answers(product: Product, path: str = "/ready") -> list[tuple[int, str]]:
    """The answers of both sites."""
    replies = [await product.browser(site=site).get(path) for site in SITES]
    return [(reply.status, reply.text) for reply in replies]


async def until(product: Product, status: int) -> list[tuple[int, str]]:
    async with asyncio.timeout(30):
        while True:
            found = await answers(product)
            if {one for one, _ in found} == {status}:
                return found
            await asyncio.sleep(0.2)


@asynccontextmanager
async def frozen(product: Product, name: str) -> AsyncIterator[None]:
    """Freeze a part; kill it afterwards, so that it is replaced."""
    pid = product.pid(name)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)


async def test_r23_either_site_reports_only_that_the_product_works(
    troubled: Product,
) -> None:
    await until(troubled, 200)
    assert await answers(troubled) == [YES, YES]
    assert await answers(troubled, "/ready/?x=1") == [YES, YES]
    for site in SITES:
        reply = await troubled.browser(site=site).post("/ready", {})
        assert (reply.status, reply.code) == (405, "method_not_allowed")


@pytest.mark.parametrize("service", ["auth", "membership", "notifier"])
async def test_r23_both_sites_report_the_outage_of_a_services_database(
    troubled: Product, service: str
) -> None:
    """A route that needs a sign-in answers 401 either way, so it reveals no outage."""
    await until(troubled, 200)
    [role] = troubled.query(
        f"select rolname from pg_roles where rolname like '%{service}%'"
    ).split()
    troubled.query(f'alter role "{role}" nologin')
    try:
        troubled.query(
            f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'"
        )
        found = await until(troubled, 503)
    finally:
        troubled.query(f'alter role "{role}" login')
    for _, text in found:
        body = json.loads(text)
        assert (body.pop("request_id") and body) == {
            "type": "about:blank",
            "title": "ただいまご利用いただけません",
            "status": 503,
            "detail": "しばらくしてからもう一度お試しください。",
            "code": "not_ready",
            "errors": [],
        }
    await until(troubled, 200)


async def test_a_stopped_process_and_one_that_is_not_ready_get_the_same_answer(
    troubled: Product,
) -> None:
    await until(troubled, 200)
    async with frozen(troubled, "notifier-api"):
        found = await until(troubled, 503)
    assert {json.loads(text)["code"] for _, text in found} == {"not_ready"}
    statuses = set()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(5):
            while 503 not in statuses:
                statuses |= {status for status, _ in await answers(troubled)}
    assert statuses <= {200, 503}
    await until(troubled, 200)


async def test_a_flood_of_requests_runs_the_checks_once_a_second(troubled: Product) -> None:
    """Each check inserts a row and rolls back, which leaves a dead row."""
    await until(troubled, 200)
    written = "select pg_stat_get_tuples_inserted('membership.outbox'::regclass)"
    before, began = int(troubled.query(written)), time.monotonic()
    browser = troubled.browser()
    for _ in range(10):
        replies = await asyncio.gather(*(browser.get("/ready") for _ in range(30)))
        assert {reply.status for reply in replies} == {200}
    await asyncio.sleep(1.5)  # a session reports its statistics within a second
    seconds = time.monotonic() - began
    after = int(troubled.query(written))
    assert after - before <= 2 * seconds + 4, "api and worker, each at most once a second"


async def test_the_gateways_metrics_are_internal_and_count_its_own_refusals(
    troubled: Product,
) -> None:
    await troubled.kill("caddy")
    await until(troubled, 200)
    async with frozen(troubled, "auth-api"):
        await until(troubled, 503)
    for site in SITES:
        reply = await troubled.browser(site=site).get("/metrics")
        assert "caddy_http" not in reply.text
    text = await gateway_metrics(troubled)
    own = [
        line
        for line in text.splitlines()
        if line.startswith("caddy_http_request_duration_seconds_count")
        and 'handler="subroute"' in line
        and re.search('code="50[24]"', line)
    ]
    assert own, "requests for a process that was away"
    assert "process_start_time_seconds" in text


async def gateway_metrics(product: Product) -> str:
    place = next(part["health"] for part in product.run["processes"] if part["name"] == "auth-api")
    socket = str(Path(place).parent / "caddy.sock")
    async with (
        ClientSession("http://gateway", connector=UnixConnector(socket)) as session,
        session.get("/metrics") as response,
    ):
        return await response.text()
