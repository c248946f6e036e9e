"""The token for a first password: derived, so that a link confirmed again gives the same one.

It is not stored; auth and the member's row have its SHA-256.
"""

from datetime import timedelta
from uuid import UUID

from shared.crypto import base64url, hmac_sha256

LIFETIME = timedelta(days=7)


def token(key: bytes, member_id: UUID) -> str:
    """The member's token: 43 characters of base64url."""
    return base64url(hmac_sha256(key, "first_password", str(member_id)))
