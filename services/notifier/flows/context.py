"""The context of the flows."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from services.notifier.mail.compose import Composer
from services.notifier.mail.render import Renderer
from services.notifier.mail.smtp import Transport
from shared.crypto import Opener
from shared.db import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Belongs to one process. `awake` is set after each commit, for the sender."""

    db: Database
    opener: Opener
    renderer: Renderer
    composer: Composer
    transport: Transport
    awake: asyncio.Event
    senders: int
    mails_kept: timedelta
