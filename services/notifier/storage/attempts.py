"""The table `attempts`: one row for each time that a mail was tried."""

from collections.abc import Sequence

from services.notifier.domain import Mail, Outcome
from shared.db import Connection


async def add_attempts(connection: Connection, mails: Sequence[Mail]) -> None:
    """Write down that these attempts begin."""
    await connection.executemany(
        "insert into attempts (mail_id, attempt) values ($1, $2)",
        [(mail.id, mail.attempt) for mail in mails],
    )


async def update_ended(connection: Connection, mail: Mail, outcome: Outcome) -> None:
    """Write down what an attempt came to."""
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
