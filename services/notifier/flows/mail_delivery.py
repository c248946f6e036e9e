"""One mail, from the message that requests it to the server's response.

Before anything is sent, the mail is leased and the attempt recorded; the outcome is recorded after
it. So a crash in between never loses a mail: it costs another attempt with the same bytes and the
same Message-ID. Before the contents go out, the attempt is recorded as one without an answer
(`unknown`). A mail gets at most three attempts of this outcome.
"""

import asyncio
from collections.abc import Collection
from contextlib import AbstractContextManager
from functools import partial
from uuid import UUID

from prometheus_client import Counter, Histogram

from services.notifier.domain import Mail, Outcome, State, pause, sendable
from services.notifier.errors import LeaseLost, UnreadableParams, UnsendableMail
from services.notifier.flows import audit
from services.notifier.flows.context import Context
from services.notifier.mail.render import params_of, read_params
from services.notifier.storage import attempts, forgotten, mails
from shared import tracing
from shared.addresses import mask
from shared.commits import after_commit
from shared.contracts.mails import MailParams
from shared.contracts.notifier import SendMail
from shared.crypto import KeyMissing, age
from shared.db import Connection
from shared.logging import get_logger
from shared.metrics import DELAYS

log = get_logger("mail_delivery")

ATTEMPTS = Counter("zaiseki_mail_attempts", "Attempts to send a mail", ("template", "outcome"))
ACCEPTED_SECONDS = Histogram(
    "zaiseki_mail_seconds",
    "Seconds from the message that requested a mail until the mail server accepted it",
    ("template",),
    buckets=DELAYS,
)

_SETTLE_AGAIN_SECONDS = (0.2, 1.0, 3.0)


async def accept(
    context: Context, connection: Connection, id: UUID, message: SendMail, *, request_id: str
) -> None:
    """Store the mail in the caller's transaction, once per id. It is sent after the commit.

    Its parameters are sealed, that is encrypted for the notifier. If the notifier does not have the
    key for them, the mail is stored in the state `key_missing`.

    Raises:
        UnknownTemplate, UnreadableParams, UnsafeAddress: The message is invalid.
    """
    # Both raise if the message is invalid.
    sendable(message.to)
    params_of(message.template)
    state: State = "queued"
    try:
        _open(context, message.template, message.key_id, message.sealed_params)
    except KeyMissing:
        log.error("no key opens a mail", mail=str(id), key_id=message.key_id)
        state = "key_missing"
        after_commit(ATTEMPTS.labels(message.template, state).inc)
    await mails.add_mail(
        connection,
        id,
        message,
        state=state,
        request_id=request_id,
        traceparent=tracing.traceparent(),
    )


async def lease(context: Context, *, tried: bool, without: Collection[str] = ()) -> Mail | None:
    """Lease a due mail for one attempt, and record the attempt. Returns None if no mail is due.

    `tried` selects mails that were tried before, or those that were not. Mails to the recipients'
    domains in `without` are skipped.
    """
    async with context.db.connection() as connection, connection.transaction():
        mail = await mails.lease_next(connection, tried=tried, without=without)
        if mail is not None:
            await attempts.add_attempt(connection, mail)
    return mail


async def deliver(context: Context, mail: Mail) -> Outcome:
    """Try once to send a leased mail, and record and return the outcome."""
    with _span(context, mail) as span:
        outcome = await _attempt(context, mail)
        span.add({"zaiseki.mail.outcome": outcome.kind, "zaiseki.mail.code": outcome.code or 0})
        if outcome.kind != "accepted":
            span.fail(outcome.kind)
        log.info(
            "mail",
            mail=str(mail.id),
            template=mail.template,
            to=mask(mail.to_address),
            attempt=mail.attempt,
            outcome=outcome.kind,
            code=outcome.code,
            answer=outcome.answer,
        )
    ATTEMPTS.labels(mail.template, outcome.kind).inc()
    if outcome.kind == "accepted":
        ACCEPTED_SECONDS.labels(mail.template).observe(age(mail.id).total_seconds())
    await _settle(context, mail, outcome)
    return outcome


def _span(context: Context, mail: Mail) -> AbstractContextManager[tracing.Span]:
    host, port = context.transport.place
    return tracing.span(
        f"send mail {mail.template}",
        "client",
        {
            "network.protocol.name": "smtp",
            "server.address": host,
            "server.port": port,
            "zaiseki.mail.id": str(mail.id),
            "zaiseki.mail.template": mail.template,
            "zaiseki.mail.attempt": mail.attempt,
        },
    )


async def _attempt(context: Context, mail: Mail) -> Outcome:
    try:
        params = _open(context, mail.template, mail.key_id, mail.sealed_params)
        rendered = context.renderer.render(params, mail.locale)
        content = context.composer.compose(
            rendered, id=mail.id, to=mail.to_address, at=mail.first_attempt_at
        )
        return await context.transport.send(
            mail.to_address,
            content,
            patient=mail.attempt > 1,
            hand_over=partial(_hand_over, context, mail),
        )
    except KeyMissing:
        return Outcome("key_missing")
    except UnsendableMail as error:
        return Outcome("unsendable", answer=type(error).__name__)
    except LeaseLost:
        log.warning("another process sends a mail", mail=str(mail.id), attempt=mail.attempt)
        return Outcome("later", answer="LeaseLost")
    except Exception as error:
        # A bug, which the next release may fix: the mail waits for it.
        log.exception("a mail was not tried", mail=str(mail.id), template=mail.template)
        return Outcome("later", answer=type(error).__name__)


async def _hand_over(context: Context, mail: Mail) -> None:
    """Record that the server may have the mail from now on, before its contents are sent.

    Raises:
        LeaseLost: Another process may be sending the mail.
    """
    async with context.db.connection() as connection:
        if not await attempts.update_handing_over(connection, mail):
            raise LeaseLost


def _open(context: Context, template: str, key_id: str, sealed: str) -> MailParams:
    try:
        data = context.opener.open(key_id, sealed)
    except ValueError:
        data = None
    if data is None:
        raise UnreadableParams(f"{template}: the sealed box is damaged")
    return read_params(template, data)


async def _settle(context: Context, mail: Mail, outcome: Outcome) -> None:
    """Record the outcome, and try this several times: a mail without a recorded outcome would be
    sent again."""
    for seconds in _SETTLE_AGAIN_SECONDS:
        try:
            return await _write(context, mail, outcome)
        except Exception as error:
            log.warning("an attempt was not written down", mail=str(mail.id), error=repr(error))
        await asyncio.sleep(seconds)
    return await _write(context, mail, outcome)


async def _write(context: Context, mail: Mail, outcome: Outcome) -> None:
    async with context.db.transaction("settle mail") as connection:
        await mails.update_settled(connection, mail, outcome, pause=pause(outcome, mail.attempt))
        await attempts.update_ended(connection, mail, outcome)
        # The person may have been deleted while the mail was being sent.
        await forgotten.erase(connection, mail.subject_id)
        if outcome.kind == "gone" and mail.customer_id is not None:
            await audit.record_refused(connection, mail, mail.customer_id)
