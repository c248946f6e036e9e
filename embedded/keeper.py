"""Keeps one part running: starts it, checks its health, restarts it when it ends.

An error here does not end the supervision: the part is stopped and started again.
"""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from embedded import family, watch
from embedded.children import Child, describe
from embedded.refusal import Refused

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
STEADY = 10.0
"""Seconds after which a part counts as stable, and the restart delay is reset."""
TRIES = 3
"""How often a part may end before it has been ready for the first time."""
READY_LIMIT = 60.0
"""Seconds after which the health checks begin although a part is not ready yet."""
ASKED, BRIEF = describe(0), 0.5
"""`ASKED`: how a part ends that was asked to. If it has run for `BRIEF` seconds, the restart delay
is reset, as after `STEADY`."""
DEATH_LIMIT = 6.0
"""Seconds for a part to end after `kill_signal`, and for the kernel to end it after SIGKILL."""


async def _never(_: Child) -> None:
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class Part:
    """How to start, check and stop a part.

    `launch` starts it, `until_ready` returns when it is ready, `is_well` is its health check,
    `until_stopping` returns when it reports that it is stopping; they belong to one attempt. A part
    that was asked to stop and does not end within `stop_limit` (seconds) gets `kill_signal`. One
    that fails its health checks gets `farewell` first: a signal, and the seconds until it must have
    ended. Other programs can check its health at `socket`.
    """

    name: str
    launch: Callable[[], Awaitable[Child]]
    until_ready: Callable[[Child], Awaitable[None]]
    is_well: Callable[[Child], Awaitable[bool]]
    log: Path
    until_stopping: Callable[[Child], Awaitable[None]] = _never
    stop_signal: signal.Signals = signal.SIGTERM
    stop_limit: float = 10.0
    farewell: tuple[signal.Signals, float] = (signal.SIGABRT, 2.0)
    kill_signal: signal.Signals = signal.SIGKILL
    socket: str | None = None


class Keeper:
    """The supervision of one part across restarts."""

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
        self._ceased = False

    def start(self) -> None:
        """Begin; `first_ready` is done when the part is ready, or has the exception Refused."""
        self._task = asyncio.create_task(self._keep())
        # A loop around `_keep` would not survive a cancellation of the task by other code.
        self._task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if self._ceased or (not task.cancelled() and task.exception() is None):
            return
        self._say(f"the supervision of {self.part.name} was interrupted; it is restarted")
        self.start()

    async def _keep(self) -> None:
        pause, tries = FIRST_PAUSE, 0
        while True:
            began = asyncio.get_running_loop().time()
            why = await self._live_once()
            lived = asyncio.get_running_loop().time() - began
            if lived >= STEADY or (why == ASKED and lived >= BRIEF):
                pause = FIRST_PAUSE
            tries += 1
            if not self.first_ready.done() and tries >= TRIES:
                self._give_up(why)
                return
            self._say(f"{self.part.name} ended ({why}); it restarts in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _give_up(self, why: str) -> None:
        said = last_words(self.part.log)
        self.first_ready.set_exception(Refused(f"{self.part.name} does not start ({why}): {said}"))
        self.first_ready.exception()  # retrieved, also if another part has failed before

    async def _live_once(self) -> str:
        """Run the part once, from launch to end, and return how it ended. Raises nothing."""
        try:
            await self._end_what_is_left()
            return await self._live()
        except Exception as error:
            return str(error) or type(error).__name__

    async def _end_what_is_left(self) -> None:
        """Make sure that the previous process has ended, even after an interrupted supervision."""
        if self._child is not None:
            await self._kill(self._child)
            self._child = None

    async def _live(self) -> str:
        self._child = child = await self.part.launch()
        why = await self._attend(child)
        if why is not None:
            self._say(f"{self.part.name} {why}; it is restarted")
            number, seconds = self.part.farewell
            await self._ask(child, number, seconds)
            await self._kill(child)
        return describe(await child.wait())

    async def _attend(self, child: Child) -> str | None:
        """Wait until it ends, or return the reason for a restart."""
        part = self.part
        unwell = "fails its health checks"
        first = await _first(
            {"end": child.wait(), "ready": part.until_ready(child)}, seconds=READY_LIMIT
        )
        if first is None:  # recovery may take long
            self._say(f"{part.name} is not ready yet; it may continue as long as it answers")
            first = await _first(
                {
                    "end": child.wait(),
                    "ready": part.until_ready(child),
                    unwell: watch.until_unwell(lambda: part.is_well(child)),
                }
            )
        if first == "ready":
            self._is_ready(child)
            first = await _first(
                {
                    "end": child.wait(),
                    unwell: watch.until_unwell(lambda: part.is_well(child)),
                    "stops and does not end": self._until_overdue(child),
                }
            )
        return None if first == "end" else first

    async def _until_overdue(self, child: Child) -> None:
        await self.part.until_stopping(child)
        await asyncio.sleep(self.part.stop_limit)

    def _is_ready(self, child: Child) -> None:
        again = self.pid is not None
        self.pid = child.pid
        if not self.first_ready.done():
            self.first_ready.set_result(None)
        if again:
            self._say(f"{self.part.name} is running again")
        self._changed()

    async def _ask(self, child: Child, number: signal.Signals, seconds: float) -> bool:
        """Send a signal that a frozen part handles too, and return whether it ended in time."""
        child.signal(number)
        family.wake(child.pid)
        return await _first({"end": child.wait()}, seconds=seconds) is not None

    async def _kill(self, child: Child) -> None:
        """Kill it, and wait for its end, because the next process needs its sockets and files."""
        if self.part.kill_signal is not signal.SIGKILL:
            await self._ask(child, self.part.kill_signal, DEATH_LIMIT)
        child.signal(signal.SIGKILL)
        if await _first({"end": child.wait()}, seconds=DEATH_LIMIT) is None:
            self._say(f"{self.part.name} does not end, although it was killed")
            await child.wait()

    def cease(self) -> None:
        """Do not start it again. A frozen part is continued, so that it receives signals."""
        self._ceased = True
        if self._child:
            family.wake(self._child.pid)
        if self._task:
            self._task.cancel()

    async def stop(self, hurry: asyncio.Event) -> None:
        """Stop it: with a signal first, killed after its limit, or at once if there is a hurry."""
        self.cease()
        if self._task:
            await asyncio.wait({self._task})
        if self._child is None:
            return
        child = self._child
        child.signal(self.part.stop_signal)
        family.wake(child.pid)
        first = await _first(
            {"end": child.wait(), "hurry": hurry.wait()}, seconds=self.part.stop_limit
        )
        if first == "end":
            return
        self._say(f"{self.part.name} does not stop; it is killed")
        # A hanging spawner does not report the ends of its children; they end with it.
        await _first({"end": self._kill(child)}, seconds=3 * DEATH_LIMIT)


async def _first(
    works: Mapping[str, Awaitable[object]], *, seconds: float | None = None
) -> str | None:
    """The name of the task that ends first, or None after a timeout; the others are cancelled.

    Raises:
        Exception: The work that ended first raised it.
    """
    tasks = {name: asyncio.ensure_future(work) for name, work in works.items()}
    try:
        await asyncio.wait(tasks.values(), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for name, task in tasks.items():
            if task.done():
                task.result()
                return name
        return None
    finally:
        for task in tasks.values():
            task.cancel()


def last_words(log: Path) -> str:
    """The last line of a log, and the path of the log."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    return f"{_told(last)[:400]} (full log: {log})"


def _told(line: str) -> str:
    """The message of a log line, which is JSON if the part had configured its logging."""
    try:
        said = json.loads(line)
    except ValueError:
        return line
    return str(said.get("error") or said.get("event")) if isinstance(said, dict) else line
