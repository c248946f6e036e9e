"""The parameters of mails about a customer's accounts: invitations, approvals, changes of an
account, and the limit.
"""

from typing import ClassVar, Literal

from shared.contracts.base import Moment, RejectionReason, Role, SuspensionReason
from shared.contracts.mails import MailParams


class Invitation(MailParams):
    """Invites an address to a customer's accounts; no name is known yet (R3).

    `inviter_name` is empty where it was the vendor's staff.
    """

    TEMPLATE: ClassVar[str] = "invitation"

    customer_name: str
    inviter_name: str
    role: Role
    token: str
    expires_at: Moment


class InvitationKnown(MailParams):
    """Notifies the holder of another customer's account that this one invited them (R4).

    It says nothing about where that account is.
    """

    TEMPLATE: ClassVar[str] = "invitation_known"

    name: str
    customer_name: str
    invited_at: Moment


class RegistrationApproved(MailParams):
    """Brings the link for a first password to an approved applicant (R3)."""

    TEMPLATE: ClassVar[str] = "registration_approved"

    customer_name: str
    token: str
    expires_at: Moment


class RegistrationRejected(MailParams):
    """Notifies an applicant of a rejection, with the reason (R3).

    `note` is in the approver's own words and may be empty. `customer_name` is empty where the
    vendor decided, because the typed code may be a stranger's guess.
    """

    TEMPLATE: ClassVar[str] = "registration_rejected"

    customer_name: str = ""
    reason: RejectionReason
    note: str
    decided_at: Moment


class RegistrationLapsed(MailParams):
    """Notifies an applicant that no decision was made within 14 days (R3)."""

    TEMPLATE: ClassVar[str] = "registration_lapsed"

    requested_at: Moment


class ApprovalsWaiting(MailParams):
    """Notifies owners and admins once a day of pending approvals (R1)."""

    TEMPLATE: ClassVar[str] = "approvals_waiting"

    name: str
    customer_name: str
    count: int
    oldest_at: Moment


class OperatorApprovalsWaiting(MailParams):
    """Notifies the vendor once a day of approvals that operators decide (R1)."""

    TEMPLATE: ClassVar[str] = "operator_approvals_waiting"

    count: int
    oldest_at: Moment


class AccountDeleted(MailParams):
    """Notifies a member that their account was deleted (R11, R14)."""

    TEMPLATE: ClassVar[str] = "account_deleted"

    name: str
    customer_name: str
    deleted_at: Moment
    by_self: bool


class AccountResumed(MailParams):
    """Notifies a member that the vendor resumed the account (R15)."""

    TEMPLATE: ClassVar[str] = "account_resumed"

    name: str
    customer_name: str
    resumed_at: Moment


class RoleChanged(MailParams):
    """Notifies a member of a new role, and who assigned it (R17).

    `changed_by_name` is empty where it was the vendor's staff.
    """

    TEMPLATE: ClassVar[str] = "role_changed"

    name: str
    customer_name: str
    role: Role
    changed_by_name: str
    changed_at: Moment


class SeatLimitChanged(MailParams):
    """Notifies owners and the vendor that the limit is below the seats in use (R5).

    To the vendor, `name` is empty.
    """

    TEMPLATE: ClassVar[str] = "seat_limit_changed"

    name: str
    customer_code: str
    customer_name: str
    limit: int
    used: int
    because: Literal["lowered", "raise_lapsed"]
    changed_at: Moment


class SuspensionReminder(MailParams):
    """Reminds owners and admins of the date on a suspension card (R15, B2)."""

    TEMPLATE: ClassVar[str] = "suspension_reminder"

    name: str
    customer_name: str
    member_name: str
    member_email: str
    reason: SuspensionReason
    until: Moment
