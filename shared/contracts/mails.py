"""The parameters of mails about registering and signing in; `company_mails` and `address_mails`
have the others. They carry tokens, never links: notifier knows the origin.

Mails caused by a visitor's registration contain nothing that was typed there, not even a name:
only the address is proven, once it is confirmed.
"""

from typing import ClassVar, Literal

from shared.contracts.base import Contract, Moment, Role


class MailParams(Contract):
    """The values that a template may show. `TEMPLATE` names its folder in the notifier."""

    TEMPLATE: ClassVar[str]


class RegistrationConfirmation(MailParams):
    """Asks an applicant to confirm the address (R2)."""

    TEMPLATE: ClassVar[str] = "registration_confirmation"

    token: str
    expires_at: Moment


class RegistrationKnown(MailParams):
    """Notifies a member that a registration used their address (R1)."""

    TEMPLATE: ClassVar[str] = "registration_known"

    requested_at: Moment


class MemberJoined(MailParams):
    """Notifies owners of a member who joined by the company's domain (R3)."""

    TEMPLATE: ClassVar[str] = "member_joined"

    name: str
    customer_name: str
    member_email: str
    joined_at: Moment


class FirstOwnerJoined(MailParams):
    """Notifies the vendor of a customer's first owner (R3)."""

    TEMPLATE: ClassVar[str] = "first_owner_joined"

    customer_code: str
    customer_name: str
    member_email: str
    joined_at: Moment


class PasswordReset(MailParams):
    """The link that sets a new password (R7)."""

    TEMPLATE: ClassVar[str] = "password_reset"

    name: str
    token: str
    expires_at: Moment
    requested_at: Moment
    browser: str


class PasswordResetAsked(MailParams):
    """The same link, for which an owner or admin of the company asked (B17)."""

    TEMPLATE: ClassVar[str] = "password_reset_asked"

    name: str
    token: str
    expires_at: Moment
    asked_by_name: str
    asked_by_role: Role
    asked_at: Moment


class PasswordChanged(MailParams):
    """Announces that a password was set, changed or reset."""

    TEMPLATE: ClassVar[str] = "password_changed"

    name: str
    changed_at: Moment
    browser: str


class PresenceCheck(MailParams):
    """The code and the link of a presence check (R9); the mail begins with the code."""

    TEMPLATE: ClassVar[str] = "presence_check"

    name: str
    code: str
    token: str
    expires_at: Moment
    requested_at: Moment
    browser: str


class PasswordResetRequired(MailParams):
    """Notifies a member that every session has ended and a password reset is required (R9)."""

    TEMPLATE: ClassVar[str] = "password_reset_required"

    name: str
    because: Literal["denied", "wrong_answers"]
    happened_at: Moment
    browser: str


class PresenceDenied(MailParams):
    """Notifies owners and admins that a member answered 「心当たりがありません」 to a sign-in (R9).

    `before_reset`: the member had set a new password since, so nothing was changed.
    """

    TEMPLATE: ClassVar[str] = "presence_denied"

    name: str
    customer_name: str
    member_name: str
    member_email: str
    happened_at: Moment
    browser: str
    before_reset: bool = False


class PresenceFailed(MailParams):
    """Notifies owners and admins that wrong presence answers ended a member's sessions (R9)."""

    TEMPLATE: ClassVar[str] = "presence_failed"

    name: str
    customer_name: str
    member_name: str
    member_email: str
    happened_at: Moment
    browser: str
