"""Accounts, sessions and devices as auth knows them, and the limits of password links."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.auth import Suspension
from shared.contracts.base import Locale, Role
from shared.person_names import written
from shared.web.caller import Stage

RESET_LINK_LIVES = timedelta(minutes=30)
RESET_LINK_SUFFICES = timedelta(minutes=10)
"""How long a link must still be valid for its owner to be able to use it."""
RESET_LINKS_AT_ONCE = 3
RESET_MAILS_AN_HOUR = 5
DEVICE_LIVES = timedelta(days=365)
FIRST_SIGN_IN_WITHIN = timedelta(minutes=30)
"""How long after a reset one sign-in from a new browser needs no presence check for being new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member as auth knows them. `first_password_expires_at`: when the link for the first
    password expires; it works until a password is set."""

    member_id: UUID
    version: int
    state: str
    customer_id: UUID
    customer_code: str
    customer_name: str
    email: str
    email_key: str
    name: str
    family_name: str
    given_name: str
    reading: str
    customer_reading: str
    role: Role
    locale: Locale
    suspension: str | None
    password_hash: str | None
    password_set_at: datetime | None
    first_password_expires_at: datetime | None
    must_reset: bool
    presence_due_at: datetime | None
    wrong_answers: int
    reset_at: datetime | None
    first_sign_in_until: datetime | None

    @property
    def open(self) -> bool:
        """Return whether the account is active. All ways to use an account check this first
        (R18)."""
        return self.state == "active"

    def name_for(self, locale: Locale) -> str:
        """Return the name as a mail in this language writes it."""
        if self.family_name and self.given_name:
            return written(self.family_name, self.given_name, locale)
        return self.name

    def reset_since(self, moment: datetime) -> bool:
        """Return whether the password was reset, or first set, at this moment or later."""
        return self.reset_at is not None and self.reset_at >= moment

    @property
    def personal(self) -> tuple[str, ...]:
        """Return the texts about the person that a password must not consist of (R8)."""
        return (
            self.name,
            self.family_name,
            self.given_name,
            self.reading,
            self.email,
            self.customer_code,
            self.customer_name,
            self.customer_reading,
        )

    @property
    def card(self) -> Suspension | None:
        """Return the suspension card, which is shown after the right password (B2)."""
        return Suspension.model_validate_json(self.suspension) if self.suspension else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Describes a session that has not ended, with the current data of its account."""

    id: UUID
    stage: Stage
    member_id: UUID
    customer_id: UUID
    customer_code: str
    customer_name: str
    email: str
    name: str
    role: Role
    authenticated_at: datetime
    last_used_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Describes one of the caller's own sessions, for the list of devices."""

    id: UUID
    browser: str
    created_at: datetime
    last_used_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Describes the browser that sends a request, and the tokens that it holds."""

    browser: str = ""
    network: str = ""
    session_token: str | None = None
    device_token: str | None = None
