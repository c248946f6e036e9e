"""The parts of a run, each with how it is started, known to be ready and stopped."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from embedded import binaries, environment, keys, postgres, valkey
from embedded.children import Child, Children
from embedded.environment import Surroundings
from embedded.keeper import Part
from embedded.process import Program
from embedded.readiness import ReadySocket
from embedded.settings import SERVICES
from embedded.spawner_link import Order, Spawner

CADDYFILE = Path(__file__).resolve().parent.parent / "gateway" / "Caddyfile"

_POLL = 0.01
_API_STOP, _WORKER_STOP = 20.0, 60.0
"""Seconds: longer than the longest request, and than the longest task and 5 s more."""
_SPAWNER_KNOWS = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV")


def postgres_part(around: Surroundings, children: Children, runs_as: postgres.RunsAs) -> Part:
    """PostgreSQL; its cluster is there already."""
    data, sockets = around.state.postgres, around.state.sockets
    program = postgres.program(data, sockets, around.state.log("postgres"), runs_as=runs_as)

    async def launch() -> Child:
        postgres.end_leftover(data)
        return children.start(program)

    async def until_ready(child: Child) -> None:
        await _poll(lambda: postgres.is_ready(data, child.pid))

    return Part(
        "postgres",
        launch,
        until_ready,
        program.log,
        stop_signal=postgres.STOP_SIGNAL,
        stop_limit=30,
    )


def valkey_part(around: Surroundings, children: Children) -> Part:
    """Valkey."""
    password = keys.read_password(around.state.secrets, keys.VALKEY_PASSWORD)
    sockets = around.state.sockets
    configuration = valkey.write_configuration(around.state.valkey, sockets, password=password)
    program = valkey.program(configuration, around.state.log("valkey"))

    async def launch() -> Child:
        return children.start(program)

    async def until_ready(_: Child) -> None:
        await _poll(lambda: valkey.is_ready(sockets, password))

    return Part("valkey", launch, until_ready, program.log)


def caddy_part(around: Surroundings, children: Children) -> Part:
    """The gateway."""
    command = (binaries.caddy(), "run", "--config", CADDYFILE, "--adapter", "caddyfile")
    program = Program(command, environment.caddy(around), around.state.log("caddy"))

    async def start(notify: dict[str, str]) -> Child:
        return children.start(replace(program, environment={**program.environment, **notify}))

    return _notifying("caddy", start, around)


def spawner_part(around: Surroundings, children: Children) -> tuple[Part, Spawner]:
    """The spawner, as a part to keep and as what forks the others."""
    known = {name: around.environ[name] for name in _SPAWNER_KNOWS if name in around.environ}
    program = Program(
        (sys.executable, "-P", "-m", "embedded.spawner"), known, around.state.log("spawner")
    )
    spawner = Spawner(children, program)
    part = Part("spawner", spawner.launch, spawner.until_ready, program.log, stop_limit=5)
    return part, spawner


def mailbox_part(around: Surroundings, spawner: Spawner) -> Part:
    """The mailbox."""
    return _forked(around, spawner, "mailbox", "embedded.mailbox.app:main")


def service_parts(around: Surroundings, spawner: Spawner) -> list[Part]:
    """Both processes of each service."""
    return [
        replace(
            _forked(around, spawner, f"{service}-{process}", f"services.{service}.{module}:main"),
            stop_limit=limit,
            health=environment.watch_path(around.state, service, process),
        )
        for service in SERVICES
        for process, module, limit in (
            ("api", "app", _API_STOP),
            ("worker", "worker", _WORKER_STOP),
        )
    ]


def logged(steps: Sequence[str]) -> list[str]:
    """All names under which something is logged."""
    processes = [f"{service}-{process}" for service in SERVICES for process in ("api", "worker")]
    return ["postgres", "valkey", "caddy", "spawner", "mailbox", *processes, *steps]


def step(around: Surroundings, name: str, target: str, known: dict[str, str]) -> Order:
    """Something that is forked once and waited for before the services start."""
    return Order(name, target, known, around.state.log(name))


def _forked(around: Surroundings, spawner: Spawner, name: str, target: str) -> Part:
    async def start(notify: dict[str, str]) -> Child:
        service = name.partition("-")[0]
        known = (
            environment.service(around, service)
            if service in SERVICES
            else environment.mailbox(around)
        )
        return await spawner.fork(Order(name, target, known | notify, around.state.log(name)))

    return _notifying(name, start, around)


def _notifying(
    name: str, start: Callable[[dict[str, str]], Awaitable[Child]], around: Surroundings
) -> Part:
    """A part that says itself that it is ready."""
    path = around.state.sockets / f"{name}.ready"
    listening: list[ReadySocket] = []

    async def launch() -> Child:
        while listening:
            listening.pop().close()
        listening.append(ReadySocket(path))
        return await start({"NOTIFY_SOCKET": str(path)})

    async def until_ready(_: Child) -> None:
        await listening[0].heard()

    return Part(name, launch, until_ready, around.state.log(name))


async def _poll(ready: Callable[[], bool]) -> None:
    while not ready():  # noqa: ASYNC110 - what another program does sets no event of ours
        await asyncio.sleep(_POLL)
