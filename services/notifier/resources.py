"""Opens the resources of the notifier's processes, in the order of their dependencies."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

from services.notifier.flows.context import Context
from services.notifier.mail.compose import Composer
from services.notifier.mail.connection import Limits
from services.notifier.mail.render import Renderer
from services.notifier.mail.smtp import Transport
from services.notifier.settings import NotifierSettings
from shared.crypto import Opener
from shared.db import Database, open_database
from shared.setting_types import read_keys


@asynccontextmanager
async def open_context(
    settings: NotifierSettings, on_commit: Callable[[], None] = lambda: None
) -> AsyncIterator[Context]:
    """The context of one process; `on_commit` is called after each commit."""
    awake = asyncio.Event()

    def committed() -> None:
        on_commit()
        awake.set()

    opener = Opener(read_keys(settings.mail_keys_dir))
    transport = Transport(
        settings.smtp_url,
        sender=settings.mail_from.address,
        limits=Limits(
            greeting=settings.smtp_greeting_seconds,
            reply=settings.smtp_reply_seconds,
            contents=settings.smtp_contents_seconds,
            keep=settings.senders,
        ),
    )
    async with open_own_database(settings, on_commit=committed) as db:
        try:
            yield Context(
                db=db,
                opener=opener,
                renderer=Renderer(
                    origin=settings.origin,
                    vendor=settings.vendor,
                    zone=settings.zone,
                    replies=settings.mail_reply_to is not None,
                ),
                composer=Composer(
                    settings.mail_from,
                    reply_to=settings.mail_reply_to,
                    service_name=settings.service_name,
                    zone=settings.zone,
                ),
                transport=transport,
                awake=awake,
                senders=settings.senders,
                mails_kept=timedelta(days=settings.mails_kept_days),
            )
        finally:
            await transport.close()


def open_own_database(
    settings: NotifierSettings, *, on_commit: Callable[[], None] = lambda: None
) -> AbstractAsyncContextManager[Database]:
    """The pool on the notifier's schema."""
    return open_database(
        settings.dsn,
        schema="notifier",
        on_commit=on_commit,
        trial_clock=settings.trial_clock == "on",
    )
