"""Auth over HTTP: opens the resources, builds the application from the route table, serves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from services.auth.api.caller import refusals, resolver
from services.auth.api.cookies import COOKIES, Cookies
from services.auth.api.keys import CONTEXT
from services.auth.api.routes import ROUTES
from services.auth.resources import open_context
from services.auth.settings import AuthSettings
from shared import logging
from shared.messaging.doorbell import Doorbell
from shared.settings import load
from shared.web.application import Gate, build
from shared.web.openapi import described
from shared.web.server import forever, serve


@asynccontextmanager
async def make(settings: AuthSettings) -> AsyncIterator[web.Application]:
    """The application, with everything open that it needs."""
    doorbell = Doorbell("auth")
    async with open_context(settings, doorbell.ring) as context:
        ringing = forever(doorbell.run(context.db))
        cookies = Cookies(settings.origin)
        gate = Gate.of(
            settings,
            service="auth",
            resolve=resolver(context, cookies),
            now=context.clock.now,
            key=settings.address_key,
        )
        app = build(described("auth", ROUTES, refusals), gate)
        app[CONTEXT] = context
        app[COOKIES] = cookies
        try:
            yield app
        finally:
            ringing.cancel()


def main() -> None:
    """Serve until SIGTERM."""
    settings = load(AuthSettings)
    logging.configure(
        service="auth", process="api", level=settings.log_level, form=settings.log_format
    )
    serve(lambda: make(settings), settings.auth_listen)


if __name__ == "__main__":
    main()
