"""The supervisor's side of the spawner: requests forks, and receives their ends."""

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from embedded.children import Child, Children
from embedded.process import Program

_LINE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Order:
    """An order to fork: `target` is `module:function`; the environment replaces the spawner's."""

    name: str
    target: str
    environment: Mapping[str, str]
    log: Path


class SpawnerGone(OSError):
    """The spawner ended before it could answer."""


class ForkedChild:
    """A child of the spawner."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def wait(self) -> int:
        """Wait for its end; gives the wait status."""
        return await asyncio.shield(self.ended)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if not self.ended.done():
            with contextlib.suppress(
                ProcessLookupError
            ):  # ended; the spawner's report is on its way
                os.kill(self.pid, number)


class Spawner:
    """The current spawner of a run, which may be restarted; forks wait until one is ready."""

    def __init__(self, children: Children, program: Program) -> None:
        self._children = children
        self._program = program
        self._ready = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        self._answers: dict[str, asyncio.Future[ForkedChild]] = {}
        self._forked: dict[int, ForkedChild] = {}
        self._reading: asyncio.Task[None] | None = None
        self._asked = self._well = 0

    async def launch(self) -> Child:
        """Start one; the processes of an earlier one have ended with it."""
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            command = (*self._program.command, str(number))
            child = self._children.start(
                Program(
                    command, self._program.environment, self._program.log, descriptors=(number,)
                )
            )
        reader, self._writer = await asyncio.open_connection(sock=ours, limit=_LINE_LIMIT)
        self._reading = asyncio.create_task(self._read(reader))
        return child

    async def until_ready(self, _: Child) -> None:
        """Wait until it has imported the product."""
        await self._ready.wait()

    async def is_well(self) -> bool:
        """Check whether it still answers; returns True once it has answered this question."""
        assert self._writer is not None
        self._asked = question = self._asked + 1
        self._writer.write(json.dumps({"ask": question}).encode() + b"\n")
        while self._well < question:  # noqa: ASYNC110 - the caller has a time limit
            await asyncio.sleep(0.05)
        return True

    async def fork(self, order: Order) -> ForkedChild:
        """Fork a process. Raises SpawnerGone; the kernel then ends any process that was forked."""
        await self._ready.wait()
        assert self._writer is not None
        answer: asyncio.Future[ForkedChild] = asyncio.get_running_loop().create_future()
        self._answers[order.name] = answer
        message = {
            "name": order.name,
            "target": order.target,
            "environment": dict(order.environment),
            "log": str(order.log),
        }
        self._writer.write(json.dumps(message).encode() + b"\n")
        return await answer

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                self._hear(json.loads(line))
        except OSError:
            pass  # it ended in the middle of a message
        finally:
            self._lose_all()

    def _hear(self, said: dict[str, object]) -> None:
        match said:
            case {"ready": True}:
                self._ready.set()
            case {"name": str(name), "pid": int(pid)}:
                child = self._forked[pid] = ForkedChild(pid)
                answer = self._answers.pop(name, None)
                if answer and not answer.done():
                    answer.set_result(child)
                else:  # the caller has given up
                    child.signal(signal.SIGKILL)
            case {"well": int(question)}:
                self._well = question
            case {"ended": int(pid), "status": int(status)}:
                self._forked.pop(pid).ended.set_result(status)

    def _lose_all(self) -> None:
        self._ready.clear()
        for child in self._forked.values():
            child.ended.set_result(int(signal.SIGKILL))
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(SpawnerGone("its parent ended"))
        self._forked.clear()
        self._answers.clear()
