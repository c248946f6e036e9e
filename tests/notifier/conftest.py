"""Notifier without its processes: real database, real SMTP server, keys made for the test."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from nacl.public import PrivateKey

from services.notifier.domain import Mail
from services.notifier.flows import mail_delivery, sender
from services.notifier.flows.context import Context
from services.notifier.mail.compose import Composer
from services.notifier.mail.connection import Limits
from services.notifier.mail.render import Renderer
from services.notifier.mail.smtp import Transport
from services.notifier.settings import SmtpServer
from shared.contracts.base import Locale
from shared.contracts.mails import MailParams, PasswordReset
from shared.contracts.notifier import SendMail
from shared.crypto import Opener, Sealer, new_id
from shared.db import Database, open_database
from shared.mailbox import Mailbox
from shared.vendor import Vendor
from tests.conftest import TestDatabase
from tests.notifier.smtp_server import SmtpDouble, smtp_double

QUICK = Limits(greeting=2.0, reply=2.0, contents=2.0)
VENDOR = Vendor(
    name="株式会社ケイアイ",
    service="Zaiseki",
    phone="03-1234-5678",
    url="https://kei.example/contact",
    hours="平日 9:00〜17:00",
    name_en="K.I. Corporation",
    hours_en="weekdays, 9:00 to 17:00 (Japan time)",
)
JAPAN = ZoneInfo("Asia/Tokyo")
FROM = Mailbox(name="Zaiseki", address="no-reply@zaiseki.example")
AT = datetime(2026, 11, 24, 4, 5, tzinfo=UTC)
PARAMS = PasswordReset(
    name="山田 太郎",
    token="q8VnE5wKzL2cXbM7",
    expires_at=AT + timedelta(minutes=30),
    requested_at=AT,
    browser="Chrome (Windows)",
)


class Keys:
    """One key pair of a notifier."""

    def __init__(self) -> None:
        self._private = PrivateKey(secrets.token_bytes(32))
        self.opener = Opener([bytes(self._private)])
        self.sealer = Sealer(bytes(self._private.public_key))

    def message(
        self,
        params: MailParams = PARAMS,
        *,
        to: str = "taro@example.jp",
        lasts: timedelta = timedelta(minutes=30),
        locale: Locale = "ja",
    ) -> SendMail:
        return SendMail(
            template=params.TEMPLATE,
            subject_id=new_id(),
            to=to,
            locale=locale,
            expires_at=datetime.now(UTC) + lasts,
            key_id=self.sealer.key_id,
            sealed_params=self.sealer.seal(params.model_dump_json().encode()),
        )


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest_asyncio.fixture
async def smtp() -> AsyncIterator[SmtpDouble]:
    async with smtp_double() as server:
        yield server


@asynccontextmanager
async def process(
    dsn: str, keys: Keys, server: SmtpServer, *, limits: Limits = QUICK
) -> AsyncIterator[Context]:
    """The context of one worker process of notifier."""
    awake = asyncio.Event()
    transport = Transport(server, sender=FROM.address, limits=limits)
    async with open_database(dsn, schema="notifier", on_commit=awake.set, trial_clock=True) as db:
        try:
            yield Context(
                db=db,
                opener=keys.opener,
                renderer=Renderer(origin="http://localhost:8080", vendor=VENDOR, zone=JAPAN),
                composer=Composer(FROM, reply_to=None, service_name="Zaiseki", zone=JAPAN),
                transport=transport,
                awake=awake,
                senders=4,
                mails_kept=timedelta(days=90),
            )
        finally:
            await transport.close()


@pytest_asyncio.fixture
async def context(database: TestDatabase, keys: Keys, smtp: SmtpDouble) -> AsyncIterator[Context]:
    async with process(database.dsn("notifier"), keys, smtp.at) as made:
        yield made


@pytest.fixture
def another_key(context: Context) -> Context:
    """The same process, but with a private key to which no mail is sealed."""
    return replace(context, opener=Keys().opener)


@asynccontextmanager
async def sending(*contexts: Context) -> AsyncIterator[None]:
    """Run the senders of these processes for the length of the block."""
    tasks = [asyncio.create_task(sender.run(context)) for context in contexts]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        _, late = await asyncio.wait(tasks, timeout=10)
        assert not late, "a sender did not stop"


async def states(db: Database) -> list[str]:
    """The states of all mails, oldest first."""
    async with db.connection() as connection:
        rows = await connection.fetch("select state from mails order by id")
    return [row["state"] for row in rows]


async def until_states(db: Database, *expected: str, seconds: float = 30.0) -> None:
    """Wait until the mails are in these states."""
    async with asyncio.timeout(seconds):
        while True:
            if await states(db) == list(expected):
                return
            await asyncio.sleep(0.01)


async def outcomes(db: Database) -> list[tuple[int, str | None, int | None]]:
    """Number, outcome and code of every attempt."""
    async with db.connection() as connection:
        rows = await connection.fetch(
            "select attempt, outcome, code from attempts order by mail_id, attempt"
        )
    return [tuple(row) for row in rows]


async def lease(context: Context) -> list[Mail]:
    """Lease all due mails for an attempt each, new ones first."""
    leased = []
    for tried in (False, True):
        while mail := await mail_delivery.lease(context, tried=tried):
            leased.append(mail)
    return leased


async def make_due(context: Context) -> None:
    """End all pauses and leases, as if the time had passed."""
    async with context.db.transaction("test") as connection:
        await connection.execute("update mails set due_at = now() - interval '1 ms'")
