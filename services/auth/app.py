"""Auth over HTTP: opens the resources, builds the application from the route table, serves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from services.auth.api.caller import recogniser, refusals, resolver
from services.auth.api.cookies import COOKIES, Cookies
from services.auth.api.keys import CONTEXT
from services.auth.api.routes import ROUTES
from services.auth.resources import open_context, presence
from services.auth.settings import AuthSettings
from shared import process
from shared.api import ApiSpec, running
from shared.messaging.doorbell import Doorbell
from shared.web.application import Gate
from shared.web.server import serve


@asynccontextmanager
async def make(settings: AuthSettings) -> AsyncIterator[web.Application]:
    """The application, with everything open that it needs."""
    doorbell = Doorbell("auth")
    async with open_context(settings, doorbell.ring) as context:
        cookies = Cookies(settings.origin)
        gate = Gate.of(
            settings,
            service="auth",
            resolve=resolver(context, cookies),
            now=context.clock.now,
            key=settings.address_key,
            recognise=recogniser(context, cookies),
        )
        spec = ApiSpec(
            service="auth",
            settings=settings,
            routes=ROUTES,
            resolving=refusals,
            gate=gate,
            db=context.db,
            doorbell=doorbell,
            beside={"confirmations": partial(context.confirmations.listen, settings.dsn)},
            checks=(presence(context),),
        )
        async with running(spec) as app:
            app[CONTEXT] = context
            app[COOKIES] = cookies
            yield app


def main() -> None:
    """Serve until SIGTERM."""
    process.run(
        AuthSettings,
        service="auth",
        process="api",
        work=lambda settings: serve(lambda: make(settings), settings.auth_listen),
    )


if __name__ == "__main__":
    main()
