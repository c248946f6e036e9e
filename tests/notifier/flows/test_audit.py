"""A permanently refused mail is recorded in the company's audit log (P7)."""

import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.notifier.flows import mail_delivery
from services.notifier.flows.context import Context
from shared.contracts.notifier import SendMail
from shared.crypto import new_id
from tests.conftest import TestDatabase
from tests.notifier.conftest import Keys, lease, make_due, states
from tests.notifier.smtp_server import SmtpDouble

CUSTOMER = UUID("01900000-0000-7000-8000-0000000000c1")


async def deliver(context: Context, message: SendMail) -> None:
    """Accept a mail, and make one attempt."""
    async with context.db.transaction("test") as connection:
        await mail_delivery.accept(context, connection, new_id(), message, request_id="request-1")
    [mail] = await lease(context)
    await mail_delivery.deliver(context, mail)


async def told(context: Context) -> list[dict[str, Any]]:
    """The entries that wait in the outbox for membership."""
    async with context.db.connection() as connection:
        rows = await connection.fetch(
            "select payload, subject from outbox where name = 'membership.record_audit'"
        )
    return [json.loads(row["payload"])["items"][0] for row in rows]


def about(keys: Keys, customer_id: UUID | None = CUSTOMER) -> SendMail:
    """A mail about a member of a customer, or about a person without one."""
    return keys.message().model_copy(update={"customer_id": customer_id})


async def test_a_refused_mail_is_recorded_without_its_address(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.rcpt = ["550 5.1.1 <taro@example.jp> unknown"]
    message = about(keys)
    await deliver(context, message)
    [entry] = await told(context)
    assert entry.pop("id")
    assert entry.pop("at")
    assert entry == {
        "customer_id": str(CUSTOMER),
        "source": "system",
        "subject": "mail",
        "action": "refused",
        "actor_id": None,
        "target_id": str(message.subject_id),
        "reason": "password_reset",
        "network": "",
        "browser": "",
        "request_id": "request-1",
    }


@pytest.mark.parametrize(
    "answer",
    [
        "250 2.1.5 ok",
        "451 4.7.1 later",
        "552 5.2.2 mailbox full",
        "554 5.7.1 blocked using zen.spamhaus.org",
        "550 5.7.26 domain's DMARC policy",
    ],
)
async def test_a_mail_that_was_sent_or_will_be_tried_again_is_not_recorded(
    context: Context, keys: Keys, smtp: SmtpDouble, answer: str
) -> None:
    smtp.rcpt = [answer]
    await deliver(context, about(keys))
    assert await told(context) == []


async def test_an_unreadable_mail_is_not_recorded_as_a_refusing_mailbox(
    context: Context, keys: Keys
) -> None:
    async with context.db.transaction("test") as connection:
        await mail_delivery.accept(context, connection, new_id(), about(keys), request_id="r")
        await connection.execute("update mails set sealed_params = 'AAAA'")
    [mail] = await lease(context)
    await mail_delivery.deliver(context, mail)
    assert await states(context.db) == ["refused"]
    assert await told(context) == []


async def test_a_mail_without_a_customer_is_in_no_log(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """An applicant belongs to no customer yet."""
    smtp.rcpt = ["550 5.1.1 unknown"]
    await deliver(context, about(keys, None))
    assert await states(context.db) == ["refused"]
    assert await told(context) == []


async def test_p7_a_refusal_is_not_settled_if_its_entry_cannot_be_written(
    context: Context, keys: Keys, smtp: SmtpDouble, database: TestDatabase
) -> None:
    """The mail is tried again later, and then both are written."""
    superuser = await asyncpg.connect(
        database.owner_dsn, server_settings={"search_path": "notifier"}
    )
    await superuser.execute(
        """
        create function fail() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
        create trigger planted before insert on outbox for each row execute function fail()
        """
    )
    smtp.rcpt = ["550 5.1.1 unknown", "550 5.1.1 unknown"]
    with pytest.raises(asyncpg.RaiseError):
        await deliver(context, about(keys))
    assert (await states(context.db), await told(context)) == (["sending"], [])
    await superuser.execute("drop trigger planted on outbox")
    await superuser.close()
    await make_due(context)
    [mail] = await lease(context)
    await mail_delivery.deliver(context, mail)
    assert await states(context.db) == ["refused"]
    assert [(one["subject"], one["action"]) for one in await told(context)] == [("mail", "refused")]
