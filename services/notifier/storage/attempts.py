"""The table `attempts`: one row for each time that a mail was tried."""

from services.notifier.domain import LEASE, Mail, Outcome
from shared.db import Connection


async def add_attempt(connection: Connection, mail: Mail) -> None:
    """Record the beginning of an attempt."""
    await connection.execute(
        "insert into attempts (mail_id, attempt) values ($1, $2)", mail.id, mail.attempt
    )


async def update_handing_over(connection: Connection, mail: Mail) -> bool:
    """Record that the server may have the mail from now on, and renew the lease.

    If the process dies before the reply, this record stays. False: another process has the lease,
    and the contents must not be sent.
    """
    row = await connection.fetchrow(
        """
        with held as (
            update mails set due_at = now() + $3::interval
            where id = $1 and attempt = $2 and state = 'sending'
            returning id
        )
        update attempts set outcome = 'unknown' from held
        where mail_id = held.id and attempt = $2
        returning mail_id
        """,
        mail.id,
        mail.attempt,
        LEASE,
    )
    return row is not None


async def count_blocked(connection: Connection) -> int:
    """The number of waiting mails that were last rejected because of our server or domain."""
    return int(
        await connection.fetchval(
            """
            select count(*) from mails join attempts on attempts.mail_id = mails.id
                and attempts.attempt = mails.attempt - (mails.state = 'sending')::integer
            where mails.state in ('queued', 'sending') and attempts.outcome = 'ours'
            """
        )
    )


async def update_ended(connection: Connection, mail: Mail, outcome: Outcome) -> None:
    """Record the outcome of an attempt."""
    await connection.execute(
        """
        update attempts set ended_at = clock_now(), outcome = $3, code = $4, answer = $5
        where mail_id = $1 and attempt = $2
        """,
        mail.id,
        mail.attempt,
        outcome.kind,
        outcome.code,
        outcome.answer,
    )
