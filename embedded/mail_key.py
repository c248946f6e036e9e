"""The public half of the newest mail key (X25519), for which mails are sealed."""

import base64
from pathlib import Path

from nacl.bindings import crypto_scalarmult_base

from embedded import keys


def public(secrets: Path) -> str:
    """The key in base64, as in the setting. Raises Refused if there is no private key."""
    private = base64.b64decode(keys.newest(secrets / keys.MAIL_KEYS))
    return base64.b64encode(crypto_scalarmult_base(private)).decode("ascii")
