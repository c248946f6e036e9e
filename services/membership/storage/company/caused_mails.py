"""The table `caused_mails`: mails sent in the last hour, and mails that wait for a budget.

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
    """Lock the mails of one cause to a mailbox, until the transaction ends."""
    await connection.execute("select pg_advisory_xact_lock($1)", _number(mailbox, cause))


async def lock_if_free(connection: Connection, mailbox: bytes, cause: Cause) -> bool:
    """The same without waiting; returns whether the lock was free."""
    free: bool = await connection.fetchval(
        "select pg_try_advisory_xact_lock($1)", _number(mailbox, cause)
    )
    return free


def _number(mailbox: bytes, cause: Cause) -> int:
    """Each cause has its own lock, so the holder of one never waits for the other."""
    return int.from_bytes(mailbox[:8], "big", signed=True) ^ (cause == "stranger")


async def list_of_mailbox(connection: Connection, mailbox: bytes, cause: Cause) -> list[Caused]:
    """One cause's mails to a mailbox in the last hour, including those that wait."""
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
    """Add a mail caused by a signed-in person: sent now, or waiting."""
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
    """Add a mail caused by a stranger: sent now, or waiting."""
    await connection.execute(
        """
        insert into caused_mails (id, mailbox, cause, kind, subject_id, network, sent_at)
        values ($1, $2, 'stranger', $3, $4, $5, case when $6 then clock_now() end)
        """,
        new_id(), entry.mailbox, kind, subject_id, entry.network, sent,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Queue:
    """The number of strangers' mails that wait for a mailbox, and of those from one network."""

    number: int
    of_network: int


async def count_waiting(connection: Connection, mailbox: bytes, network: bytes) -> Queue:
    """The strangers' mails that wait for a mailbox."""
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
    """The mailboxes with waiting mails of strangers, and with a free budget."""
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
    """The first waiting mail of the network that was served longest ago."""
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
    """The mail is sent now."""
    await connection.execute("update caused_mails set sent_at = clock_now() where id = $1", id)


async def clear(connection: Connection, id: UUID) -> None:
    """The mail was not sent after all, so it is not counted."""
    await connection.execute("delete from caused_mails where id = $1", id)


async def end_waiting(connection: Connection, subject_ids: Sequence[UUID]) -> None:
    """Drop the waiting mails about these."""
    await connection.execute(
        "delete from caused_mails where subject_id = any($1) and sent_at is null",
        list(subject_ids),
    )


async def list_waiting_of_members(connection: Connection) -> list[WaitingMail]:
    """Mails that wait for their company's budget, the oldest first; only of companies with a free
    budget, so that one without does not delay others."""
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
    """Drop waiting mails about invitations that are not open any more; they count for no budget."""
    await connection.execute(
        """
        delete from caused_mails as waiting
        where cause = 'member' and sent_at is null and not exists (
            select from invitations where id = waiting.subject_id and state = 'open'
        )
        """
    )


async def purge(connection: Connection) -> None:
    """Delete mails sent more than an hour ago, which no budget counts any more, unless they
    determine the networks' turns; and mails that have waited too long."""
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
