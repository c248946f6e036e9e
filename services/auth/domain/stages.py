"""What a sign-in has still to pass after the right password, and what each step of it leads to."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.auth.domain.accounts import Account, Visitor
from services.auth.domain.presence import Method, Reason
from shared.web.caller import Stage

Next = Literal["done", "presence_check", "password_reset"]
Held = Literal["presence_check"]
HELD: dict[Stage, Held] = {"presence": "presence_check"}
"""What a session below `active` waits for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one sign-in stands with one stage.

    `waived`: it would be needed, but the vendor has switched it off. `reason`: why it is needed.
    """

    state: Literal["not_needed", "needed", "passed", "waived"]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A sign-in under way: the password was right, and the account is locked.

    `known_browser`: the browser passed for this member before. `session_id`: the session that an
    earlier stage held. `presence`: how its presence check was passed.
    """

    account: Account
    visitor: Visitor
    known_browser: bool
    session_id: UUID | None = None
    presence: Method | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a step of a sign-in leads to, and the tokens that the browser gets for it."""

    next: Next
    session_token: str | None = None
    device_token: str | None = None
