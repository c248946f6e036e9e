"""The notifier's API process. It has no routes yet but the one that says so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from services.notifier.api.routes import ROUTES
from services.notifier.resources import open_own_database
from services.notifier.settings import NotifierSettings
from shared import logging
from shared.clock import Clock
from shared.settings import load
from shared.web.application import Gate, build
from shared.web.identity import Identity, PublicKeys, refusals
from shared.web.openapi import described
from shared.web.server import forever, serve


@asynccontextmanager
async def application(settings: NotifierSettings) -> AsyncIterator[web.Application]:
    """The application with everything that its routes stand on."""
    clock = Clock()
    identity = Identity(audience="notifier", keys=PublicKeys(settings.auth_url), now=clock.now)
    gate = Gate.of(
        settings,
        service="notifier",
        resolve=identity.resolve,
        now=clock.now,
        key=settings.message_keys[0],
    )
    async with open_own_database(settings) as db:
        following = forever(clock.follow(db))
        try:
            yield build(described("notifier", ROUTES, refusals), gate)
        finally:
            following.cancel()


def main() -> None:
    """Serve until SIGTERM."""
    settings = load(NotifierSettings)
    logging.configure(
        service="notifier", process="api", level=settings.log_level, form=settings.log_format
    )
    serve(lambda: application(settings), settings.notifier_listen)


if __name__ == "__main__":
    main()
