"""The facts of membership, each below one of the seven roots."""

from typing import Annotated

from pydantic import Field

from shared.errors import (
    Conflict,
    Faults,
    Forbidden,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthenticated,
)


class RegistrationLinkInvalid(Invalid):
    """The link's token is unknown, expired, or was replaced by another registration's."""


class AccountNotActive(Unauthenticated):
    """The caller's account is suspended or closed, or the session ended while the request came."""


class InvalidCursor(Invalid):
    """The cursor is not one that this list gave."""


class CustomerNotFound(NotFound):
    """No customer has this code."""


class MemberNotFound(NotFound):
    """The caller's company has no such member."""


class InvitationNotFound(NotFound):
    """The caller's company has no such invitation."""


class InvitationEnded(Conflict):
    """The invitation was answered, withdrawn, or has lapsed."""


class InvitationLinkInvalid(Invalid):
    """The link's token is unknown, was withdrawn, or has lapsed."""


class AlreadyMember(Conflict):
    """The address has an account in this company; `email` says which."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class AlreadyInvited(Conflict):
    """The address has an open invitation of this company; `email` says which."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class TooManyMailsToAddress(TooManyRequests):
    """The mailbox has used up its mails caused by others in this hour, or got one of this kind less
    than a minute ago; `email` is the address, `retry_after` says when the next may be sent."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class TooManyMailsOfCompany(TooManyRequests):
    """The company has used up its mails of this hour."""


class AddressInUse(Conflict):
    """A member of the company has the address, or an invitation to it is open."""


class ForeignDomain(Invalid):
    """The address is not in one of the company's domains."""


class EmailLinkInvalid(Invalid):
    """The link's token is unknown, expired, or was replaced by a newer one."""


class AddressChanged(Conflict):
    """The change has taken effect; the company's administrators or the vendor have to help."""


class ApprovalNotFound(NotFound):
    """No pending request of the caller's company has this id."""


class ApprovalDecided(Conflict):
    """It has already been decided, or has lapsed."""


class SuccessorInvalid(Invalid):
    """The successor has to be another active member of the company."""


class InvitationFileFaulty(Invalid):
    """Cells of the file have errors; `errors` lists all of them, each with its cell as `field`."""

    errors: Faults


class SeatsFull(Conflict):
    """The customer has not enough free seats; `free` says how many there are (R5)."""

    free: Annotated[int, Field(examples=[0])]


class VendorOnly(Forbidden):
    """Only the vendor may do this, on request (R15)."""


class OwnerProtected(Forbidden):
    """The account belongs to an owner, and the caller may not change owners."""


class OwnAccount(Conflict):
    """The caller cannot do this to their own account here."""


class LastOwner(Conflict):
    """The company would have no active owner left; hand the role over first (R12)."""


class AlreadySuspended(Conflict):
    """The account is already suspended."""


class NotSuspended(Conflict):
    """The account is not suspended."""


class MemberSuspended(Conflict):
    """The account is suspended, and has to be resumed first."""
