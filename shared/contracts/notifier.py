"""The messages that notifier reads."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Locale, Message, Moment


class SendMail(Message):
    """One mail to one address. The message's id is the mail's id, so a repeat sends nothing new.

    `sealed_params` is the JSON of the template's class, one of `shared.contracts.mails` and its
    like, sealed for the notifier's public key (X25519 sealed box) in base64; `key_id` says which
    key opens it. Nothing is sent after `expires_at`.
    """

    NAME: ClassVar[str] = "notifier.send_mail"
    QUEUE: ClassVar[str] = "notifier"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth", "membership"})

    template: str
    subject_id: UUID
    customer_id: UUID | None = None
    to: str
    locale: Locale
    expires_at: Moment
    key_id: str
    sealed_params: str


class ForgetPerson(Message):
    """The subject of these mails was erased (R11): the contents of sent mails are deleted at once,
    those of others, such as the farewell, once they were sent or have expired."""

    NAME: ClassVar[str] = "notifier.forget_person"
    QUEUE: ClassVar[str] = "notifier"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"membership"})

    subject_id: UUID
