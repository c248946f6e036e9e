"""Whether Celery still takes tasks: its consumer beats once a second, wherever it is not stuck.

While the broker is away it does not beat, and should not be replaced for that; a consumer that is
silent although the broker answers has lost its way (celery/celery#8030 and others like it).
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
"""For the broker: less than a check is given, or one that hangs would look like a fault of ours."""


class ConsumerSilent(Exception):
    """The broker answers, and the consumer takes nothing."""


class Pulse:
    """The beats of one worker."""

    def __init__(self, service: str, broker: Check) -> None:
        self._broker = broker
        self._heard_at = time.monotonic()
        CONSUMER_SILENT.labels(service).set_function(lambda: self.silent_seconds)

    def beat(self) -> None:
        """The consumer came round."""
        self._heard_at = time.monotonic()

    @property
    def silent_seconds(self) -> float:
        """How long ago that was."""
        return time.monotonic() - self._heard_at

    @property
    def check(self) -> Check:
        """What liveness asks."""
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
        """What Celery's consumer runs beside its work, anew after each reconnect."""
        pulse = self

        class Beat(bootsteps.StartStopStep):  # type: ignore[misc]
            requires = (Connection,)

            def start(self, consumer: Any) -> None:
                pulse.beat()
                self._timer = consumer.timer.call_repeatedly(BEAT_SECONDS, pulse.beat)

            def stop(self, _consumer: Any) -> None:
                self._timer.cancel()

        return Beat
