"""The table `mails`: mails to send, their leases, and their outcomes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.notifier.domain import LEASE, MOST_UNKNOWN, Mail, Outcome, State, state_after
from shared.contracts.notifier import SendMail
from shared.db import Connection


@dataclass(frozen=True, slots=True)
class SealedSample:
    """The parameters of one mail that waits for a key, for trying the key."""

    key_id: str
    sealed_params: str


async def add_mail(
    connection: Connection,
    id: UUID,
    message: SendMail,
    *,
    state: State,
    request_id: str,
    traceparent: str | None = None,
) -> None:
    """Store a mail to send; a repetition changes nothing."""
    await connection.execute(
        """
        insert into mails (
            id, template, subject_id, customer_id, to_address, locale, state, key_id,
            sealed_params, request_id, traceparent, expires_at, held
        )
        values (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
            exists (select from mail_hold where $1 < held_before)
        )
        on conflict (id) do nothing
        """,
        id,
        message.template,
        message.subject_id,
        message.customer_id,
        message.to,
        message.locale,
        state,
        message.key_id,
        message.sealed_params,
        request_id,
        traceparent,
        message.expires_at,
    )


async def lease_next(
    connection: Connection, *, tried: bool, without: Collection[str] = ()
) -> Mail | None:
    """Lease a due mail for one attempt, the one whose contents expire first.

    `tried`: whether to take retries or new mails; `without`: recipients' domains to skip now.
    Mails that are held since a restore, have expired, or were sent too often without a reply are
    not taken, nor are mails leased by another process until the lease ends.
    """
    row = await connection.fetchrow(
        """
        update mails set
            state = 'sending',
            attempt = attempt + 1,
            first_attempt_at = coalesce(first_attempt_at, clock_now()),
            due_at = now() + $3::interval
        where id = (
            select id from mails
            where state in ('queued', 'sending') and due_at <= now() and expires_at > clock_now()
                and not held and (attempt > 0) = $1
                and lower(split_part(to_address, '@', 2)) <> all($2)
                and (attempt < $4 or (
                    select count(*) from attempts where mail_id = mails.id and outcome = 'unknown'
                ) < $4)
            order by expires_at
            limit 1
            for update skip locked
        )
        returning id, template, subject_id, customer_id, to_address, locale, key_id,
            sealed_params, attempt, first_attempt_at, request_id, traceparent,
            (
                select count(*) from attempts where mail_id = mails.id and outcome = 'unknown'
            )::integer as unknown
        """,
        tried,
        list(without),
        LEASE,
        MOST_UNKNOWN,
    )
    return None if row is None else Mail(**row)


async def update_leases(connection: Connection, held: Collection[Mail]) -> None:
    """Renew the leases of mails whose attempts are still running."""
    await connection.execute(
        """
        update mails set due_at = now() + $3::interval
        from unnest($1::uuid[], $2::integer[]) as held (id, attempt)
        where mails.id = held.id and mails.attempt = held.attempt and state = 'sending'
        """,
        [mail.id for mail in held],
        [mail.attempt for mail in held],
        LEASE,
    )


async def update_settled(
    connection: Connection, mail: Mail, outcome: Outcome, *, pause: timedelta
) -> None:
    """Record the outcome of the attempt; only an acceptance overrides a later attempt.

    The pause before the next attempt varies by a tenth, so that mails rejected together are
    retried at different times.
    """
    await connection.execute(
        """
        update mails set
            state = $3,
            code = $4,
            answer = $5,
            due_at = now() + $6::interval * (0.9 + 0.2 * random()),
            settled_at = case when $3 in ('accepted', 'refused', 'unknown') then clock_now() end
        where id = $1 and state in ('queued', 'sending')
            and (attempt = $2 and state = 'sending' or $3 = 'accepted')
        """,
        mail.id,
        mail.attempt,
        state_after(mail, outcome),
        outcome.code,
        outcome.answer,
        pause,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """The number of mails that wait in a state, and the age of the oldest in seconds."""

    state: State
    mails: int
    oldest_seconds: float


async def list_waiting(connection: Connection) -> list[Waiting]:
    """Mails neither sent nor given up, by state; states without mails are not listed."""
    rows = await connection.fetch(
        """
        select state, count(*) as mails,
            extract(epoch from clock_now() - min(created_at))::float8 as oldest_seconds
        from (
            select state, created_at from mails where state in ('queued', 'sending')
            union all
            select state, created_at from mails where state = 'key_missing'
        ) as waiting
        group by state
        """
    )
    return [Waiting(**row) for row in rows]


async def list_missing_keys(connection: Connection) -> Sequence[SealedSample]:
    """One sample for each key that mails wait for."""
    rows = await connection.fetch(
        """
        select distinct on (key_id) key_id, sealed_params from mails
        where state = 'key_missing' order by key_id
        """
    )
    return [SealedSample(**row) for row in rows]


async def update_key_found(connection: Connection, key_id: str) -> None:
    """Queue the mails that waited for this key."""
    await connection.execute(
        """
        update mails set state = 'queued', due_at = now()
        where state = 'key_missing' and key_id = $1
        """,
        key_id,
    )


async def update_expired(connection: Connection) -> int:
    """Give up mails that expired unsent, erase expired ones, and return how many were given up.

    A mail that is being sent right now is left to its sender. Possibly delivered ones are not
    counted.
    """
    expired = await connection.fetch(
        """
        update mails set
            state = case
                when state in ('accepted', 'refused', 'unknown') then state
                when exists (
                    select from attempts where mail_id = mails.id and outcome = 'unknown'
                ) then 'unknown'
                else 'expired'
            end,
            settled_at = coalesce(settled_at, clock_now()),
            sealed_params = null
        where sealed_params is not null and expires_at <= clock_now()
            and (state <> 'sending' or due_at <= now())
        returning state
        """
    )
    return sum(row["state"] == "expired" for row in expired)


async def update_unanswered(connection: Connection) -> None:
    """Set the state of mails whose process died after their last allowed attempt.

    A running process does this itself when it records the outcome of an attempt.
    """
    await connection.execute(
        """
        update mails set state = 'unknown', settled_at = clock_now()
        where state = 'sending' and due_at <= now() and (
            select count(*) from attempts where mail_id = mails.id and outcome = 'unknown'
        ) >= $1
        """,
        MOST_UNKNOWN,
    )


async def purge_old(connection: Connection, *, kept: timedelta) -> None:
    """Delete mails, with their attempts, so long after they were requested."""
    await connection.execute(
        """
        delete from mails
        where created_at < clock_now() - $1::interval and sealed_params is null
        """,
        kept,
    )
