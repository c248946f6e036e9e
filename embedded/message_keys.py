"""The public halves of the keys that sign messages (Ed25519), in the form of the setting."""

import base64
from pathlib import Path

from embedded import keys
from embedded.settings import SERVICES
from shared.crypto import public_half


def write_public(secrets: Path) -> None:
    """Write the public key of each service; if its key is new, also the previous public key.

    Raises:
        Refused: A private key is missing or damaged.
    """
    path = secrets / keys.MESSAGE_PUBLIC_KEYS
    before = _read(path)
    current = {service: _public(secrets, service) for service in SERVICES}
    taken = set(current.values())
    parts = []
    for service in SERVICES:
        older = [key for key in before.get(service, ()) if key not in taken and _is_key(key)][:1]
        taken.update(
            older
        )  # a key belongs to one service: a corrected mistake must not remain here
        parts.append(f"{service}:{','.join([current[service], *older])}")
    text = " ".join(parts)
    if not path.exists() or _text(path).strip() != text:
        keys.write(path, text)


def _public(secrets: Path, service: str) -> str:
    private = keys.read_key(secrets, keys.message_key(service))
    return base64.b64encode(public_half(private)).decode("ascii")


def _read(path: Path) -> dict[str, list[str]]:
    """The keys written before; damaged ones are left out, because all can be derived again."""
    if not path.exists():
        return {}
    parts = (part.partition(":") for part in _text(path).split())
    return {service: given.split(",") for service, _, given in parts}


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="replace")


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        return False
