"""One embedded run, from the first process to the last."""

import asyncio
import contextlib
from collections.abc import Sequence

from embedded import environment, parts, postgres
from embedded.children import Children, describe
from embedded.environment import Surroundings
from embedded.keeper import Keeper, Part, last_words
from embedded.refusal import Refused
from embedded.spawner_link import Spawner
from embedded.terminal import Terminal

STEPS = ("prepare", "import")
_STOP_ORDER = ("caddy", "mailbox", "spawner", "valkey", "postgres")
"""They stop after the services."""
PUBLISH_AGAIN = 5.0
"""Seconds."""


class Run:
    """Starts all parts, as far as possible in parallel, and stops them in order."""

    def __init__(self, around: Surroundings, terminal: Terminal) -> None:
        self._around = around
        self._terminal = terminal
        self._children = Children(asyncio.get_running_loop())
        self._keepers: dict[str, Keeper] = {}
        self._ready = False
        self.hurry = asyncio.Event()

    async def start(self) -> None:
        """Start everything; returns when all parts are ready. Raises Refused."""
        around = self._around
        spawner_part, spawner = parts.spawner_part(around, self._children)
        starting = [self._keep(spawner_part), self._keep(parts.caddy_part(around, self._children))]
        if around.settings.smtp_url is None:
            starting.append(self._keep(parts.mailbox_part(around, spawner)))
        if around.settings.redis_url is None:
            starting.append(self._keep(parts.valkey_part(around, self._children)))
        if around.settings.embeds_postgres:
            starting.append(await self._start_postgres())
        await self._all_ready(starting, "are up")
        await self._prepare(spawner)
        services = [self._keep(part) for part in parts.service_parts(around, spawner)]
        await self._all_ready(services, "are up")
        self._ready = True
        self._publish()

    async def _start_postgres(self) -> Keeper:
        runs_as, data = postgres.decide(), self._around.state.postgres
        if postgres.check(data):
            postgres.own(data, runs_as)
        else:
            await self._create_cluster(runs_as)
        return self._keep(parts.postgres_part(self._around, self._children, runs_as))

    async def _create_cluster(self, runs_as: postgres.RunsAs) -> None:
        state = self._around.state
        creation = postgres.creation(
            state.postgres,
            environment.owner_password_file(state),
            state.log("postgres"),
            runs_as=runs_as,
        )
        status = await self._children.start(creation).wait()
        if status != 0:
            raise Refused(f"PostgreSQL created no data directory: {last_words(creation.log)}")
        postgres.settle(state.postgres)
        self._terminal.step("PostgreSQL's data directory is created")

    async def _prepare(self, spawner: Spawner) -> None:
        around, state = self._around, self._around.state
        known = environment.preparation(around)
        why = await self._step(spawner, "prepare", "embedded.preparation:main", known)
        if why:
            raise Refused(why)
        self._terminal.step("the schemas are up to date")
        if state.imported.exists():
            return
        known = environment.service(around, "membership")
        why = await self._step(spawner, "import", "embedded.first_start:main", known)
        if why:
            self._terminal.warning(f"The sample customers were not imported: {why}")
            return
        state.imported.touch()
        self._terminal.step("the sample customers of examples/customers.csv are imported")

    async def _step(
        self, spawner: Spawner, name: str, target: str, known: dict[str, str]
    ) -> str | None:
        """Run a step to its end, and return the reason if it failed."""
        order = parts.step(self._around, name, target, known)
        child = await spawner.fork(order)
        status = await child.wait()
        return None if status == 0 else f"{describe(status)}: {last_words(order.log)}"

    def _keep(self, part: Part) -> Keeper:
        keeper = Keeper(part, say=self._terminal.event, changed=self._publish)
        self._keepers[part.name] = keeper
        keeper.start()
        return keeper

    async def _all_ready(self, keepers: Sequence[Keeper], verb: str) -> None:
        await asyncio.gather(*(keeper.first_ready for keeper in keepers))
        names = ", ".join(sorted(keeper.part.name for keeper in keepers))
        self._terminal.step(f"{names} {verb}")

    def _publish(self) -> None:
        """Write run.json; if that fails (a full disk), try again later."""
        if not self._ready:
            return
        try:
            self._around.state.publish_run(self._description())
        except OSError as error:
            path = self._around.state.run_file
            self._terminal.event(
                f"{path} could not be written: {error.strerror}; the run tries again"
            )
            asyncio.get_running_loop().call_later(PUBLISH_AGAIN, self._publish)

    def _description(self) -> dict[str, object]:
        settings = self._around.settings
        processes = [
            {"name": name, "pid": keeper.pid, "health": keeper.part.socket}
            for name, keeper in self._keepers.items()
            if name != "spawner"
        ]
        return {
            "origin": settings.origin,
            "operator_origin": settings.operator_origin,
            "mailbox": settings.mailbox,
            "smtp": settings.smtp_place,
            "trial_clock": settings.trial_clock,
            "time_zone": settings.time_zone,
            "processes": processes,
        }

    async def stop(self) -> None:
        """Stop everything that runs, in order; returns when no process is left."""
        self._ready = False
        with contextlib.suppress(OSError):  # readers see from the lock that there is no run
            self._around.state.forget_run()
        for keeper in self._keepers.values():
            keeper.cease()
        services = [keeper for name, keeper in self._keepers.items() if name not in _STOP_ORDER]
        await asyncio.gather(*(keeper.stop(self.hurry) for keeper in services))
        for name in _STOP_ORDER:
            if name in self._keepers:
                await self._keepers[name].stop(self.hurry)
        self._children.end_all()
