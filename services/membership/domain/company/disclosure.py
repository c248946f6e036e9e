"""The personal data that operators see without a call back, and the reasons to see more (B6)."""

from typing import Literal

RevealReason = Literal[
    "forgot_address", "login_help", "approval", "security_incident", "legal_request"
]
"""The reason for showing an address or a name in full, after a call back."""


def masked_name(name: str) -> str:
    """The first character of each part."""
    return " ".join(f"{part[:1]}*" for part in name.split())
