"""Membership over HTTP: opens the resources, builds the application from the route table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from services.membership.api.keys import CONTEXT
from services.membership.api.routes import ROUTES
from services.membership.resources import SERVICE, open_context
from services.membership.settings import MembershipSettings
from shared import process
from shared.api import ApiSpec, running
from shared.messaging.doorbell import Doorbell
from shared.web.application import Gate, Resolve
from shared.web.identity import Identity, PublicKeys, refusals
from shared.web.server import serve


@asynccontextmanager
async def make(
    settings: MembershipSettings, resolve: Resolve | None = None
) -> AsyncIterator[web.Application]:
    """The application, with everything open that it needs.

    `resolve` resolves the caller; by default from the gateway's identity.
    """
    doorbell = Doorbell(SERVICE)
    async with open_context(settings, doorbell.ring) as context:
        keys = PublicKeys(settings.auth_url)
        identity = Identity(audience=SERVICE, keys=keys, now=context.clock.now)
        gate = Gate.of(
            settings,
            service=SERVICE,
            resolve=resolve or identity.resolve,
            now=context.clock.now,
            key=settings.first_password_key,
        )
        spec = ApiSpec(
            service=SERVICE,
            settings=settings,
            routes=ROUTES,
            resolving=refusals,
            gate=gate,
            db=context.db,
            doorbell=doorbell,
            checks=(keys.check, keys.clock_check),
            beside={"confirmations": partial(context.confirmations.listen, settings.dsn)},
        )
        async with running(spec) as app:
            app[CONTEXT] = context
            yield app


def main() -> None:
    """Serve until SIGTERM."""
    process.run(
        MembershipSettings,
        service=SERVICE,
        process="api",
        work=lambda settings: serve(lambda: make(settings), settings.membership_listen),
    )


if __name__ == "__main__":
    main()
