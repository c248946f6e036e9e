"""Mails to an account: at its stored address, in its own language, not the requester's (T15)."""

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
    """A mail that expires with its code or link, or a notice without `expires_at`.

    Its subject is the recipient's account, even if it names a colleague.
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
