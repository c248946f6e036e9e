"""The health of a process: its dependencies by name, with the time that each took to answer.

Live: the process works; otherwise it has to be restarted. Ready: it can do its work now. An
optional dependency only causes a warning: without it the process can do less, but works correctly.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shared.logging import get_logger
from shared.metrics import DEPENDENCY_SECONDS, DEPENDENCY_UP

log = get_logger("health")

PROBE_SECONDS = 2.0

FRESH_SECONDS = 1.0
"""Seconds for which results are cached; requests meanwhile share one run of the checks. Visitors
can request them through the gateway, and each run writes to the database."""

Status = Literal["pass", "warn", "fail"]
"""The status values of draft-inadarei-api-health-check, section 3.1."""

Facts = Mapping[str, float]
"""Facts about a dependency, such as the number of waiting messages."""


class Unwell(Exception):
    """Raised by a probe that sets the status itself, and has facts to show."""

    def __init__(self, status: Literal["warn", "fail"], facts: Facts) -> None:
        super().__init__(status)
        self.status = status
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `probe` returns facts, and raises if the dependency is not healthy."""

    name: str
    probe: Callable[[], Awaitable[Facts]]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: `seconds` is its duration, `error` the type of the error, never its
    text, which may name hosts and users."""

    status: Status
    seconds: float
    error: str | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All results, and the worst status."""

    status: Status
    checks: Mapping[str, Finding]


class Health:
    """One per process; `stopping` is set when the process shuts down."""

    def __init__(self, service: str, *, ready: Sequence[Check], live: Sequence[Check] = ()) -> None:
        self.service = service
        self.stopping = False
        self._ready = ready
        self._live = live
        self._looking: asyncio.Task[dict[str, Finding]] | None = None
        self._looked_at = float("-inf")

    async def live(self) -> Report:
        """Whether the process works. No answer at all means that its event loop hangs."""
        return _report(await self._look(self._live))

    async def ready(self) -> Report:
        """Whether it can do its work, as of a second ago: all dependencies are checked at once."""
        findings = dict(await asyncio.shield(self._last_look()))
        if self.stopping:
            findings["process"] = Finding("fail", 0.0, "stopping")
        return _report(findings)

    def _last_look(self) -> "asyncio.Task[dict[str, Finding]]":
        last, now = self._looking, time.monotonic()
        if last is None or (last.done() and now - self._looked_at >= FRESH_SECONDS):
            self._looked_at = now
            self._looking = last = asyncio.create_task(self._look_and_measure())
        return last

    async def _look_and_measure(self) -> dict[str, Finding]:
        findings = await self._look(self._ready)
        for name, finding in findings.items():
            DEPENDENCY_UP.labels(self.service, name).set(finding.error is None)
            DEPENDENCY_SECONDS.labels(self.service, name).set(finding.seconds)
        return findings

    async def _look(self, checks: Sequence[Check]) -> dict[str, Finding]:
        findings = await asyncio.gather(*(_ask(check) for check in checks))
        return {check.name: finding for check, finding in zip(checks, findings, strict=True)}


async def _ask(check: Check) -> Finding:
    began = time.monotonic()
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            facts = await check.probe()
    except Unwell as error:
        log.warning("a dependency is not well", dependency=check.name, **error.facts)
        return Finding(error.status, _since(began), type(error).__name__, error.facts)
    except Exception as error:
        log.warning("a dependency does not answer", dependency=check.name, error=repr(error))
        status: Status = "fail" if check.required else "warn"
        return Finding(status, _since(began), type(error).__name__)
    return Finding("pass", _since(began), facts=facts)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 6)


def _report(findings: Mapping[str, Finding]) -> Report:
    found = {finding.status for finding in findings.values()}
    worst: Status = "fail" if "fail" in found else "warn" if "warn" in found else "pass"
    return Report(worst, findings)
