"""R23: every part that hangs, or does not end when it is stopped, is replaced."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from embedded import family
from tests.embedded.test_run import alive
from tests.product import Product, running

BACK_WITHIN = 60.0
"""Seconds. Not a measurement: what the product promises, and a start."""


async def answers_again(product: Product) -> None:
    """A mail is sent, which takes the gateway, both databases, all workers and the mailbox."""
    before = len(await product.mails())
    async with asyncio.timeout(BACK_WITHIN):
        body = {"email": "nobody@example.jp"}
        while (await product.browser().get("/api/membership/me")).status != 401:
            await asyncio.sleep(0.2)
        while (await product.browser().post("/api/auth/password-reset", body)).status != 202:
            await asyncio.sleep(0.2)
        waiting = "select count(*) from auth.outbox where confirmed_at is null"
        while product.query(waiting) != "0":
            await asyncio.sleep(0.2)
    assert len(await product.mails()) >= before


def freeze(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)


def freeze_backends(pid: int) -> None:
    for child in family.children(pid):
        freeze(child)


def freeze_all(pid: int) -> None:
    for one in family.of(pid):
        freeze(one)


def stop_smartly(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)


@pytest.mark.parametrize("hurt", [stop_smartly, freeze, freeze_backends, freeze_all])
async def test_r23_a_postgres_that_hangs_or_waits_for_its_sessions_is_replaced(
    tmp_path: Path, hurt: Callable[[int], None]
) -> None:
    async with running(tmp_path / "state") as product:
        pid = product.pid("postgres")
        former = family.of(pid)
        hurt(pid)
        await product.replaced("postgres", pid, BACK_WITHIN)
        assert not any(map(alive, former)), "no process of the old server is left"
        await answers_again(product)
        assert product.query("select count(*) from membership.customers") == "10"


@pytest.mark.parametrize("name", ["valkey", "caddy", "mailbox"])
async def test_r23_a_frozen_part_is_replaced(tmp_path: Path, name: str) -> None:
    async with running(tmp_path / "state") as product:
        pid = product.pid(name)
        freeze(pid)
        await product.replaced(name, pid, BACK_WITHIN)
        await answers_again(product)


async def test_r23_a_frozen_spawner_is_replaced_with_all_its_processes(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        worker = product.pid("auth-worker")
        spawner = int(Path(f"/proc/{worker}/status").read_text().split("PPid:")[1].split()[0])
        freeze(spawner)
        os.kill(worker, signal.SIGKILL)
        await product.replaced("auth-worker", worker, BACK_WITHIN)
        await answers_again(product)


async def test_a_run_with_frozen_parts_stops_cleanly(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        pids = [product.pid(name) for name in ("postgres", "valkey", "caddy", "auth-worker")]
        for pid in pids:
            freeze_all(pid)
    assert "does not stop" not in product.output.read_text()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
