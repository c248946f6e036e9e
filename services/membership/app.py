"""Membership over HTTP: opens the resources, builds the application from the route table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from services.membership.api.keys import CONTEXT
from services.membership.api.routes import ROUTES
from services.membership.resources import SERVICE, open_context
from services.membership.settings import MembershipSettings
from shared import logging
from shared.messaging.doorbell import Doorbell
from shared.settings import load
from shared.web.application import Gate, Resolve, build
from shared.web.identity import Identity, PublicKeys, refusals
from shared.web.openapi import described
from shared.web.server import forever, serve


@asynccontextmanager
async def make(
    settings: MembershipSettings, resolve: Resolve | None = None
) -> AsyncIterator[web.Application]:
    """The application, with everything open that it needs.

    `resolve` says who calls; by default whoever the gateway's identity names.
    """
    doorbell = Doorbell(SERVICE)
    async with open_context(settings, doorbell.ring) as context:
        identity = Identity(
            audience=SERVICE, keys=PublicKeys(settings.auth_url), now=context.clock.now
        )
        gate = Gate.of(
            settings,
            service=SERVICE,
            resolve=resolve or identity.resolve,
            now=context.clock.now,
            key=settings.first_password_key,
        )
        dsn = settings.membership_database_url.get_secret_value()
        beside = [
            forever(doorbell.run(context.db)),
            forever(context.confirmations.listen(dsn)),
        ]
        app = build(described(SERVICE, ROUTES, refusals), gate)
        app[CONTEXT] = context
        try:
            yield app
        finally:
            for task in beside:
                task.cancel()


def main() -> None:
    """Serve until SIGTERM."""
    settings = load(MembershipSettings)
    logging.configure(
        service=SERVICE, process="api", level=settings.log_level, form=settings.log_format
    )
    serve(lambda: make(settings), settings.membership_listen)


if __name__ == "__main__":
    main()
