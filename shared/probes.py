"""The endpoints for monitoring a process: /health/live, /health/ready, /metrics.

The event loop that does the work also answers here, so a process whose loop hangs is not live. The
gateway does not expose these paths.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.health import Health, Report
from shared.sites import open_site

PATHS = ("/health/live", "/health/ready", "/metrics")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_probes(app: web.Application, health: Health) -> None:
    """Add the endpoints to an application."""

    async def live(_: web.Request) -> web.StreamResponse:
        return _respond(await health.live())

    async def ready(_: web.Request) -> web.StreamResponse:
        return _respond(await health.ready())

    async def metrics(_: web.Request) -> web.StreamResponse:
        await health.ready()  # measured at the time of the request
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    handlers: tuple[Handler, ...] = (live, ready, metrics)
    for path, handler in zip(PATHS, handlers, strict=True):
        app.router.add_get(path, handler)


def _respond(report: Report) -> web.Response:
    """200 also with a warning: a load balancer may keep sending requests here."""
    return web.json_response(asdict(report), status=503 if report.status == "fail" else 200)


@asynccontextmanager
async def answering(listen: str, health: Health) -> AsyncIterator[None]:
    """Serve the endpoints for a process without any other HTTP server.

    Raises:
        CannotListen: The address is in use, or not on this machine.
    """
    app = web.Application()
    add_probes(app, health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await open_site(runner, listen)
        yield
    finally:
        await runner.cleanup()
