"""One API process: the application of a service, and its background parts."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web

from shared import forever, lag
from shared.db import Database
from shared.health import Check, Health
from shared.messaging.backlog import Backlog
from shared.messaging.doorbell import Doorbell
from shared.settings import ServiceSettings
from shared.web.application import Gate, build
from shared.web.openapi import Resolving, described
from shared.web.routing import Route


@dataclass(frozen=True, kw_only=True)
class ApiSpec:
    """The components of one service's API process.

    `resolving` gives the problems of resolving the caller. `doorbell` is rung by the
    database after each commit; `checks` are the dependencies besides the database;
    `beside` are the background parts, by name, which run as long as the application.
    """

    service: str
    settings: ServiceSettings
    routes: Sequence[Route]
    resolving: Resolving
    gate: Gate
    db: Database
    doorbell: Doorbell
    checks: Sequence[Check] = ()
    beside: Mapping[str, forever.Part] = field(default_factory=dict)


@asynccontextmanager
async def running(spec: ApiSpec) -> AsyncIterator[web.Application]:
    """The application to serve. It works without the broker and the cache."""
    url = spec.settings.broker_url.get_secret_value()
    backlog = Backlog(service=spec.service, db=spec.db, broker_url=url)
    checks = (*backlog.checks(broker_required=False), spec.gate.check, *spec.checks)
    ever: dict[str, forever.Part] = {
        "doorbell": partial(spec.doorbell.run, spec.db),
        "lag": partial(lag.measure, spec.service),
        **spec.beside,
    }
    try:
        async with forever.running(spec.service, ever):
            routes = described(spec.service, spec.routes, spec.resolving)
            yield build(routes, spec.gate, Health(spec.service, ready=checks))
    finally:
        await backlog.close()
