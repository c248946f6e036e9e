"""Measures how late a process's event loop runs scheduled work, which delays all its requests."""

import asyncio
import time

from shared.metrics import LOOP_LAG

PAUSE_SECONDS = 0.5


async def measure(service: str) -> None:
    """Measure without end."""
    lag = LOOP_LAG.labels(service)
    while True:
        due_at = time.monotonic() + PAUSE_SECONDS
        await asyncio.sleep(PAUSE_SECONDS)
        lag.observe(max(0.0, time.monotonic() - due_at))
