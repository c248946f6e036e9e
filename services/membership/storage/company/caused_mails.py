"""The table `caused_mails`: what was sent in the last hour, and what waits until there is room.

A mailbox's budget of one cause is counted under `lock`, a company's under the customer's lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.membership.domain.company.mail_budgets import (
    FOR_A_READER,
    FOR_A_SEAT,
    HOUR,
    LEAST_FOR_A_COMPANY,
    WAITS_FOR,
    Cause,
    Caused,
    Kind,
    WaitingMail,
)
from services.membership.domain.joining.registrations import Entry
from shared.crypto import new_id
from shared.db import Connection

_WAITING = "id, mailbox, kind, subject_id, asked_at"


async def lock(connection: Connection, mailbox: bytes, cause: Cause) -> None:
    """Be alone with what one cause sends to a mailbox, until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock($1)", _number(mailbox, cause))


async def lock_if_free(connection: Connection, mailbox: bytes, cause: Cause) -> bool:
    """The same without waiting; whether it was free."""
    free: bool = await connection.fetchval(
        "select pg_try_advisory_xact_lock($1)", _number(mailbox, cause)
    )
    return free


def _number(mailbox: bytes, cause: Cause) -> int:
    """Each cause has a lock of its own: who holds one never waits for the other."""
    return int.from_bytes(mailbox[:8], "big", signed=True) ^ (cause == "stranger")


async def list_of_reader(connection: Connection, mailbox: bytes, cause: Cause) -> list[Caused]:
    """What one cause sent to a mailbox in the last hour; what waits for its company counts too."""
    rows = await connection.fetch(
        """
        select kind, coalesce(sent_at, clock_now()) as at from caused_mails
        where mailbox = $1 and cause = $2
            and (sent_at > clock_now() - $3::interval or (sent_at is null and cause = 'member'))
        """,
        mailbox,
        cause,
        HOUR,
    )
    return [Caused(**row) for row in rows]


async def list_of_customer(connection: Connection, customer_id: UUID) -> list[datetime]:
    """When a company caused mails in the last hour, the earliest first."""
    rows = await connection.fetch(
        """
        select sent_at from caused_mails
        where customer_id = $1 and sent_at > clock_now() - $2::interval order by sent_at
        """,
        customer_id,
        HOUR,
    )
    return [row["sent_at"] for row in rows]


async def add_of_member(
    connection: Connection,
    kind: Kind,
    mailbox: bytes,
    *,
    subject_id: UUID,
    customer_id: UUID,
    sent: bool,
) -> None:
    """A mail that a signed-in person causes: it goes now, or waits."""
    await connection.execute(
        """
        insert into caused_mails (id, mailbox, cause, kind, subject_id, customer_id, sent_at)
        values ($1, $2, 'member', $3, $4, $5, case when $6 then clock_now() end)
        """,
        new_id(), mailbox, kind, subject_id, customer_id, sent,
    )  # fmt: skip


async def add_of_stranger(
    connection: Connection, kind: Kind, entry: Entry, *, subject_id: UUID, sent: bool
) -> None:
    """A mail that a stranger causes: it goes now, or waits."""
    await connection.execute(
        """
        insert into caused_mails (id, mailbox, cause, kind, subject_id, network, sent_at)
        values ($1, $2, 'stranger', $3, $4, $5, case when $6 then clock_now() end)
        """,
        new_id(), entry.mailbox, kind, subject_id, entry.network, sent,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Queue:
    """How many mails of strangers wait for a mailbox, and how many of them from one network."""

    number: int
    of_network: int


async def count_waiting(connection: Connection, mailbox: bytes, network: bytes) -> Queue:
    """What of strangers waits for a mailbox."""
    row = await connection.fetchrow(
        """
        select count(*) as number, count(*) filter (where network = $2) as of_network
        from caused_mails where mailbox = $1 and cause = 'stranger' and sent_at is null
        """,
        mailbox,
        network,
    )
    assert row is not None
    return Queue(**row)


async def list_mailboxes_with_room(connection: Connection) -> list[bytes]:
    """The mailboxes for which mails of strangers wait, and that got less than their hour's."""
    rows = await connection.fetch(
        """
        select mailbox from caused_mails as waiting
        where cause = 'stranger' and sent_at is null and (
            select count(*) from caused_mails
            where mailbox = waiting.mailbox and cause = 'stranger'
                and sent_at > clock_now() - $1::interval
        ) < $2
        group by mailbox order by min(asked_at) limit 500
        """,
        HOUR,
        FOR_A_READER,
    )
    return [row["mailbox"] for row in rows]


async def find_next_of_strangers(connection: Connection, mailbox: bytes) -> WaitingMail | None:
    """Of the networks that wait for a mailbox, the first mail of the one served longest ago."""
    row = await connection.fetchrow(
        f"""
        select {_WAITING} from caused_mails as waiting
        where mailbox = $1 and cause = 'stranger' and sent_at is null
        order by (
            select max(sent_at) from caused_mails
            where mailbox = $1 and cause = 'stranger' and network = waiting.network
        ) nulls first, id limit 1
        """,
        mailbox,
    )
    return WaitingMail(**row) if row else None


async def update_sent(connection: Connection, id: UUID) -> None:
    """It goes now."""
    await connection.execute("update caused_mails set sent_at = clock_now() where id = $1", id)


async def clear(connection: Connection, id: UUID) -> None:
    """Nothing was sent after all, so nothing counts."""
    await connection.execute("delete from caused_mails where id = $1", id)


async def end_waiting(connection: Connection, subject_ids: Sequence[UUID]) -> None:
    """What waited about these is not to be sent any more."""
    await connection.execute(
        "delete from caused_mails where subject_id = any($1) and sent_at is null",
        list(subject_ids),
    )


async def list_waiting_of_members(connection: Connection) -> list[WaitingMail]:
    """What waits for its company's budget, the oldest first; only of companies that have room, so
    that one that has none keeps no other one waiting."""
    rows = await connection.fetch(
        f"""
        select {_WAITING} from caused_mails as waiting
        where cause = 'member' and sent_at is null and (
            select count(*) from caused_mails
            where customer_id = waiting.customer_id and sent_at > clock_now() - $1::interval
        ) < (
            select greatest($2, $3 * seat_limit) from customers where id = waiting.customer_id
        )
        order by id limit 100
        """,
        HOUR,
        LEAST_FOR_A_COMPANY,
        FOR_A_SEAT,
    )
    return [WaitingMail(**row) for row in rows]


async def end_withdrawn(connection: Connection) -> None:
    """What waits about invitations that are not open any more is not to be sent, and counts for
    nobody's budget."""
    await connection.execute(
        """
        delete from caused_mails as waiting
        where cause = 'member' and sent_at is null and not exists (
            select from invitations where id = waiting.subject_id and state = 'open'
        )
        """
    )


async def purge(connection: Connection) -> None:
    """Forget what went more than an hour ago, which no budget counts any more, unless it tells
    whose turn it is; and what waited for so long that it is worth no mail."""
    await connection.execute(
        """
        delete from caused_mails as old where (
                sent_at <= clock_now() - $1::interval and not exists (
                    select from caused_mails
                    where mailbox = old.mailbox and cause = 'stranger' and sent_at is null
                )
            ) or (sent_at is null and asked_at <= clock_now() - $2::interval)
        """,
        HOUR,
        WAITS_FOR,
    )
