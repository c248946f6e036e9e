"""The parts of a run: how each is started, checked and stopped."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from embedded import binaries, environment, keys, ports, postgres, questions, valkey
from embedded.children import Child, Children
from embedded.environment import Surroundings
from embedded.keeper import Part
from embedded.process import Program
from embedded.readiness import ReadySocket
from embedded.refusal import Refused
from embedded.settings import SERVICES
from embedded.spawner_link import Order, Spawner

CADDYFILE = Path(__file__).resolve().parent.parent / "gateway" / "Caddyfile"

_POLL = 0.01
"""Seconds between two checks of a state that sends no event."""
_ANSWER = 1.0
_MODULES = {"api": "app", "worker": "worker"}
_STOP = {"api": 20.0, "worker": 60.0}
"""Seconds: longer than the longest request; longer than the longest task plus 5 s."""
_POSTGRES_STOP = 30.0
"""Seconds for the checkpoint of a fast shutdown; an immediate one loses nothing, but recovers."""
_SPAWNER_KNOWS = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "VIRTUAL_ENV")


def postgres_part(around: Surroundings, children: Children, runs_as: postgres.RunsAs) -> Part:
    """PostgreSQL, with an existing cluster."""
    data, sockets = around.state.postgres, around.state.sockets
    program = postgres.program(data, sockets, around.state.log("postgres"), runs_as=runs_as)

    async def launch() -> Child:
        postgres.end_leftover(data)
        return children.start(program)

    async def until_ready(child: Child) -> None:
        while not postgres.is_ready(data, child.pid):  # noqa: ASYNC110 - see _POLL
            await asyncio.sleep(_POLL)

    return Part(
        "postgres",
        launch,
        until_ready,
        lambda child: postgres.is_well(data, sockets, child.pid),
        program.log,
        stop_signal=postgres.STOP_SIGNAL,
        stop_limit=_POSTGRES_STOP,
        farewell=(postgres.STOP_SIGNAL, _POSTGRES_STOP),
        kill_signal=postgres.DEATH,
    )


def valkey_part(around: Surroundings, children: Children) -> Part:
    """Valkey."""
    password = keys.read_password(around.state.secrets, keys.VALKEY_PASSWORD)
    sockets = around.state.sockets
    configuration = valkey.write_configuration(around.state.valkey, sockets, password=password)
    program = valkey.program(configuration, around.state.log("valkey"))
    place = sockets / valkey.SOCKET

    async def launch() -> Child:
        return children.start(program)

    async def until_ready(_: Child) -> None:
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(_ANSWER):
                    if await questions.valkey(place, password) == b"+PONG":
                        return
            await asyncio.sleep(_POLL)

    return Part(
        "valkey",
        launch,
        until_ready,
        lambda _: questions.valkey_is_alive(place, password),
        program.log,
        farewell=(signal.SIGTERM, 5.0),  # lets it write its data
    )


def caddy_part(around: Surroundings, children: Children) -> Part:
    """The gateway."""
    command = (binaries.caddy(), "run", "--config", CADDYFILE, "--adapter", "caddyfile")
    program = Program(command, environment.caddy(around), around.state.log("caddy"))

    async def start(notify: dict[str, str]) -> Child:
        _require_ports(around, "PORT", "OPERATOR_PORT")
        return children.start(replace(program, environment={**program.environment, **notify}))

    async def is_well(_: Child) -> bool:
        return await questions.speaks_http(around.settings.ports["PORT"])

    part = _notifying("caddy", start, is_well, around)
    return replace(part, farewell=(signal.SIGQUIT, 2.0))  # SIGABRT would fill its log with Go


def spawner_part(around: Surroundings, children: Children) -> tuple[Part, Spawner]:
    """The spawner: the part to supervise, and the object that forks the others."""
    known = {name: around.environ[name] for name in _SPAWNER_KNOWS if name in around.environ}
    program = Program(
        (sys.executable, "-P", "-m", "embedded.spawner"), known, around.state.log("spawner")
    )
    spawner = Spawner(children, program)
    part = Part(
        "spawner",
        spawner.launch,
        spawner.until_ready,
        lambda _: spawner.is_well(),
        program.log,
        stop_limit=5,
    )
    return part, spawner


def mailbox_part(around: Surroundings, spawner: Spawner) -> Part:
    """The mailbox."""
    port = around.settings.ports["MAILBOX_PORT"]
    return _forked(around, spawner, "mailbox", "embedded.mailbox.app:main", port)


def service_parts(around: Surroundings, spawner: Spawner) -> list[Part]:
    """Both processes of each service."""
    return [
        _service_part(around, spawner, service, process)
        for service in SERVICES
        for process in _STOP
    ]


def _service_part(around: Surroundings, spawner: Spawner, service: str, process: str) -> Part:
    socket = environment.watch_path(around.state, service, process)
    target = f"services.{service}.{_MODULES[process]}:main"
    part = _forked(around, spawner, f"{service}-{process}", target, Path(socket))
    return replace(part, stop_limit=_STOP[process], socket=socket)


def logged(steps: Sequence[str]) -> list[str]:
    """The names of all parts that have a log."""
    processes = [f"{service}-{process}" for service in SERVICES for process in ("api", "worker")]
    return ["postgres", "valkey", "caddy", "spawner", "mailbox", *processes, *steps]


def step(around: Surroundings, name: str, target: str, known: dict[str, str]) -> Order:
    """A task that is forked once and must end before the services start."""
    return Order(name, target, known, around.state.log(name))


def _forked(
    around: Surroundings, spawner: Spawner, name: str, target: str, place: questions.Place
) -> Part:
    async def start(notify: dict[str, str]) -> Child:
        service = name.partition("-")[0]
        if service in SERVICES:
            known = environment.service(around, service)
        else:
            _require_ports(around, "MAILBOX_PORT", "SMTP_PORT")
            known = environment.mailbox(around)
        return await spawner.fork(Order(name, target, known | notify, around.state.log(name)))

    async def is_well(_: Child) -> bool:
        return await questions.http(place, "/health/live")

    return _notifying(name, start, is_well, around)


def _require_ports(around: Surroundings, *names: str) -> None:
    """Check that no other program has taken the port of a part. Raises Refused."""
    wanted = [(name, around.settings.ports[name]) for name in names]
    if problems := ports.problems(wanted, patience=0):
        raise Refused(*problems)


def _notifying(
    name: str,
    start: Callable[[dict[str, str]], Awaitable[Child]],
    is_well: Callable[[Child], Awaitable[bool]],
    around: Surroundings,
) -> Part:
    """A part that reports itself when it is ready and when it is stopping."""
    path = around.state.sockets / f"{name}.ready"
    listening: list[ReadySocket] = []

    async def launch() -> Child:
        while listening:
            listening.pop().close()
        listening.append(ReadySocket(path))
        return await start({"NOTIFY_SOCKET": str(path)})

    async def until_ready(_: Child) -> None:
        await listening[0].heard(b"READY=1")

    async def until_stopping(_: Child) -> None:
        await listening[0].heard(b"STOPPING=1")

    log = around.state.log(name)
    return Part(name, launch, until_ready, is_well, log, until_stopping=until_stopping)
