"""The parameters of mails about an account's address: changed by its holder (R10), or moved to a
new account at another address because the mailbox is lost (R7).
"""

from typing import ClassVar, Literal

from shared.contracts.base import Moment, RejectionReason
from shared.contracts.mails import MailParams

WithdrawalReason = Literal["distrusted", "suspended", "role_changed", "stopped"]
"""The reason for withdrawing requests. distrusted: the password was reset or changed, a sign-in was
denied, or too many presence answers were wrong. stopped: by the link in the notice."""


class EmailChangeConfirmation(MailParams):
    """Asks the member to confirm the new address (R10)."""

    TEMPLATE: ClassVar[str] = "email_change_confirmation"

    name: str
    token: str
    expires_at: Moment


class EmailChangeRequested(MailParams):
    """Notifies the old address of a requested change, in case the member did not request it (R10).

    `new_email` is masked by the sender; `token` is of the link that stops the change.
    """

    TEMPLATE: ClassVar[str] = "email_change_requested"

    name: str
    new_email: str
    requested_at: Moment
    browser: str
    token: str = ""


class EmailChanged(MailParams):
    """Notifies the old and the new address of a completed change (R10).

    `new_email` is masked by the sender.
    """

    TEMPLATE: ClassVar[str] = "email_changed"

    name: str
    new_email: str
    changed_at: Moment


class EmailChangeRejected(MailParams):
    """Notifies a member at the current address that the new one was not approved (R3).

    `note` is in the approver's own words and may be empty.
    """

    TEMPLATE: ClassVar[str] = "email_change_rejected"

    name: str
    reason: RejectionReason
    note: str
    decided_at: Moment


class EmailInUse(MailParams):
    """Notifies a member that their address was entered for another account (R1, R4).

    The person who entered it learns nothing.
    """

    TEMPLATE: ClassVar[str] = "email_in_use"

    name: str
    requested_at: Moment


class AccountMove(MailParams):
    """Asks at the new address to recreate an account whose mailbox is lost (R7).

    `mover_name` is empty where it was the vendor's staff.
    """

    TEMPLATE: ClassVar[str] = "account_move"

    name: str
    customer_name: str
    mover_name: str
    token: str
    expires_at: Moment


class AccountMoveRequested(MailParams):
    """Notifies the old address that its account is to be recreated at another one (R7).

    `mover_name` is empty where it was the vendor's staff; `token` is of the link that stops it.
    """

    TEMPLATE: ClassVar[str] = "account_move_requested"

    name: str
    customer_name: str
    mover_name: str
    requested_at: Moment
    token: str = ""


class AccountMoved(MailParams):
    """Notifies the old address that its account was replaced by a new one (R7)."""

    TEMPLATE: ClassVar[str] = "account_moved"

    name: str
    customer_name: str
    moved_at: Moment


class RequestsWithdrawn(MailParams):
    """Notifies owners and the member of the member's requests that were withdrawn before they took
    effect: a change of address, invitations (by address), moves (by name).

    `about_reader`: the mail goes to this member. `move_of_reader`: the reader's own account was to
    be moved; `moved` does not name it.
    """

    TEMPLATE: ClassVar[str] = "requests_withdrawn"

    name: str
    customer_name: str
    member_name: str
    member_email: str
    because: WithdrawalReason
    change_of_address: bool
    invited: tuple[str, ...]
    moved: tuple[str, ...]
    withdrawn_at: Moment
    about_reader: bool = False
    move_of_reader: bool = False
