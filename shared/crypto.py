"""Randomness, digests, ids and sealed boxes; the only place that makes them.

Every random bit comes from the kernel (`secrets`), so forked processes never produce the same
numbers.
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey

_last_id = 0
_id_lock = threading.Lock()


class KeyMissing(Exception):
    """No available private key opens this box."""


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, the rest random.

    The ids of one process sort in the order of their creation (section 6.2, method 2).
    """
    global _last_id  # noqa: PLW0603 - the order is kept for the whole process
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x7 << 61)) | (0x4 << 61)  # the variant, and a bit of room to count up
    with _id_lock:
        if value <= _last_id:
            value = _last_id + 1 + secrets.randbits(32)
        _last_id = value
    return UUID(int=value)


def created_at(id: UUID) -> datetime:
    """The time in a UUIDv7."""
    return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)


def age(id: UUID) -> timedelta:
    """The age of a UUIDv7, by the clocks of its creator and of this host."""
    return datetime.now(UTC) - created_at(id)


def random_token() -> str:
    """256 random bits as 43 characters of base64url (RFC 4648, section 5)."""
    return secrets.token_urlsafe(32)


def sha256(text: str) -> bytes:
    """The digest of a token, for the database."""
    return hashlib.sha256(text.encode()).digest()


def hmac_sha256(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA-256 (RFC 2104) over the parts, each preceded by its length."""
    text = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.digest(key, text, "sha256")


def base64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def equal(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)


def key_id(public_key: bytes) -> str:
    """The id of a key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def public_half(private_key: bytes) -> bytes:
    """The public key that belongs to the 32 bytes of a private one (Ed25519, RFC 8032)."""
    return bytes(SigningKey(private_key).verify_key)


class Sealer:
    """Seals texts so that only the holder of the private key reads them (X25519 sealed box)."""

    def __init__(self, public_key: bytes) -> None:
        self.key_id = key_id(public_key)
        self._box = SealedBox(PublicKey(public_key))

    def seal(self, data: bytes) -> str:
        """The sealed data in base64."""
        return base64.b64encode(self._box.encrypt(data)).decode()


class Opener:
    """Opens what a `Sealer` sealed, with the newest and the older private keys."""

    def __init__(self, private_keys: Iterable[bytes]) -> None:
        keys = [PrivateKey(key) for key in private_keys]
        self._boxes = {key_id(bytes(key.public_key)): SealedBox(key) for key in keys}

    def open(self, key_id: str, sealed: str) -> bytes:
        """The data that was sealed.

        Raises:
            KeyMissing: No private key has this id.
            ValueError: The box is damaged.
        """
        box = self._boxes.get(key_id)
        if box is None:
            raise KeyMissing(key_id)
        try:
            return box.decrypt(base64.b64decode(sealed, validate=True))
        except CryptoError as error:
            raise ValueError("a sealed box is damaged") from error
