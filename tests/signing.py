"""The keys with which services sign messages."""

import base64
import secrets
from collections.abc import Mapping, Sequence

from shared.contracts.registry import SERVICES
from shared.crypto import public_half
from shared.messaging.envelope import Signer


def new_message_keys() -> dict[str, str]:
    """Keys that sign messages, as environment variables: each service's, and the public ones."""
    private = {service: _new_key() for service in SERVICES}
    public = [f"{service}:{public_key(key)}" for service, key in private.items()]
    own = {f"{service.upper()}_MESSAGE_KEY": key for service, key in private.items()}
    return {"MESSAGE_PUBLIC_KEYS": " ".join(public), **own}


def public_key(private: str) -> str:
    """The public half of a key (Ed25519), both in base64."""
    return base64.b64encode(public_half(base64.b64decode(private))).decode()


def message_settings(service: str) -> dict[str, str]:
    """The keys of one service, for its settings class."""
    given = new_message_keys()
    names = ("MESSAGE_PUBLIC_KEYS", f"{service.upper()}_MESSAGE_KEY")
    return {name.lower(): given[name] for name in names}


def new_signing_keys() -> dict[str, list[bytes]]:
    """A private key of each service."""
    return {service: [secrets.token_bytes(32)] for service in SERVICES}


def signers(keys: Mapping[str, Sequence[bytes]]) -> dict[str, Signer]:
    """A signer of each service: it signs with its own first key and accepts all public keys."""
    public = {service: [public_half(key) for key in own] for service, own in keys.items()}
    return {service: Signer(service, own[0], public) for service, own in keys.items()}


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
