"""Two budgets for each recipient of mail, and one for each company (design, section 6).

Mails caused by signed-in people are rejected with the waiting time; those caused by strangers wait.
Both are counted in the transaction that writes the mail to the outbox, so rolled back or replayed
requests are not counted, and parallel requests are limited like sequential ones.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from services.membership.domain.company import mail_budgets as domain
from services.membership.domain.company.mail_budgets import (
    HOUR,
    WAITING_FROM_A_NETWORK,
    Kind,
    WaitingMail,
)
from services.membership.domain.joining.registrations import Entry
from services.membership.errors import TooManyMailsOfCompany, TooManyMailsToAddress
from services.membership.flows.ground.acting import Acting
from services.membership.storage.company import caused_mails
from shared import clock
from shared.db import Connection

Turn = Literal["now", "waits", "never"]


async def charge(act: Acting, kind: Kind, id: UUID, email: str) -> None:
    """Count one mail that a member or operator causes, about the invitation or change `id`.

    Raises:
        TooManyMailsToAddress: Its recipient got three in the last hour, or one of this kind within
            a minute; `email` is the address, `retry_after` says when the next may be sent.
        TooManyMailsOfCompany: The company has caused as many as it may in an hour.
    """
    await caused_mails.end_waiting(act.connection, [id])  # this mail says the same
    if not await charge_list(act, kind, {id: email}):
        sent = await caused_mails.list_of_customer(act.connection, act.customer.id)
        free_at = sent[0] + HOUR
        raise TooManyMailsOfCompany(retry_after=(free_at - act.now).total_seconds())


async def charge_list(act: Acting, kind: Kind, addresses: Mapping[UUID, str]) -> set[UUID]:
    """Count a list of mails, and return those to send now; the others wait for a budget.

    Raises:
        TooManyMailsToAddress: As for `charge`; of several the one that has to wait longest.
    """
    key = act.context.settings.first_password_key
    mailboxes = {id: domain.mailbox(key, email) for id, email in addresses.items()}
    await _require_room(act, kind, addresses, mailboxes)
    sent_now = set(list(addresses)[: await room(act)])
    for id, mailbox in mailboxes.items():
        await caused_mails.add_of_member(
            act.connection,
            kind,
            mailbox,
            subject_id=id,
            customer_id=act.customer.id,
            sent=id in sent_now,
        )
    return sent_now


async def queue(connection: Connection, kind: Kind, id: UUID, entry: Entry) -> Turn:
    """Count a mail that a stranger causes, about the registration `id`: whether it is sent now,
    waits, or is dropped, because too many of the network already wait for this mailbox.

    It never waits for a lock: if the lock is taken, the mail waits for a later turn.
    """
    assert entry.mailbox is not None
    assert entry.network is not None
    alone = await caused_mails.lock_if_free(connection, entry.mailbox, "stranger")
    waiting = await caused_mails.count_waiting(connection, entry.mailbox, entry.network)
    if waiting.of_network >= WAITING_FROM_A_NETWORK:
        return "never"
    now = await clock.now(connection)
    caused = await caused_mails.list_of_mailbox(connection, entry.mailbox, "stranger")
    sent_now = alone and not waiting.number and domain.wait_of_mailbox(caused, kind, now) <= 0
    await caused_mails.add_of_stranger(connection, kind, entry, subject_id=id, sent=sent_now)
    return "now" if sent_now else "waits"


async def take_turn(connection: Connection, mailbox: bytes) -> WaitingMail | None:
    """The next mail caused by strangers for a mailbox, if one may be sent now.

    Networks take turns, and one that never had a mail comes first: a stranger delays another
    person's mail by only one mail, regardless of the number of requests.
    """
    if not await caused_mails.lock_if_free(connection, mailbox, "stranger"):
        return None
    mail = await caused_mails.find_next_of_strangers(connection, mailbox)
    if mail is None:
        return None
    caused = await caused_mails.list_of_mailbox(connection, mailbox, "stranger")
    if domain.wait_of_mailbox(caused, mail.kind, await clock.now(connection)) > 0:
        return None
    await caused_mails.update_sent(connection, mail.id)
    return mail


async def has_room(act: Acting) -> bool:
    """Whether the company may cause one more mail now."""
    return await room(act) > 0


async def room(act: Acting) -> int:
    """The number of mails that the company may cause now."""
    sent = await caused_mails.list_of_customer(act.connection, act.customer.id)
    return max(0, domain.room_of_company(len(sent), act.customer.seat_limit))


async def list_waits(act: Acting, kind: Kind, emails: Sequence[str]) -> dict[str, float]:
    """The seconds until each of these may get a mail of this kind; 0 if now. It counts nothing."""
    key = act.context.settings.first_password_key
    mailboxes = {email: domain.mailbox(key, email) for email in emails}
    numbers = Counter(mailboxes.values())
    waits = {}
    for email, mailbox in mailboxes.items():
        caused = await caused_mails.list_of_mailbox(act.connection, mailbox, "member")
        number = numbers[mailbox]
        waits[email] = domain.wait_of_mailbox(caused, kind, act.now, number=number)
    return waits


async def _require_room(
    act: Acting, kind: Kind, addresses: Mapping[UUID, str], mailboxes: Mapping[UUID, bytes]
) -> None:
    waits: dict[bytes, float] = {}
    # In one order, or two companies that invite the same people would wait for each other.
    for mailbox, number in sorted(Counter(mailboxes.values()).items()):
        await caused_mails.lock(act.connection, mailbox, "member")
        caused = await caused_mails.list_of_mailbox(act.connection, mailbox, "member")
        waits[mailbox] = domain.wait_of_mailbox(caused, kind, act.now, number=number)
    wait, longest = max((waits[mailbox], id) for id, mailbox in mailboxes.items())
    if wait > 0:
        raise TooManyMailsToAddress(email=addresses[longest], retry_after=wait)
