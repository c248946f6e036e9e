"""The notifier's API process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from services.notifier.api.routes import ROUTES
from services.notifier.resources import open_own_database
from services.notifier.settings import NotifierSettings
from shared import process
from shared.api import ApiSpec, running
from shared.clock import Clock
from shared.crypto import hmac_sha256
from shared.messaging.doorbell import Doorbell
from shared.web.application import Gate
from shared.web.identity import Identity, PublicKeys, refusals
from shared.web.server import serve


@asynccontextmanager
async def application(settings: NotifierSettings) -> AsyncIterator[web.Application]:
    """The application with the resources of its routes."""
    clock, doorbell, keys = Clock(), Doorbell("notifier"), PublicKeys(settings.auth_url)
    identity = Identity(audience="notifier", keys=keys, now=clock.now)
    gate = Gate.of(
        settings,
        service="notifier",
        resolve=identity.resolve,
        now=clock.now,
        key=hmac_sha256(settings.message_key, "rate limits"),
    )
    trial = settings.trial_clock == "on"
    async with (
        open_own_database(settings, on_commit=doorbell.ring) as db,
        clock.following("notifier", db, trial=trial),
    ):
        spec = ApiSpec(
            service="notifier",
            settings=settings,
            routes=ROUTES,
            resolving=refusals,
            gate=gate,
            db=db,
            doorbell=doorbell,
            checks=(keys.check, keys.clock_check),
        )
        async with running(spec) as app:
            yield app


def main() -> None:
    """Serve until SIGTERM."""
    process.run(
        NotifierSettings,
        service="notifier",
        process="api",
        work=lambda settings: serve(lambda: application(settings), settings.notifier_listen),
    )


if __name__ == "__main__":
    main()
