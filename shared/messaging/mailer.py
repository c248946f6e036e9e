"""Requests a mail from notifier, in the caller's transaction, with its parameters sealed."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.base import Locale
from shared.contracts.mails import MailParams
from shared.contracts.notifier import SendMail
from shared.crypto import Sealer
from shared.db import Connection
from shared.messaging import outbox

NOTICE_LIVES = timedelta(days=3)
"""How long a mail without a link may wait to be sent."""


class Mailer:
    """Seals parameters for the notifier's key; only the notifier can read them."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def send(
        self,
        connection: Connection,
        params: MailParams,
        *,
        to: str,
        subject_id: UUID,
        locale: Locale,
        expires_at: datetime,
        customer_id: UUID | None = None,
    ) -> UUID:
        """Request one mail to one address, not to be sent after `expires_at`; returns its id."""
        message = SendMail(
            template=params.TEMPLATE,
            subject_id=subject_id,
            customer_id=customer_id,
            to=to,
            locale=locale,
            expires_at=expires_at,
            key_id=self._sealer.key_id,
            sealed_params=self._sealer.seal(params.model_dump_json().encode()),
        )
        return await outbox.put(connection, message, subject=subject_id)
