"""One worker process: Celery's threads hand tasks to one event loop, which owns everything else.

The loop runs the relay, the receipts, the periodic jobs, the health endpoints, and what
the service adds. A part of them that ends is started again (`shared.forever`).
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

import setproctitle
import uvloop
from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

from shared import forever, lag, logging, readiness
from shared.contracts.base import Message
from shared.contracts.registry import confirm_task, queues_of
from shared.health import Check, Health
from shared.messaging import periodic
from shared.messaging.backlog import Backlog
from shared.messaging.consumer import BATCH_SECONDS, Consumer, Lock, Task, lock_nothing
from shared.messaging.envelope import Signer
from shared.messaging.periodic import HasDatabase, Job
from shared.messaging.receipts import Receipts
from shared.messaging.relay import Relay
from shared.messaging.settlement import AfterReceipt
from shared.messaging.transport import celery_logging
from shared.messaging.transport.broker import Publisher, celery_app
from shared.messaging.transport.pulse import Pulse
from shared.messaging.transport.threads import Thread
from shared.probes import answering
from shared.settings import ServiceSettings

CONCURRENCY = 16
STOP_SECONDS = 10.0

log = logging.get_logger("worker")


C = TypeVar("C", bound=HasDatabase)


@dataclass(frozen=True, kw_only=True)
class WorkerSpec(Generic[C]):
    """The components of one service's worker.

    `open` opens the service's resources; its argument is called after each commit. `listen` is the
    address of its health endpoints, to which `checks` adds the service's own dependencies. `lock`
    takes the locks that the messages of a batch declare.
    """

    service: str
    settings: ServiceSettings
    dsn: str
    listen: str
    open: Callable[[Callable[[], None]], AbstractAsyncContextManager[C]]
    tasks: Mapping[type[Message], Task]
    receipts: Mapping[type[Message], AfterReceipt]
    periodic: Sequence[Job[C]] = ()
    background: Mapping[str, Callable[[C], Awaitable[None]]] = field(default_factory=dict)
    checks: Callable[[C], Sequence[Check]] = lambda _: ()
    lock: Lock = lock_nothing


class Loop:
    """An event loop in a separate thread, created after any fork."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="loop", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        setproctitle.setthreadtitle("loop")  # as `top -H` shows it
        self._loop.run_forever()

    def call(self, coroutine: Coroutine[Any, Any, Any], seconds: float) -> Any:
        """Run a coroutine there and wait for its result, at most so long."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(seconds)


def run(spec: WorkerSpec[C]) -> None:
    """Run the worker until SIGTERM, and finish the running tasks first."""
    celery_logging.take_over()
    app = celery_app(spec.service, spec.settings.broker_url.get_secret_value())
    loop, stack = Loop(), AsyncExitStack()
    try:
        consumer: Consumer = loop.call(stack.enter_async_context(_running(spec, app)), 30)
        _register(app, spec, consumer, loop)
        worker_ready.connect(lambda **_: readiness.notify_ready(), weak=False)
        worker_shutting_down.connect(lambda **_: readiness.notify_stopping(), weak=False)
        worker = app.Worker(
            pool="threads",
            concurrency=CONCURRENCY,
            queues=list(queues_of(spec.service)),
            hostname=f"{spec.service}@zaiseki",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            redirect_stdouts=False,
            quiet=True,
        )
        worker.start()  # returns after SIGTERM, when the running tasks are done
    finally:
        loop.call(stack.aclose(), STOP_SECONDS)


def _register(app: Celery, spec: WorkerSpec[C], consumer: Consumer, loop: Loop) -> None:
    """Register our tasks, and remove Celery's own, which would run without a signature."""
    app.finalize()
    app.tasks.clear()

    def register(name: str, take: Callable[[str, str], Coroutine[Any, Any, None]]) -> None:
        def body(text: str, signature: str) -> None:
            # Blocks a pool thread until the commit, so that the acknowledgement comes last.
            loop.call(take(text, signature), 2 * BATCH_SECONDS)

        app.task(body, name=name)

    for message, task in spec.tasks.items():
        register(message.NAME, _bind(consumer.take_messages, message, task))
    confirm = confirm_task(spec.service)
    register(confirm, _bind(consumer.take_receipt, confirm, spec.receipts))


def _bind(take: Callable[..., Coroutine[Any, Any, None]], *first: object) -> Any:
    return lambda text, signature: take(*first, text, signature)


@asynccontextmanager
async def _running(spec: WorkerSpec[C], app: Celery) -> AsyncIterator[Consumer]:
    """Open the resources and run the background parts."""
    signer = Signer.of(spec.service, spec.settings)
    publishing, confirming = Thread("relay"), Thread("receipts")
    publisher = Publisher(app, signer)
    wakes: list[Callable[[], None]] = []
    async with spec.open(lambda: _call_all(wakes)) as context:
        relay = Relay(
            service=spec.service, db=context.db, publisher=publisher, in_thread=publishing
        )
        wakes.append(relay.wake)
        receipts = Receipts(publisher, confirming)
        consumer = Consumer(
            service=spec.service,
            db=context.db,
            context=context,
            signer=signer,
            receipts=receipts,
            lock=spec.lock,
        )
        parts: dict[str, forever.Part] = {
            "relay": relay.run,
            "relay_listener": partial(relay.listen, spec.dsn),
            "receipts": receipts.run,
            "lag": partial(lag.measure, spec.service),
            **_jobs(spec, context),
            **{name: partial(work, context) for name, work in spec.background.items()},
        }
        async with _watched(spec, app, context):
            try:
                async with forever.running(spec.service, parts):
                    yield consumer
            finally:
                await receipts.flush()
                publishing.close()
                confirming.close()


def _jobs(spec: WorkerSpec[C], context: C) -> dict[str, forever.Part]:
    turn = asyncio.Lock()
    return {
        f"job {job.name}": partial(periodic.run, job, context, service=spec.service, turn=turn)
        for job in periodic.jobs(spec)
    }


@asynccontextmanager
async def _watched(spec: WorkerSpec[C], app: Celery, context: C) -> AsyncIterator[None]:
    """Serve the health of the event loop, of Celery's consumer, and of their dependencies."""
    url = spec.settings.broker_url.get_secret_value()
    backlog = Backlog(service=spec.service, db=context.db, broker_url=url)
    database, broker = backlog.checks(broker_required=True)
    pulse = Pulse(spec.service, broker)
    app.steps["consumer"].add(pulse.step())
    ready = (database, broker, *spec.checks(context))
    health = Health(spec.service, ready=ready, live=(pulse.check,))
    try:
        async with answering(spec.listen, health):
            yield
    finally:
        await backlog.close()


def _call_all(calls: Sequence[Callable[[], None]]) -> None:
    for call in calls:
        call()
