"""What travels through Redis: messages of one kind as JSON text, signed together with their name.

Whoever can write to Redis gains nothing: without the key there is no signature, a signature holds
for one name only, and what is older than an inbox remembers is refused.
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from shared.contracts.base import Message
from shared.crypto import age, equal

BATCH = 25
"""The most messages in one Celery task."""
LARGEST_TASK = 256 * 1024
"""Bytes of the messages' own JSON in one Celery task."""
INBOX_KEEPS = timedelta(days=30)
KEY_PREFIX = "zaiseki:"
"""Before every key of the broker's."""

M = TypeVar("M", bound=Message)
T = TypeVar("T")


class NotYet(Exception):
    """The effect has to wait for something else to happen first; the message comes again."""


class Item(BaseModel):
    """One message on its way. `attempt` counts its dispatches; `body` is the message's own JSON."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    attempt: int
    sender: str
    request_id: str
    traceparent: str | None = None
    body: str


class Failure(BaseModel):
    """That a message was at fault itself, and at which attempt."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    attempt: int
    code: str


class Receipt(BaseModel):
    """Which messages have had their effect, and which are at fault themselves."""

    model_config = ConfigDict(frozen=True)

    ids: tuple[UUID, ...] = ()
    failed: tuple[Failure, ...] = ()


class Received(Generic[M]):
    """A message as a task sees it."""

    __slots__ = ("attempt", "id", "message", "request_id", "sender")

    def __init__(self, item: Item, message: M) -> None:
        self.id = item.id
        self.attempt = item.attempt
        self.sender = item.sender
        self.request_id = item.request_id
        self.message = message


Reason = Literal[
    "bad_signature", "malformed", "too_old", "too_large", "wrong_sender", "unknown_name", "garbage"
]
"""Why a message is dropped unread."""


class Refused(Exception):
    """A text from the broker that is dropped."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


_ANY = "surrogatepass"
"""JSON can carry half a surrogate pair, which no text that we signed does."""

_ITEMS = TypeAdapter(Annotated[list[Item], Field(min_length=1, max_length=BATCH)])
_RECEIPT = TypeAdapter(Receipt)


class Signer:
    """Signs with the current key and accepts the previous ones too, so that keys can be rotated."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def pack(self, name: str, items: Sequence[Item]) -> tuple[str, str]:
        """The two arguments of the Celery task `name` that carries these messages."""
        return self._signed(name, _ITEMS.dump_json(list(items), exclude_none=True).decode())

    def pack_receipt(self, name: str, receipt: Receipt) -> tuple[str, str]:
        """The two arguments of the Celery task `name` that carries this receipt."""
        return self._signed(name, receipt.model_dump_json())

    def unpack(self, message: type[Message], text: object, signature: object) -> list[Item]:
        """The messages of one sender, oldest first.

        Raises:
            Refused: The signature is not ours, the text is not 1 to `BATCH` messages of one service
                that may send them, or one is older than an inbox remembers.
        """
        items = self._verified(message.NAME, text, signature, _ITEMS)
        senders = {item.sender for item in items}
        if len(senders) != 1 or not senders <= message.SENDERS:
            raise Refused("wrong_sender")
        if any(age(item.id) > INBOX_KEEPS for item in items):
            raise Refused("too_old")
        return sorted(items, key=lambda item: item.id)

    def unpack_receipt(self, name: str, text: object, signature: object) -> Receipt:
        """The receipt.

        Raises:
            Refused: The signature is not ours, or the text is not a receipt.
        """
        return self._verified(name, text, signature, _RECEIPT)

    def _signed(self, name: str, text: str) -> tuple[str, str]:
        return text, self._mac(self._keys[0], name, text).hex()

    def _verified(self, name: str, text: object, signature: object, shape: TypeAdapter[T]) -> T:
        if not isinstance(text, str) or not isinstance(signature, str):
            raise Refused("malformed")
        claimed = signature.encode(errors=_ANY)
        if not any(equal(self._mac(key, name, text).hex().encode(), claimed) for key in self._keys):
            raise Refused("bad_signature")
        try:
            return shape.validate_json(text)
        except ValidationError as error:
            raise Refused("malformed") from error

    @staticmethod
    def _mac(key: bytes, name: str, text: str) -> bytes:
        return hmac.digest(key, f"{name}\n{text}".encode(errors=_ANY), "sha256")
