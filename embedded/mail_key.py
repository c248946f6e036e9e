"""The public half of the newest mail key: what senders of mails seal for (X25519)."""

import base64
from pathlib import Path

from nacl.bindings import crypto_scalarmult_base

from embedded import keys


def public(secrets: Path) -> str:
    """The key in base64, as settings take it. Raises Refused where there is no private one."""
    private = base64.b64decode(keys.newest(secrets / keys.MAIL_KEYS))
    return base64.b64encode(crypto_scalarmult_base(private)).decode("ascii")
