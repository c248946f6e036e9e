"""The heartbeat of Celery's consumer in liveness and metrics."""

import asyncio

import pytest
from prometheus_client import REGISTRY

from shared.health import Check, Facts, Health
from shared.messaging.transport import pulse
from shared.messaging.transport.pulse import Pulse


async def answers() -> Facts:
    return {}


async def is_away() -> Facts:
    raise ConnectionRefusedError


async def hangs() -> Facts:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


def silent() -> float:
    found = REGISTRY.get_sample_value("zaiseki_consumer_silent_seconds", {"service": "watched"})
    assert found is not None
    return found


async def test_the_metric_grows_without_a_beat_and_falls_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It grows without requests for liveness, because a silent consumer sets no metric."""
    heard = Pulse("watched", Check("broker", answers))
    now = pulse.time.monotonic()
    monkeypatch.setattr(pulse.time, "monotonic", lambda: now + 100)
    assert silent() >= 100
    heard.beat()
    assert silent() == 0


async def test_a_silent_consumer_fails_liveness_only_while_the_broker_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pulse, "SILENT_SECONDS", -1)
    for broker, status in ((answers, "fail"), (is_away, "pass"), (hangs, "pass")):
        check = Pulse("watched", Check("broker", broker)).check
        report = await Health("watched", ready=(), live=(check,)).live()
        assert (broker, report.status) == (broker, status)
