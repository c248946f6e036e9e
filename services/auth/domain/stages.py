"""The stages of a sign-in after the right password, and the results of its steps."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.auth.domain.accounts import Account, Visitor
from services.auth.domain.presence import Method, Reason
from shared.web.caller import Stage

Next = Literal["done", "presence_check", "password_reset"]
Held = Literal["presence_check"]
HELD: dict[Stage, Held] = {"presence": "presence_check"}
"""The next step for a session whose stage is below `active`."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Says whether one sign-in needs one stage.

    `waived`: it would be needed, but the vendor has switched it off. `reason`: why it is needed.
    """

    state: Literal["not_needed", "needed", "passed", "waived"]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Describes a sign-in after the right password; the account is locked.

    `known_browser`: the browser has passed a full sign-in of this member before. `session_id`: the
    session that waited for an earlier stage, if there was one. `presence`: how its presence check
    was passed, if it had one.
    """

    account: Account
    visitor: Visitor
    known_browser: bool
    session_id: UUID | None = None
    presence: Method | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Reports the result of a step of a sign-in: the next step, and new tokens for the browser."""

    next: Next
    session_token: str | None = None
    device_token: str | None = None
