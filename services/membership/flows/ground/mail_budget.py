"""Two budgets for each reader of mail, and one for each company (design, section 6).

What signed-in people cause is refused openly, with the time; what strangers cause waits. Both are
counted in the transaction that puts the mail into the outbox, so what is rolled back or replayed is
not counted, and of requests in parallel no more get through than one after another.
"""

from collections import Counter
from collections.abc import Mapping
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
        TooManyMailsToAddress: Its reader got three in the last hour, or one of this kind within a
            minute; `email` says which address, `retry_after` when the next may go.
        TooManyMailsOfCompany: The company has caused as many as it may in an hour.
    """
    await caused_mails.end_waiting(act.connection, [id])  # this mail says the same
    if not await charge_list(act, kind, {id: email}):
        sent = await caused_mails.list_of_customer(act.connection, act.customer.id)
        free_at = sent[0] + HOUR
        raise TooManyMailsOfCompany(retry_after=(free_at - act.now).total_seconds())


async def charge_list(act: Acting, kind: Kind, readers: Mapping[UUID, str]) -> set[UUID]:
    """Count a list of mails; those that may go now. The rest waits for the company's next hour.

    Raises:
        TooManyMailsToAddress: As for `charge`; of several the one that has to wait longest.
    """
    key = act.context.settings.first_password_key
    mailboxes = {id: domain.mailbox(key, email) for id, email in readers.items()}
    await _require_room(act, kind, readers, mailboxes)
    sent = await caused_mails.list_of_customer(act.connection, act.customer.id)
    room = domain.room_of_company(len(sent), act.customer.seat_limit)
    going = set(list(readers)[: max(0, room)])
    for id, mailbox in mailboxes.items():
        await caused_mails.add_of_member(
            act.connection,
            kind,
            mailbox,
            subject_id=id,
            customer_id=act.customer.id,
            sent=id in going,
        )
    return going


async def queue(connection: Connection, kind: Kind, id: UUID, entry: Entry) -> Turn:
    """Count a mail that a stranger causes, about the registration `id`: whether it goes now, waits
    for its turn, or leaves nothing, because the network has too many that wait for this mailbox.

    It never waits for a lock: who comes at the same moment as another one waits for a turn.
    """
    assert entry.mailbox is not None
    assert entry.network is not None
    alone = await caused_mails.lock_if_free(connection, entry.mailbox, "stranger")
    waiting = await caused_mails.count_waiting(connection, entry.mailbox, entry.network)
    if waiting.of_network >= WAITING_FROM_A_NETWORK:
        return "never"
    now = await clock.now(connection)
    caused = await caused_mails.list_of_reader(connection, entry.mailbox, "stranger")
    goes = alone and not waiting.number and domain.wait_of_reader(caused, kind, now) <= 0
    await caused_mails.add_of_stranger(connection, kind, entry, subject_id=id, sent=goes)
    return "now" if goes else "waits"


async def take_turn(connection: Connection, mailbox: bytes) -> WaitingMail | None:
    """What goes next of the mails that strangers caused to a mailbox, if one may go now.

    The network whose last mail is longest ago comes first, one that never had a mail before all
    others: a stranger delays another person's mail by one of theirs, however many they ask for.
    """
    if not await caused_mails.lock_if_free(connection, mailbox, "stranger"):
        return None
    mail = await caused_mails.find_next_of_strangers(connection, mailbox)
    if mail is None:
        return None
    caused = await caused_mails.list_of_reader(connection, mailbox, "stranger")
    if domain.wait_of_reader(caused, mail.kind, await clock.now(connection)) > 0:
        return None
    await caused_mails.update_sent(connection, mail.id)
    return mail


async def has_room(act: Acting) -> bool:
    """Whether the company may cause one more mail now."""
    sent = await caused_mails.list_of_customer(act.connection, act.customer.id)
    return domain.room_of_company(len(sent), act.customer.seat_limit) > 0


async def _require_room(
    act: Acting, kind: Kind, readers: Mapping[UUID, str], mailboxes: Mapping[UUID, bytes]
) -> None:
    waits: dict[bytes, float] = {}
    # In one order, or two companies that invite the same people would wait for each other.
    for mailbox, number in sorted(Counter(mailboxes.values()).items()):
        await caused_mails.lock(act.connection, mailbox, "member")
        caused = await caused_mails.list_of_reader(act.connection, mailbox, "member")
        waits[mailbox] = domain.wait_of_reader(caused, kind, act.now, number=number)
    wait, longest = max((waits[mailbox], id) for id, mailbox in mailboxes.items())
    if wait > 0:
        raise TooManyMailsToAddress(email=readers[longest], retry_after=wait)
