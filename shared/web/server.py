"""Serves an application until SIGTERM: on a Unix socket behind the gateway, or on host and port."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import uvloop
from aiohttp import web

from shared.readiness import notify_ready, notify_stopping
from shared.sites import open_site
from shared.web import garbage
from shared.web.application import HEALTH

STOP_SECONDS = 10.0
KEEPALIVE_SECONDS = 75.0  # longer than the gateway keeps its end
DRAIN_SECONDS = 0.3
LINGER_SECONDS = 2.0
HEADER_BYTES = 32 * 1024  # more than the gateway lets through, so that it is the one to refuse

MakeApplication = Callable[[], AbstractAsyncContextManager[web.Application]]


def serve(make: MakeApplication, listen: str) -> None:
    """Run until SIGTERM or SIGINT; open requests are finished first, new ones are not accepted.

    `listen` is `unix:/path` or `host:port`.

    Raises:
        CannotListen: It is in use, or not on this machine.
    """
    uvloop.run(_serve(make, listen))


async def _serve(make: MakeApplication, listen: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with make() as app:
        runner = runner_of(app)
        await runner.setup()
        try:
            site = await open_site(runner, listen)
            notify_ready()
            await stop.wait()
            notify_stopping()
            await _drain(app, site)
        finally:
            await runner.cleanup()


async def _drain(app: web.Application, site: web.BaseSite) -> None:
    """Accept no new connections, and announce on open ones that they will close.

    If a connection closes while a request is on its way, the gateway sees a failure.
    """
    app[HEALTH].stopping = True
    await site.stop()
    await asyncio.sleep(DRAIN_SECONDS)


def runner_of(app: web.Application) -> web.AppRunner:
    """The application with this server's limits."""
    return web.AppRunner(
        app,
        logger=garbage.logger(),
        access_log=None,
        keepalive_timeout=KEEPALIVE_SECONDS,
        shutdown_timeout=STOP_SECONDS,
        lingering_time=LINGER_SECONDS,
        max_line_size=HEADER_BYTES,
        max_field_size=HEADER_BYTES,
        max_headers=HEADER_BYTES // 4,
        auto_decompress=False,
    )
