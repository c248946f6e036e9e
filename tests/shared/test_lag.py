"""The lag of an event loop: blocking it shows in the metrics."""

import asyncio
import time

import pytest
from prometheus_client import REGISTRY

from shared import lag


def measured(what: str) -> float:
    name = f"zaiseki_loop_lag_seconds_{what}"
    return REGISTRY.get_sample_value(name, {"service": "busy"}) or 0


async def test_blocking_the_loop_raises_its_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lag, "PAUSE_SECONDS", 0.01)
    measuring = asyncio.create_task(lag.measure("busy"))
    await asyncio.sleep(0)
    time.sleep(0.2)  # noqa: ASYNC251 - the violation under test
    while not measured("count"):
        await asyncio.sleep(0.01)
    measuring.cancel()
    assert measured("sum") > 0.15
