"""The parameters of mails about registering and getting in; `company_mails` and `address_mails`
have the others. They carry tokens, never links: notifier knows the origin.

What a visitor's registration causes carries nothing that was typed there, no name either: the
address alone is proven, once it is confirmed.
"""

from typing import ClassVar, Literal

from shared.contracts.base import Contract, Moment


class MailParams(Contract):
    """What a template may show. `TEMPLATE` names its folder in the notifier."""

    TEMPLATE: ClassVar[str]


class RegistrationConfirmation(MailParams):
    """Asks an applicant to confirm the address (R2)."""

    TEMPLATE: ClassVar[str] = "registration_confirmation"

    token: str
    expires_at: Moment


class RegistrationKnown(MailParams):
    """Tells a member that a registration used their address (R1)."""

    TEMPLATE: ClassVar[str] = "registration_known"

    requested_at: Moment


class MemberJoined(MailParams):
    """Tells an owner who joined by the company's domain (R3)."""

    TEMPLATE: ClassVar[str] = "member_joined"

    name: str
    customer_name: str
    member_email: str
    joined_at: Moment


class FirstOwnerJoined(MailParams):
    """Tells the vendor of a customer's first owner (R3)."""

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


class PasswordChanged(MailParams):
    """Announces that a password was set, changed or reset."""

    TEMPLATE: ClassVar[str] = "password_changed"

    name: str
    changed_at: Moment
    browser: str


class PresenceCheck(MailParams):
    """The code and the link of a presence check (R9); the code stands first."""

    TEMPLATE: ClassVar[str] = "presence_check"

    name: str
    code: str
    token: str
    expires_at: Moment
    requested_at: Moment
    browser: str


class PasswordResetRequired(MailParams):
    """Tells a member that every session has ended, and why only a reset gets in (R9)."""

    TEMPLATE: ClassVar[str] = "password_reset_required"

    name: str
    because: Literal["denied", "wrong_answers"]
    happened_at: Moment
    browser: str


class PresenceDenied(MailParams):
    """Tells owners and admins that a member said 「心当たりがありません」 to a sign-in (R9).

    `before_reset`: the member had set a new password since, so that nothing was changed.
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
    """Tells owners and admins that wrong answers to presence checks end a member's ways in (R9)."""

    TEMPLATE: ClassVar[str] = "presence_failed"

    name: str
    customer_name: str
    member_name: str
    member_email: str
    happened_at: Moment
    browser: str
