"""Opens the resources of the HTTP process and the worker; commands open only the database."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from services.membership.flows.ground.context import Context
from services.membership.settings import MembershipSettings
from services.membership.storage.members import member_states
from shared.clock import Clock
from shared.crypto import Sealer
from shared.db import Database, open_database
from shared.messaging.confirmations import Confirmations
from shared.messaging.mailer import Mailer

SERVICE = "membership"


@asynccontextmanager
async def open_context(
    settings: MembershipSettings, on_commit: Callable[[], None] = lambda: None
) -> AsyncIterator[Context]:
    """Open the resources of the flows; `on_commit` is called after each commit."""
    trial = settings.trial_clock == "on"
    clock = Clock()
    async with (
        open_own_database(settings.dsn, on_commit=on_commit, trial_clock=trial) as db,
        clock.following(SERVICE, db, trial=trial),
    ):
        yield Context(
            db=db,
            clock=clock,
            settings=settings,
            mailer=Mailer(Sealer(settings.mail_public_key)),
            confirmations=Confirmations(
                service=SERVICE,
                db=db,
                read_version=member_states.get_confirmed_version,
                seconds=settings.receipt_wait_seconds,
            ),
        )


def open_own_database(
    dsn: str, *, on_commit: Callable[[], None] = lambda: None, trial_clock: bool = False
) -> AbstractAsyncContextManager[Database]:
    """The pool on membership's schema."""
    return open_database(dsn, schema=SERVICE, on_commit=on_commit, trial_clock=trial_clock)
