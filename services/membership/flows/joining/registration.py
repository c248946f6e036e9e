"""Registration (R1 to R5): requested, mailed, confirmed; then approved automatically or decided.

Nothing is looked up before the mail is requested, and nothing is compared with the customer list
before the confirmation, so no response, mail or duration shows a stranger what exists.
"""

from dataclasses import dataclass
from datetime import datetime

from services.membership.domain.company import mail_budgets
from services.membership.domain.company.mail_budgets import WAITS_FOR, WaitingMail
from services.membership.domain.entry.text import code_key
from services.membership.domain.joining.registrations import LINK_LIFETIME, Entry, Registration
from services.membership.errors import RegistrationLinkInvalid
from services.membership.flows.ground import mail_budget, notices
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import account_opening, registration_confirmation
from services.membership.flows.joining.account_opening import Confirmed
from services.membership.storage.company import caused_mails, customers
from services.membership.storage.joining import registrations
from services.membership.storage.members import members
from shared import clock
from shared.contracts.mails import RegistrationConfirmation, RegistrationKnown
from shared.contracts.membership import StartRegistration
from shared.crypto import new_id, random_token, sha256
from shared.db import Connection
from shared.idempotency import once
from shared.messaging import outbox

_ROUTE = "POST /registrations"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link confirms, and when it expires; `entry` is None if the link was used before."""

    entry: Entry | None
    expires_at: datetime


async def request(
    context: Context, message: StartRegistration, *, network: str, key: str | None
) -> None:
    """Accept a form: write only a message to the service itself, for every form (R1).

    A repeated request may come from another network, so the network is not compared.

    Raises:
        IdempotencyKeyBusy: The first request with this key has not ended.
    """
    hashed = mail_budgets.network(context.settings.first_password_key, network)
    sent = message.model_copy(update={"network": hashed.hex()})
    async with context.db.transaction("request registration") as connection:
        await once(
            connection,
            caller=None,
            route=_ROUTE,
            key=key,
            body=message,
            make=lambda: outbox.put(connection, sent),
        )


def valid_until(context: Context) -> datetime:
    """The time until which the link of a form sent now works, at least.

    It depends on nothing else, so it reveals nothing. A mail that waits for the budget of its
    mailbox is sent later, and its link works for longer.
    """
    return (context.clock.now() + LINK_LIFETIME).replace(microsecond=0)


async def start(connection: Connection, context: Context, entry: Entry) -> None:
    """Mail the holder of the address, at once or when the budget allows it."""
    id, now = new_id(), await clock.now(connection)
    known = await members.find_by_email_key(connection, entry.email_key)
    turn = await mail_budget.queue(
        connection, "registration_known" if known else "registration", id, entry
    )
    if turn == "never":
        return
    registration = await registrations.add(connection, id, entry, expires_at=now + WAITS_FOR)
    if turn == "now":
        await _mail(connection, context, registration, asked_at=now)


async def send_waiting(context: Context) -> None:
    """Send waiting mails to each mailbox with a free budget; networks take turns."""
    async with context.db.connection() as connection:
        mailboxes = await caused_mails.list_mailboxes_with_room(connection)
    for mailbox in mailboxes:
        async with context.db.transaction("send waiting registration mails") as connection:
            mail = await mail_budget.take_turn(connection, mailbox)
            if mail is not None:
                await _mail_waiting(connection, context, mail)


async def _mail_waiting(connection: Connection, context: Context, mail: WaitingMail) -> None:
    registration = await registrations.lock_unsent(connection, mail.subject_id)
    if registration is not None:
        await _mail(connection, context, registration, asked_at=mail.asked_at)
    else:  # erased, or ended by another link of the address
        await caused_mails.clear(connection, mail.id)


async def _mail(
    connection: Connection, context: Context, registration: Registration, *, asked_at: datetime
) -> None:
    """A link, or a notice that the address has an account."""
    id, entry, token = registration.id, registration.entry, random_token()
    expires_at = await clock.now(connection) + LINK_LIFETIME
    member = await members.find_by_email_key(connection, entry.email_key)
    if member is not None:
        await registrations.close(connection, id)
        known = RegistrationKnown(requested_at=asked_at)
        await notices.write(connection, context, member, known, expires_at=expires_at)
        return
    await registrations.update_mailed(
        connection, id, token_sha256=sha256(token), expires_at=expires_at
    )
    await context.mailer.send(
        connection,
        RegistrationConfirmation(token=token, expires_at=expires_at),
        to=entry.email,
        subject_id=id,
        locale=entry.locale,
        expires_at=expires_at,
    )


async def preview(context: Context, token: str) -> Preview:
    """Find what a link confirms. It changes nothing: mail scanners open links.

    It looks up no customer. So neither its result nor its duration shows whether the code is right,
    or why a confirmed registration has to wait.

    Raises:
        RegistrationLinkInvalid: `confirm` would raise it too.
    """
    async with context.db.snapshot("preview registration") as connection:
        registration = await _find(connection, token)
        if not await _answers(connection, context, registration):
            raise RegistrationLinkInvalid
    pending = registration.state == "unconfirmed"
    return Preview(registration.entry if pending else None, registration.expires_at)


async def confirm(context: Context, token: str) -> Confirmed:
    """Use a link. A repetition gives the same result and changes nothing.

    Raises:
        RegistrationLinkInvalid: It is unknown, expired, or was replaced by another registration.
    """
    async with context.db.connection() as connection:
        registration = await _find(connection, token)
    seconds = context.settings.opening_wait_seconds
    async with context.confirmations.expect(registration.id, seconds=seconds) as auth:
        async with context.db.transaction("confirm registration") as connection:
            confirmed = await _settle(connection, context, registration)
        return await account_opening.settled(auth, confirmed)


async def _find(connection: Connection, token: str) -> Registration:
    found = (
        await registrations.find_by_token(connection, sha256(token)) if token.isascii() else None
    )
    if found is None:
        raise RegistrationLinkInvalid
    return found


async def _answers(connection: Connection, context: Context, registration: Registration) -> bool:
    """Whether the link can be used, or was used and still has an answer."""
    if registration.state == "unconfirmed":
        key = registration.entry.email_key
        return await members.find_by_email_key(connection, key) is None
    if registration.state == "approved":
        opened = await account_opening.find_opened(connection, context, registration.id)
        return opened is not None
    return registration.state in ("waiting", "dropped")


async def _settle(connection: Connection, context: Context, seen: Registration) -> Confirmed:
    """Under the lock of the address: of several simultaneous confirmations the first one counts."""
    await customers.lock_by_code_key(connection, code_key(seen.entry.customer_code))
    locked = await registrations.lock_of_address(connection, seen.entry.email_key, id=seen.id)
    # It is missing only if it was dropped or its link expired since it was seen.
    registration = next((one for one in locked if one.id == seen.id), None)
    if registration is None or registration.state in ("waiting", "dropped"):
        return Confirmed("awaiting_approval")
    if registration.state == "unconfirmed":
        if not await registration_confirmation.decide(connection, context, registration):
            return Confirmed("awaiting_approval")
    elif registration.state != "approved":
        raise RegistrationLinkInvalid
    opened = await account_opening.find_opened(connection, context, registration.id)
    if opened is None:
        raise RegistrationLinkInvalid
    return opened
