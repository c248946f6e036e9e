"""The public halves of the keys that sign messages (Ed25519), as a setting takes them."""

import base64
from pathlib import Path

from embedded import keys
from embedded.settings import SERVICES
from shared.crypto import public_half


def write_public(secrets: Path) -> None:
    """Write down the public key of each service; of one whose key is new, the one before it too.

    Raises:
        Refused: A private key is missing or damaged.
    """
    path = secrets / keys.MESSAGE_PUBLIC_KEYS
    before = _read(path)
    parts = []
    for service in SERVICES:
        private = base64.b64decode(keys.read_keys(secrets, keys.message_key(service)))
        current = base64.b64encode(public_half(private)).decode("ascii")
        older = [key for key in before.get(service, ()) if key != current]
        parts.append(f"{service}:{','.join([current, *older[:1]])}")
    text = " ".join(parts)
    if not path.exists() or path.read_text(encoding="ascii").strip() != text:
        keys.write(path, text)


def _read(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    parts = (part.partition(":") for part in path.read_text(encoding="ascii").split())
    return {service: given.split(",") for service, _, given in parts}
