"""The mailbox's process: SMTP on one port, pages and REST on another, both on loopback only."""

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from pathlib import Path

import uvloop
from aiohttp import web
from aiohttp.typedefs import Handler

from embedded.mailbox import pages, rest, smtp
from embedded.mailbox.keys import STORE, TEMPLATES
from embedded.mailbox.store import MailStore
from shared import days
from shared.readiness import notify_ready, notify_stopping

HOST = "127.0.0.1"

_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def main() -> None:
    """Run until SIGTERM. On failure the last printed line is the reason."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    path = Path(os.environ["MAILBOX_DIR"]) / "mails.sqlite3"
    try:
        store = MailStore(path)
    except sqlite3.DatabaseError as error:
        sys.exit(f"{path} is damaged ({error}): remove it, and the mailbox will start empty.")
    try:
        uvloop.run(_serve(store))
    except OSError as error:
        sys.exit(f"The mailbox cannot open its ports: {error.strerror or error}")
    finally:
        store.close()


async def _serve(store: MailStore) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(application(store), access_log=None, shutdown_timeout=1)
    await runner.setup()
    catching = await smtp.listen(store, host=HOST, port=int(os.environ["SMTP_PORT"]))
    try:
        await web.TCPSite(runner, HOST, int(os.environ["MAILBOX_PORT"])).start()
        notify_ready()
        await stop.wait()
        notify_stopping()
    finally:
        catching.close()
        await runner.cleanup()


def application(store: MailStore) -> web.Application:
    """The pages and the REST interface over one store."""
    app = web.Application(middlewares=[_own_host_only])
    app[STORE] = store
    app[TEMPLATES] = pages.templates(days.zone_of(os.environ["TIME_ZONE"]))
    app.add_routes(
        [
            web.get("/health/live", _live),
            web.get("/api/v1/messages", rest.list_messages),
            web.delete("/api/v1/messages", rest.delete_messages),
            web.get("/api/v1/message/{id}", rest.get_message),
            web.get("/", pages.show_list),
            web.get("/mail/{id}", pages.show_mail),
            web.get("/mail/{id}/html", pages.show_html),
            web.get("/mail/{id}/source", pages.show_source),
            web.static("/assets", pages.FOLDER / "assets"),
        ]
    )
    return app


async def _live(_: web.Request) -> web.Response:
    """Health of both, because SMTP and pages share one event loop."""
    return web.Response()


@web.middleware
async def _own_host_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Reject other host names: a site could point its name to this machine to read mails."""
    if request.host.rpartition(":")[0] not in _HOSTS and request.host not in _HOSTS:
        raise web.HTTPMisdirectedRequest(
            text="this mailbox answers only to the host name localhost"
        )
    response = await handler(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
