"""Auth over HTTP in this process: browsers with cookies, a mailbox that opens sealed mails."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from nacl.public import PrivateKey

from services.auth.api.keys import CONTEXT
from services.auth.app import make
from services.auth.errors import HashingBusy
from services.auth.flows.accounts import account
from services.auth.flows.ground.context import Context
from services.auth.flows.sign_in import password_reset
from services.auth.settings import AuthSettings
from shared.contracts.auth import FirstPassword, StartPasswordReset, SyncAccount
from shared.contracts.membership import Distrust
from shared.contracts.notifier import SendMail
from shared.crypto import Opener, new_id, random_token, sha256
from shared.messaging import outbox
from shared.messaging.envelope import Receipt
from shared.messaging.settlement import take
from tests.conftest import TestDatabase, new_key
from tests.promises import Promises
from tests.replies import Reply, send
from tests.signing import message_settings

ORIGIN = "http://localhost:8080"
PASSWORD = "correct horse battery staple"


@dataclass
class Mail:
    """A mail as notifier would render it."""

    template: str
    to: str
    locale: str
    params: dict[str, Any]


@dataclass
class Browser:
    """A browser with its own cookies."""

    session: aiohttp.ClientSession
    promises: Promises

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        return await send(
            self.session, method, path, body,
            origin=ORIGIN, headers=headers, judge=self.promises.judge,
        )  # fmt: skip

    async def get(self, path: str, **headers: str) -> Reply:
        return await self.send("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return await self.send("POST", path, body, **headers)

    async def sign_in(self, email: str, password: str = PASSWORD) -> Reply:
        return await self.post("/sign-in", {"email": email, "password": password})

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in self.session.cookie_jar}

    def take_cookies(self, other: "Browser") -> None:
        """Copy the cookies of another browser, as a thief of cookies would."""
        self.session.cookie_jar.update_cookies(other.cookies)


@dataclass
class Auth:
    """An instance of auth, its database, and the messages that it has sent."""

    context: Context
    server: TestServer
    opener: Opener
    promises: Promises
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)
    distrusts: list[Distrust] = field(default_factory=list)
    answering: "asyncio.Task[None]" = field(init=False)

    def browser(self) -> Browser:
        session = aiohttp.ClientSession(
            base_url=self.server.make_url("/"), cookie_jar=aiohttp.CookieJar(unsafe=True)
        )
        self.browsers.append(session)
        return Browser(session, self.promises)

    async def sync(self, **state: Any) -> SyncAccount:
        """Receive a member's state from membership."""
        message = SyncAccount(**{**member(), **state})
        async with self.context.db.transaction("test") as connection:
            await account.sync(connection, message)
        return message

    async def member(self, password: str | None = PASSWORD, **state: Any) -> SyncAccount:
        """A member who has set a password; not due for a presence check."""
        token = random_token()
        first = FirstPassword(
            sha256=sha256(token).hex(), expires_at=datetime(2100, 1, 1, tzinfo=UTC)
        )
        message = await self.sync(first_password=first, **state)
        if password is not None:
            reply = await self.browser().post(
                "/password-reset/confirm", {"token": token, "password": password}
            )
            assert reply.status == 204, reply.body
            await self.set(message.member_id, "presence_due_at = '2100-01-01'")
            await self.mails()
        return message

    async def known_browser(self, email: str = "taro@yamato.example") -> Browser:
        """A browser that is known for this member, and is not signed in."""
        browser = self.browser()
        token = random_token()
        async with self.context.db.connection() as connection:
            await connection.execute(
                """
                insert into devices (id, member_id, token_sha256, expires_at)
                select $1, member_id, $2, clock_now() + interval '365 days'
                from accounts where email = $3
                """,
                new_id(),
                sha256(token),
                email,
            )
        browser.session.cookie_jar.update_cookies({"device_8080": token})
        return browser

    async def set(self, member_id: UUID, change: str) -> None:
        async with self.context.db.connection() as connection:
            await connection.execute(
                f"update accounts set {change} where member_id = $1", member_id
            )

    async def mails(self) -> list[Mail]:
        """Process auth's messages to itself, then take the mails sent since the last call."""
        await self._do_own_messages()
        taken = await self._take("notifier.send_mail")
        messages = [SendMail.model_validate_json(payload) for payload in taken]
        return [
            Mail(
                message.template,
                message.to,
                message.locale,
                json.loads(self.opener.open(message.key_id, message.sealed_params)),
            )
            for message in messages
        ]

    async def activity(self) -> list[tuple[UUID, str]]:
        """The activities that auth reported to membership since the last call."""
        payloads = await self._take("membership.record_activity")
        items = [item for payload in payloads for item in json.loads(payload)["items"]]
        return [(UUID(item["member_id"]), item["kind"]) for item in items]

    async def advance(self, interval: str) -> None:
        """Let time pass."""
        async with self.context.db.connection() as connection:
            await connection.execute(
                "update clock set ahead = ahead + $1::text::interval", interval
            )
        await self.context.clock.refresh(self.context.db)

    async def set_failures(self, wrong: int) -> None:
        """Set the count of wrong passwords."""
        async with self.context.db.connection() as connection:
            await connection.execute("update failures set wrong = $1", wrong)

    @asynccontextmanager
    async def full_hash_pool(self) -> AsyncIterator[None]:
        """Occupy every place in the hash pool."""
        async with AsyncExitStack() as stack:
            with suppress(HashingBusy):
                while True:
                    await stack.enter_async_context(self.context.hasher.slot())
            yield

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        async with self.context.db.connection() as connection:
            return await connection.fetchval(query, *arguments)

    async def dump(self, but: tuple[str, ...] = ()) -> str:
        """Every row of every table of auth, as text."""
        async with self.context.db.connection() as connection:
            tables = await connection.fetch(
                "select tablename from pg_tables where schemaname = 'auth' "
                "and tablename <> all($1)",
                list(but),
            )
            rows = [
                await connection.fetch(f"select t::text from {table['tablename']} t")
                for table in tables
            ]
        return "\n".join(row[0] for found in rows for row in found)

    @asynccontextmanager
    async def membership_away(self) -> AsyncIterator[None]:
        """Membership sends no receipts."""
        self.answering.cancel()
        yield
        self.answering = asyncio.create_task(self.answer_distrusts())

    async def answer_distrusts(self) -> None:
        """A membership that confirms every distrust at once; `distrusts` collects them."""
        while True:
            async with self.context.db.connection() as connection:
                rows = await connection.fetch(
                    "select id, payload from outbox "
                    "where name = $1 and confirmed_at is null order by id",
                    Distrust.NAME,
                )
            if rows:
                self.distrusts += [Distrust.model_validate_json(row["payload"]) for row in rows]
                receipt = Receipt(ids=tuple(row["id"] for row in rows))
                await take(self.context.db, self.context, receipt, service="auth", after={})
            await asyncio.sleep(0.02)

    async def _do_own_messages(self) -> None:
        for payload in await self._take("auth.start_password_reset"):
            async with self.context.db.transaction("test") as connection:
                message = StartPasswordReset.model_validate_json(payload)
                await password_reset.start(connection, self.context, message)

    async def _take(self, name: str) -> list[str]:
        async with self.context.db.transaction("test") as connection:
            rows = await connection.fetch(
                "select id, payload from outbox where name = $1 and confirmed_at is null "
                "order by id",
                name,
            )
            await outbox.mark_confirmed(connection, [row["id"] for row in rows])
        return [row["payload"] for row in rows]


def member(**state: Any) -> dict[str, Any]:
    """The state of 山田太郎 at ヤマト商事."""
    return {
        "member_id": new_id(),
        "version": 1,
        "state": "active",
        "customer_id": UUID("01900000-0000-7000-8000-0000000000c1"),
        "customer_code": "A-1001",
        "customer_name": "株式会社ヤマト商事",
        "email": "taro@yamato.example",
        "name": "山田 太郎",
        "role": "owner",
        "locale": "ja",
        **state,
    }


def auth_settings(database: TestDatabase, redis_url: str, keys: Path, **more: Any) -> AuthSettings:
    (keys / "1.key").write_text(new_key())
    return AuthSettings(
        **{
            "origin": ORIGIN,
            "redis_url": redis_url,
            **message_settings("auth"),
            "auth_database_url": database.dsn("auth"),
            "identity_keys_dir": keys,
            "mail_public_key": new_key(),
            "address_key": new_key(),
            "presence_keys": new_key(),
            "trial_clock": "on",
            "rate_limits": "off",
            "argon2_memory_kib": 64,
            "argon2_iterations": 1,
            **more,
        }
    )


@pytest_asyncio.fixture
async def auth(
    database: TestDatabase, redis_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Auth]:
    """Rate limits are off unless a test gives other settings as the fixture's parameter."""
    private = PrivateKey.generate()
    more = {"mail_public_key": bytes(private.public_key), **getattr(request, "param", {})}
    settings = auth_settings(database, redis_url, tmp_path, **more)
    async with make(settings) as app:
        server = TestServer(app)
        await server.start_server()
        async with aiohttp.ClientSession(base_url=server.make_url("/")) as session:
            promises = await Promises.fetch(session)
        world = Auth(app[CONTEXT], server, Opener([bytes(private)]), promises)
        world.answering = asyncio.create_task(world.answer_distrusts())
        yield world
        world.answering.cancel()
        for session in world.browsers:
            await session.close()
        await server.close()
