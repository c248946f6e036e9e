"""What the vendor's staff see of a person without a call back, and why they may see more (B6)."""

from typing import Literal

RevealReason = Literal[
    "forgot_address", "login_help", "approval", "security_incident", "legal_request"
]
"""Why an address, a name or a phone number is shown in full, after a call back."""


def masked_email(email: str) -> str:
    """The first character and the domain: enough to tell whether an address is the one named."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}***@{domain}"


def masked_name(name: str) -> str:
    """The first character of each part."""
    return " ".join(f"{part[:1]}*" for part in name.split())


def masked_phone(phone: str) -> str:
    """The last two digits."""
    return f"{'*' * (len(phone) - 2)}{phone[-2:]}"
