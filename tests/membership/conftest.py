"""Membership over HTTP in this process: callers by a header, an auth that confirms on demand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from nacl.public import PrivateKey

from services.membership.api.keys import CONTEXT
from services.membership.app import make
from services.membership.domain.company.audit import EVENTS
from services.membership.domain.members.actors import Operator
from services.membership.domain.members.members import SuspensionCard
from services.membership.flows.company import customer_import
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import registration
from services.membership.flows.members import member_state
from services.membership.settings import MembershipSettings
from services.membership.tasks import registration as registration_tasks
from services.membership.worker import RECEIPTS
from shared.contracts.auth import SyncAccount
from shared.contracts.base import Role
from shared.contracts.membership import StartRegistration
from shared.contracts.notifier import SendMail
from shared.crypto import Opener, new_id
from shared.messaging import outbox
from shared.messaging.envelope import Item, Receipt, Received
from shared.messaging.settlement import take
from shared.web.access import Access
from shared.web.caller import Anonymous, Caller, Member
from tests.conftest import TestDatabase, advance_clock, new_key
from tests.promises import Promises
from tests.replies import Reply, send
from tests.signing import message_settings

ORIGIN = "http://localhost:8080"
OPERATORS = "operators@vendor.test"
HEADERS = "code,name,kind,phone,email_domains,seat_limit,name_kana"


@dataclass
class Mail:
    """A mail as notifier would render it."""

    template: str
    to: str
    locale: str
    params: dict[str, Any]
    subject_id: UUID


@dataclass
class Membership:
    """An instance of membership, its database, and the messages that it has sent."""

    context: Context
    server: TestServer
    opener: Opener
    session: aiohttp.ClientSession
    promises: Promises
    told: list[SyncAccount] = field(default_factory=list)
    registered: int = 0

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        return await send(
            self.session, method, path, body,
            origin=ORIGIN, headers=headers, judge=self.promises.judge,
        )  # fmt: skip

    async def get(self, path: str, caller: UUID | None = None) -> Reply:
        return await self.send("GET", path, **({"Test-Caller": str(caller)} if caller else {}))

    async def customers(self, *rows: str) -> None:
        """Import customers from lines of code,name,kind,phone,domains,limit,kana."""
        data = "\n".join((HEADERS, *rows)).encode()
        await customer_import.carry_out(self.context.db, customer_import.check(data))

    async def register(self, **entered: Any) -> Reply:
        """Register, each time from another network."""
        self.registered += 1
        network = f"2001:db8:0:{self.registered:x}::1"
        return await self.send(
            "POST", "/registrations", form(**entered), **{"Test-Network": network}
        )

    async def link(self, **entered: Any) -> str:
        """Register, and take the token out of the mail once it is sent."""
        assert (await self.register(**entered)).status == 202
        for pause in ("0 seconds", "61 seconds", "1 hour"):
            await self.advance(pause)
            await registration.send_waiting(self.context)
            if mails := [one for one in await self.mails() if "token" in one.params]:
                return str(mails[-1].params["token"])
        raise AssertionError("no link was mailed")

    async def confirm(self, token: str) -> Reply:
        return await self.send("POST", "/registrations/confirm", {"token": token})

    async def join(self, **entered: Any) -> UUID:
        """Register with matching details and confirm; the new member's id."""
        token = await self.link(**entered)
        async with self.auth(), asyncio.timeout(30):
            while (reply := await self.confirm(token)).body["status"] == "opening":
                await asyncio.sleep(0.01)
        assert reply.body["status"] == "approved", reply.body
        await self.mails()
        email = form(**entered)["email"]
        id: UUID = await self.fetchval(
            "select id from members where email = $1 and state <> 'closed'", email
        )
        return id

    async def suspend(self, id: UUID, *, confirmed: bool = True) -> None:
        """An operator suspends an account; auth has confirmed it, or not yet."""
        card = SuspensionCard(reason="other")
        await self._as_operator(id, member_state.suspend, card, confirmed=confirmed)

    async def resume(self, id: UUID, *, confirmed: bool = True) -> None:
        """An operator resumes an account; auth has confirmed it, or not yet."""
        await self._as_operator(id, member_state.resume, confirmed=confirmed)

    async def delete(self, id: UUID, *, confirmed: bool = True) -> None:
        """An operator deletes an account; auth has confirmed it, or not yet."""
        await self._as_operator(id, member_state.delete, confirmed=confirmed)

    async def _as_operator(self, id: UUID, act: Any, *more: Any, confirmed: bool) -> None:
        customer_id = await self.fetchval("select customer_id from members where id = $1", id)
        who = Operator(customer_id=customer_id)
        async with self.auth() if confirmed else nullcontext():
            await act(self.context, who, id, *more)

    async def require_ledger(self) -> None:
        """B3: the sum of the ledger is accounts plus open invitations, for every customer."""
        differing = await self.fetchval(
            """
            select count(*) from customers as c
            where (select coalesce(sum(change), 0) from seat_movements where customer_id = c.id)
                <> (select count(*) from members where customer_id = c.id and state <> 'closed')
                + (select count(*) from invitations where customer_id = c.id
                    and state in ('open', 'waiting') and replaces is null)
            """
        )
        assert differing == 0, "seats and their ledger differ"

    async def require_known_events(self) -> None:
        """Every entry of the audit log is an event that pages and files have words for."""
        written = await self.fetchval(
            "select coalesce(array_agg(distinct subject || ':' || action), '{}') from audit_log"
        )
        assert set(written) <= EVENTS

    async def mails(self) -> list[Mail]:
        """Process membership's messages to itself, then take the mails that it sent to notifier."""
        await self.do_own_messages()
        messages = [SendMail.model_validate_json(one) for one in await self.take(SendMail.NAME)]
        return [
            Mail(
                message.template,
                message.to,
                message.locale,
                json.loads(self.opener.open(message.key_id, message.sealed_params)),
                message.subject_id,
            )
            for message in messages
        ]

    async def do_own_messages(self) -> None:
        for payload in await self.take(StartRegistration.NAME):
            await self.do(payload)

    async def do(self, payload: str) -> None:
        """Receive membership's own message about a registration."""
        item = Item(id=new_id(), attempt=1, sender="membership", request_id="", body=payload)
        message = StartRegistration.model_validate_json(payload)
        async with self.context.db.transaction("test") as connection:
            await registration_tasks.start(self.context, connection, Received(item, message))

    async def take(self, name: str) -> list[str]:
        """Take the payloads of unconfirmed messages of one name, and confirm them."""
        async with self.context.db.transaction("test") as connection:
            rows = await connection.fetch(
                "select id, payload from outbox where name = $1 and confirmed_at is null "
                "order by id",
                name,
            )
            await outbox.mark_confirmed(connection, [row["id"] for row in rows])
        return [row["payload"] for row in rows]

    async def synced(self) -> list[SyncAccount]:
        """The states sent to auth, confirmed or not, whose payload is still stored."""
        return [
            SyncAccount.model_validate_json(payload)
            for payload in await self.fetchval(
                "select coalesce(array_agg(payload order by id), '{}') from outbox "
                "where name = $1 and payload is not null",
                SyncAccount.NAME,
            )
        ]

    async def send_receipts(self) -> None:
        """Confirm all states sent to auth; `told` collects them."""
        async with self.context.db.connection() as connection:
            rows = await connection.fetch(
                "select id, payload from outbox "
                "where name = $1 and confirmed_at is null order by id",
                SyncAccount.NAME,
            )
        self.told += [SyncAccount.model_validate_json(row["payload"]) for row in rows]
        ids = [row["id"] for row in rows]
        if ids:
            await take(
                self.context.db,
                self.context,
                Receipt(ids=tuple(ids)),
                service="membership",
                after=RECEIPTS,
            )

    @asynccontextmanager
    async def auth(self) -> AsyncIterator[None]:
        """An auth that confirms at once."""

        async def confirm_all() -> None:
            while True:
                await self.send_receipts()
                await asyncio.sleep(0.01)

        confirming = asyncio.create_task(confirm_all())
        try:
            yield
        finally:
            confirming.cancel()
            with suppress(asyncio.CancelledError):
                await confirming

    async def advance(self, interval: str) -> None:
        await advance_clock(self.context.db, interval)
        await self.context.clock.refresh(self.context.db)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        async with self.context.db.connection() as connection:
            return await connection.fetchval(query, *arguments)

    async def fetchrow(self, query: str, *arguments: Any) -> dict[str, Any]:
        async with self.context.db.connection() as connection:
            row = await connection.fetchrow(query, *arguments)
            assert row is not None
            return dict(row)

    async def execute(self, query: str, *arguments: Any) -> None:
        async with self.context.db.connection() as connection:
            await connection.execute(query, *arguments)


IMPATIENT = pytest.mark.parametrize(
    "membership", [{"receipt_wait_seconds": 0, "opening_wait_seconds": 0}], indirect=True
)
"""For a test without receipts of auth: no answer waits for them."""


def form(**entered: Any) -> dict[str, Any]:
    """The form of 山田太郎 of ヤマト商事."""
    return {
        "customer_code": "A-1001",
        "customer_phone": "03-0000-1001",
        "family_name": "山田",
        "given_name": "太郎",
        "family_name_kana": "ヤマダ",
        "given_name_kana": "タロウ",
        "email": "taro@yamato.example",
        "phone": "090-0000-0001",
        **entered,
    }


def applicant(number: int) -> dict[str, Any]:
    """The details of another applicant of ヤマト商事; each number is another person."""
    return {
        "family_name": f"社員{number}",
        "given_name": "花子",
        "family_name_kana": "",
        "given_name_kana": "",
        "email": f"person{number}@yamato.example",
        "phone": f"0900000{number:04d}",
    }


YAMATO = "A-1001,株式会社ヤマト商事,corporation,0300001001,yamato.example,,"
MINATO = "A-1003,合同会社みなと企画,corporation,0450001003,minato.test,,"


def _now(request: web.Request) -> datetime:
    return request.app[CONTEXT].clock.now()


def _authenticated_at(request: web.Request) -> datetime:
    """When the caller's session was authenticated; by default at this moment."""
    if "Test-Stale" in request.headers:
        return _now(request) - timedelta(hours=1)
    told = request.headers.get("Test-Authenticated")
    return datetime.fromisoformat(told) if told else _now(request)


async def _caller_of_header(request: web.Request, _access: Access) -> Caller:
    """The member of the header Test-Caller, who claims to be an owner unless Test-Role differs."""
    network = request.headers.get("Test-Network", "192.0.2.77")
    try:
        member_id = UUID(request.headers.get("Test-Caller", ""))
    except ValueError:
        return Anonymous(network=network)
    return Member(
        id=member_id,
        session_id=UUID(request.headers.get("Test-Session", str(new_id()))),
        customer_id=new_id(),
        role=cast(Role, request.headers.get("Test-Role", "owner")),
        authenticated_at=_authenticated_at(request),
        network=network,
    )


def membership_settings(database: TestDatabase, redis_url: str, **more: Any) -> MembershipSettings:
    return MembershipSettings(
        **{
            "origin": ORIGIN,
            "redis_url": redis_url,
            **message_settings("membership"),
            "membership_database_url": database.dsn("membership"),
            "auth_url": "http://localhost:1",
            "mail_public_key": new_key(),
            "first_password_key": new_key(),
            "operators_mail": OPERATORS,
            "mail_from": "Zaiseki <no-reply@zaiseki.example>",
            "vendor_name": "株式会社ケイアイ",
            "contact_phone": "03-1234-5678",
            "trial_clock": "on",
            "rate_limits": "off",
            **more,
        }
    )


@pytest_asyncio.fixture
async def membership(
    database: TestDatabase, redis_url: str, request: pytest.FixtureRequest
) -> AsyncIterator[Membership]:
    """With other settings if a test gives them as the fixture's parameter."""
    private = PrivateKey.generate()
    more = {"mail_public_key": bytes(private.public_key), **getattr(request, "param", {})}
    settings = membership_settings(database, redis_url, **more)
    async with make(settings, _caller_of_header) as app:
        server = TestServer(app)
        await server.start_server()
        async with aiohttp.ClientSession(base_url=server.make_url("/")) as session:
            promises = await Promises.fetch(session)
            opener = Opener([bytes(private)])
            membership = Membership(app[CONTEXT], server, opener, session, promises)
            yield membership
            await membership.require_ledger()
            await membership.require_known_events()
        await server.close()


@pytest_asyncio.fixture
async def yamato(membership: Membership) -> Membership:
    """Membership with one customer that has no members yet."""
    await membership.customers(YAMATO)
    return membership
