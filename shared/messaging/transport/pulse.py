"""Whether Celery still takes tasks: its consumer sends a heartbeat every second unless it hangs.

While the broker is down there are no heartbeats, which is no reason for a restart; a consumer that
is silent although the broker answers hangs (celery/celery#8030 and similar issues).
"""

import asyncio
import time
from typing import Any

from celery import bootsteps
from celery.worker.consumer.connection import Connection

from shared.health import Check, Facts
from shared.metrics import CONSUMER_SILENT

BEAT_SECONDS = 1.0
SILENT_SECONDS = 20.0
ANSWER_SECONDS = 1.0
"""Time limit for the broker: shorter than a check's own, or a hanging broker would look like a
hanging process."""


class ConsumerSilent(Exception):
    """The broker answers, but the consumer takes no tasks."""


class Pulse:
    """The heartbeats of one worker."""

    def __init__(self, service: str, broker: Check) -> None:
        self._broker = broker
        self._heard_at = time.monotonic()
        CONSUMER_SILENT.labels(service).set_function(lambda: self.silent_seconds)

    def beat(self) -> None:
        """Record a heartbeat of the consumer."""
        self._heard_at = time.monotonic()

    @property
    def silent_seconds(self) -> float:
        """Seconds since the last heartbeat."""
        return time.monotonic() - self._heard_at

    @property
    def check(self) -> Check:
        """The check for liveness."""
        return Check("consumer", self._ask)

    async def _ask(self) -> Facts:
        silent = self.silent_seconds
        if silent > SILENT_SECONDS and await self._broker_answers():
            raise ConsumerSilent
        return {"silent_seconds": round(silent, 3)}

    async def _broker_answers(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._broker.probe()
        except Exception:
            return False
        return True

    def step(self) -> type[bootsteps.StartStopStep]:
        """A step of Celery's consumer, which starts again after each reconnect."""
        pulse = self

        class Beat(bootsteps.StartStopStep):  # type: ignore[misc]
            requires = (Connection,)

            def start(self, consumer: Any) -> None:
                pulse.beat()
                self._timer = consumer.timer.call_repeatedly(BEAT_SECONDS, pulse.beat)

            def stop(self, _consumer: Any) -> None:
                self._timer.cancel()

        return Beat
