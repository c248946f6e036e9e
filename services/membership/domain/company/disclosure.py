"""What the vendor's staff see of a person without a call back, and why they may see more (B6)."""

from typing import Literal

RevealReason = Literal[
    "forgot_address", "login_help", "approval", "security_incident", "legal_request"
]
"""Why an address or a name is shown in full, after a call back."""


def masked_name(name: str) -> str:
    """The first character of each part."""
    return " ".join(f"{part[:1]}*" for part in name.split())
