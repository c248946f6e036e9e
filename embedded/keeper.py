"""Keeps one part running: starts it, knows when it is ready, starts it again when it ends."""

import asyncio
import contextlib
import json
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded import watch
from embedded.children import Child, describe
from embedded.refusal import Refused

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
STEADY = 10.0
"""Seconds after which a part counts as running well, and the pause begins at the first again."""
TRIES = 3
"""How often a part may end before it was ready for the first time."""
READY_LIMIT = 60.0
ASKED, BRIEF = describe(0), 0.5
"""How a part ends that somebody asked to, after some seconds: it starts again without a pause."""
LAST_WORDS = 2.0
"""Seconds for a process that is given up to write down where each of its threads stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """What has to be known about a part to keep it.

    `launch` starts it, `until_ready` returns when it does its work; both belong to one attempt.
    `stop_limit` is in seconds; after it a part that does not end is killed. `health` is the socket
    at which it is asked whether it works; one that does not answer is replaced.
    """

    name: str
    launch: Callable[[], Awaitable[Child]]
    until_ready: Callable[[Child], Awaitable[None]]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    stop_limit: float = 10.0
    health: str | None = None


class Keeper:
    """One part over all its lives."""

    def __init__(
        self, part: Part, *, say: Callable[[str], None], changed: Callable[[], None]
    ) -> None:
        self.part = part
        self.pid: int | None = None
        self.first_ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._say = say
        self._changed = changed
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; `first_ready` says how it went, by Refused if it did not."""
        self._task = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        try:
            await self._live_again_and_again()
        except Exception as error:
            if self.first_ready.done():
                raise
            self.first_ready.set_exception(error)

    async def _live_again_and_again(self) -> None:
        pause, tries = FIRST_PAUSE, 0
        while True:
            began = asyncio.get_running_loop().time()
            why = await self._live()
            lived = asyncio.get_running_loop().time() - began
            if lived >= STEADY or (why == ASKED and lived >= BRIEF):
                pause = FIRST_PAUSE
            tries += 1
            if not self.first_ready.done() and tries >= TRIES:
                raise Refused(
                    f"{self.part.name} does not start ({why}): {last_words(self.part.log)}"
                )
            self._say(f"{self.part.name} ended ({why}); it starts again in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _live(self) -> str:
        """One life, from launch to end; gives how it ended."""
        try:
            self._child = await self.part.launch()
        except (OSError, Refused) as error:
            return str(error)
        ending = asyncio.ensure_future(self._child.wait())
        getting_ready = asyncio.ensure_future(self.part.until_ready(self._child))
        try:
            await asyncio.wait(
                {ending, getting_ready}, timeout=READY_LIMIT, return_when=asyncio.FIRST_COMPLETED
            )
            if getting_ready.done():
                self._is_ready(self._child)
                await self._watch(self._child, ending)
            elif not ending.done():
                self._child.signal(signal.SIGKILL)
                await ending
                return f"not ready after {READY_LIMIT:.0f} s"
            return describe(await ending)
        finally:
            getting_ready.cancel()
            ending.cancel()

    async def _watch(self, child: Child, ending: "asyncio.Future[int]") -> None:
        """Until it ends, or does not answer any more; then it is made to say where it stands."""
        if self.part.health is None:
            return
        watching = asyncio.ensure_future(watch.until_unwell(self.part.health))
        anything: set[asyncio.Future[Any]] = {ending, watching}
        try:
            await asyncio.wait(anything, return_when=asyncio.FIRST_COMPLETED)
        finally:
            watching.cancel()
        if not ending.done():
            self._say(f"{self.part.name} does not answer for its health; it is replaced")
            child.signal(signal.SIGABRT)
            await asyncio.wait({ending}, timeout=LAST_WORDS)
            child.signal(signal.SIGKILL)

    def _is_ready(self, child: Child) -> None:
        again = self.pid is not None
        self.pid = child.pid
        if not self.first_ready.done():
            self.first_ready.set_result(None)
        if again:
            self._say(f"{self.part.name} is up again")
        self._changed()

    def cease(self) -> None:
        """Do not start it again, whatever happens to it."""
        if self._task:
            self._task.cancel()

    async def stop(self, hurry: asyncio.Event) -> None:
        """End it: asked first, killed after its limit, or at once when there is hurry."""
        self.cease()
        if self._task:
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._child is None:
            return
        ending = asyncio.ensure_future(self._child.wait())
        hurrying = asyncio.ensure_future(hurry.wait())
        self._child.signal(self.part.stop_signal)
        await asyncio.wait(
            {ending, hurrying},
            timeout=self.part.stop_limit,
            return_when=asyncio.FIRST_COMPLETED,
        )
        hurrying.cancel()
        if not ending.done():
            self._say(f"{self.part.name} does not stop; it is killed")
            self._child.signal(signal.SIGKILL)
        await ending


def last_words(log: Path) -> str:
    """The last line of a log, and where the rest stands."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    return f"{_told(last)[:400]} (all of it in {log})"


def _told(line: str) -> str:
    """What a line says: a part that is up already logs JSON."""
    try:
        said = json.loads(line)
    except ValueError:
        return line
    return str(said.get("error") or said.get("event")) if isinstance(said, dict) else line
