"""The format in Redis: messages of one name and sender as JSON text, signed by the sender.

An intruder who can write to Redis has no key, and a service has only its own key, so neither can
send messages that a contract allows only to another service. A signature is valid for one name, and
a message that is older than the inbox's retention is rejected.
"""

import base64
import hmac
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from shared.contracts.base import Message
from shared.crypto import age, equal
from shared.settings import ServiceSettings

BATCH = 25
"""The most messages in one Celery task."""
LARGEST_TASK = 256 * 1024
"""Bytes of the messages' own JSON in one Celery task."""
INBOX_KEEPS = timedelta(days=30)
KEY_PREFIX = "zaiseki:"
"""The prefix of every key of the broker."""

M = TypeVar("M", bound=Message)
T = TypeVar("T")


class NotYet(Exception):
    """The message has to wait for another event first; it is delivered again."""


class Item(BaseModel):
    """One message in transit. `attempt` counts its dispatches; `body` is the message's JSON."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    attempt: int
    sender: str
    request_id: str
    traceparent: str | None = None
    body: str


class Failure(BaseModel):
    """A permanent failure of a message, with the attempt."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    attempt: int
    code: str


class Receipt(BaseModel):
    """The messages that were applied, and those that failed permanently.

    `reader` is the service that signed it, and is not part of its text. None: it was signed with a
    key that all services share (by the previous release).
    """

    model_config = ConfigDict(frozen=True)

    ids: tuple[UUID, ...] = ()
    failed: tuple[Failure, ...] = ()
    reader: str | None = Field(None, exclude=True)


class Received(Generic[M]):
    """A received message, as passed to a task."""

    __slots__ = ("attempt", "id", "message", "request_id", "sender", "traceparent")

    def __init__(self, item: Item, message: M) -> None:
        self.id = item.id
        self.attempt = item.attempt
        self.sender = item.sender
        self.request_id = item.request_id
        self.traceparent = item.traceparent
        self.message = message


Reason = Literal[
    "bad_signature", "malformed", "too_old", "too_large", "wrong_sender", "unknown_name", "garbage"
]
"""The reason for rejecting a message unread."""


class Refused(Exception):
    """A text from the broker is rejected."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


_ANY = "surrogatepass"
"""JSON can contain half a surrogate pair; texts that we sign never do."""

_ITEMS = TypeAdapter(Annotated[list[Item], Field(min_length=1, max_length=BATCH)])
_RECEIPT = TypeAdapter(Receipt)


Signature = str
"""`<service>:<base64>`, over the service, the task's name and the text (Ed25519)."""


class Signer:
    """Signs with the service's own key, and verifies with the public keys of all services."""

    def __init__(
        self,
        service: str,
        key: bytes,
        public_keys: Mapping[str, Iterable[bytes]],
        *,
        shared_keys: Iterable[bytes] = (),
    ) -> None:
        """`shared_keys` are those of the previous release: one secret for all (HMAC-SHA-256)."""
        self._service = service
        self._key = SigningKey(key)
        self._public_keys = {
            name: tuple(map(VerifyKey, keys)) for name, keys in public_keys.items()
        }
        self._shared_keys = tuple(shared_keys)

    @classmethod
    def of(cls, service: str, settings: ServiceSettings) -> "Signer":
        """The signer of a service with these settings."""
        return cls(
            service,
            settings.message_key,
            settings.message_public_keys,
            shared_keys=settings.message_keys,
        )

    def pack(self, name: str, items: Sequence[Item]) -> tuple[str, str]:
        """The two arguments of the Celery task `name` that carries these messages."""
        return self.sign(name, _ITEMS.dump_json(list(items), exclude_none=True).decode())

    def pack_receipt(self, name: str, receipt: Receipt) -> tuple[str, str]:
        """The two arguments of the Celery task `name` that carries this receipt."""
        return self.sign(name, receipt.model_dump_json())

    def sign(self, name: str, text: str) -> tuple[str, str]:
        """A text and its signature."""
        signed = self._key.sign(_signed(self._service, name, text)).signature
        return text, f"{self._service}:{base64.b64encode(signed).decode()}"

    def unpack(self, message: type[Message], text: str, signature: Signature) -> list[Item]:
        """The messages of one sender, oldest first.

        Raises:
            Refused: The signature is not the sender's, the text is not 1 to `BATCH` different
                messages of one service that may send them, or one is older than the inbox's
                retention.
        """
        signer = self._verify(message.NAME, text, signature)
        items = _read(_ITEMS, text)
        if len({item.id for item in items}) != len(items):
            raise Refused("malformed")
        senders = {item.sender for item in items}
        if len(senders) != 1 or not senders <= message.SENDERS & {signer or items[0].sender}:
            raise Refused("wrong_sender")
        if any(age(item.id) > INBOX_KEEPS for item in items):
            raise Refused("too_old")
        return sorted(items, key=lambda item: item.id)

    def unpack_receipt(self, name: str, text: str, signature: Signature) -> Receipt:
        """The receipt, with the service that signed it.

        Raises:
            Refused: The signature is not a service's, or the text is not a receipt.
        """
        reader = self._verify(name, text, signature)
        return _read(_RECEIPT, text).model_copy(update={"reader": reader})

    def _verify(self, name: str, text: str, signature: Signature) -> str | None:
        service, separator, encoded = signature.partition(":")
        if not separator:
            self._verify_shared(name, text, signature)
            return None
        for key in self._public_keys.get(service, ()):
            with suppress(BadSignatureError, ValueError):  # ValueError: not base64, not 64 bytes
                key.verify(_signed(service, name, text), base64.b64decode(encoded, validate=True))
                return service
        raise Refused("bad_signature")

    def _verify_shared(self, name: str, text: str, signature: Signature) -> None:
        claimed, signed = signature.encode(errors=_ANY), f"{name}\n{text}".encode(errors=_ANY)
        macs = [hmac.digest(key, signed, "sha256").hex() for key in self._shared_keys]
        if not any(equal(mac.encode(), claimed) for mac in macs):
            raise Refused("bad_signature")


def _signed(service: str, name: str, text: str) -> bytes:
    return f"{service}\n{name}\n{text}".encode(errors=_ANY)


def _read(shape: TypeAdapter[T], text: str) -> T:
    try:
        return shape.validate_json(text)
    except ValidationError as error:
        raise Refused("malformed") from error
