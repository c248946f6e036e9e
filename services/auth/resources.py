"""Opens the resources that the HTTP process, the worker and the command line share."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from services.auth.domain.identity import Signer
from services.auth.domain.presence import Schedule, Secrets
from services.auth.flows.accounts import distrust
from services.auth.flows.ground.context import Context
from services.auth.flows.ground.hashing import Hasher
from services.auth.settings import AuthSettings
from shared.clock import Clock
from shared.crypto import Sealer
from shared.db import open_database
from shared.health import Check, Facts
from shared.logging import get_logger
from shared.messaging.confirmations import Confirmations
from shared.messaging.mailer import Mailer
from shared.setting_types import read_keys

log = get_logger("presence")


class PresenceOff(Exception):
    """Sign-ins need no presence check."""


def presence(context: Context) -> Check:
    """A warning in the process's health while `PRESENCE_MODE` is off."""

    async def probe() -> Facts:
        if not context.asks_for_presence:
            raise PresenceOff
        return {}

    return Check("presence_checks", probe, required=False)


@asynccontextmanager
async def open_context(
    settings: AuthSettings, on_commit: Callable[[], None] = lambda: None
) -> AsyncIterator[Context]:
    """Open the resources of the flows; `on_commit` is called after each commit."""
    hasher = Hasher(
        memory_kib=settings.argon2_memory_kib,
        iterations=settings.argon2_iterations,
        parallelism=settings.argon2_parallelism,
        threads=settings.hash_threads,
        waiting=settings.hash_waiting,
    )
    if settings.presence_mode == "off":
        log.warning("PRESENCE_MODE=off: no sign-in is held for a presence check")
    trial = settings.trial_clock == "on"
    clock = Clock()
    async with (
        open_database(
            settings.dsn,
            schema="auth",
            on_commit=on_commit,
            trial_clock=trial,
        ) as db,
        clock.following("auth", db, trial=trial),
    ):
        try:
            yield Context(
                db=db,
                clock=clock,
                settings=settings,
                mailer=Mailer(Sealer(settings.mail_public_key)),
                confirmations=Confirmations(
                    service="auth",
                    db=db,
                    read_version=distrust.read_version,
                    seconds=settings.receipt_wait_seconds,
                ),
                hasher=hasher,
                signer=Signer(read_keys(settings.identity_keys_dir)),
                schedule=Schedule(
                    settings.presence_min_gap,
                    settings.presence_mean_gap,
                    settings.presence_max_gap,
                ),
                secrets=Secrets(settings.presence_keys),
            )
        finally:
            hasher.close()
