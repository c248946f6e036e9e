"""Mails to an account: at its stored address, in its own language, never in the asker's (T15)."""

from datetime import datetime

from services.auth.domain.accounts import Account
from services.auth.flows.ground.context import Context
from shared import clock
from shared.contracts.mails import MailParams
from shared.db import Connection
from shared.messaging.mailer import NOTICE_LIVES


async def send(
    connection: Connection,
    context: Context,
    account: Account,
    params: MailParams,
    *,
    expires_at: datetime | None = None,
) -> None:
    """A mail that ends with what it carries, or without `expires_at` a notice.

    It is about the account that it goes to, also where it names a colleague.
    """
    await context.mailer.send(
        connection,
        params,
        to=account.email,
        subject_id=account.member_id,
        customer_id=account.customer_id,
        locale=account.locale,
        expires_at=expires_at or await clock.now(connection) + NOTICE_LIVES,
    )
