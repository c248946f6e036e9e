"""Signs the caller's identity for other services: a JWT with Ed25519 (RFC 7519, RFC 9864), 60 s."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey
from nacl.signing import SigningKey

from services.auth.domain.accounts import Session
from shared.crypto import base64url, key_id

LIVES_SECONDS = 60


class Signer:
    """Signs with the newest key; all are published, so that keys can be rotated."""

    def __init__(self, seeds: Sequence[bytes]) -> None:
        """`seeds` are Ed25519 private keys of 32 bytes, newest first."""
        self._keys = [_key(seed) for seed in seeds]

    def public(self) -> dict[str, list[dict[str, Any]]]:
        """The public keys as a JWK set (RFC 7517)."""
        return {"keys": [key.as_dict(private=False) for key in self._keys]}

    def sign(self, session: Session | None, *, audience: str, now: datetime) -> str:
        """An identity for one service: the session's member, or anonymous."""
        key = self._keys[0]
        issued = int(now.timestamp())
        claims = {
            "iss": "auth",
            "aud": audience,
            "iat": issued,
            "exp": issued + LIVES_SECONDS,
            **(_member(session) if session else {"realm": "anonymous"}),
        }
        header = {"alg": "Ed25519", "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=["Ed25519"])


def _member(session: Session) -> dict[str, Any]:
    return {
        "sub": str(session.member_id),
        "sid": str(session.id),
        "realm": "member",
        "role": session.role,
        "customer_id": str(session.customer_id),
        # With its fraction (RFC 7519 section 2), by which a session is distrusted or not.
        "auth_time": session.authenticated_at.timestamp(),
        "amr": ["pwd"],
    }


def _key(seed: bytes) -> OKPKey:
    public = bytes(SigningKey(seed).verify_key)
    return OKPKey.import_key(
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": base64url(public),
            "d": base64url(seed),
            "kid": key_id(public),
            "alg": "Ed25519",
            "use": "sig",
        }
    )
