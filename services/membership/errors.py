"""What membership can say went wrong."""

from typing import Annotated

from pydantic import Field

from shared.errors import (
    Conflict,
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
    """The invitation was answered, taken back, or has lapsed."""


class InvitationLinkInvalid(Invalid):
    """The link's token is unknown, was taken back, or has lapsed."""


class AlreadyMember(Conflict):
    """The address has an account in this company; `email` says which."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class AlreadyInvited(Conflict):
    """The address has an open invitation of this company; `email` says which."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class TooManyMailsToAddress(TooManyRequests):
    """The mailbox got as many mails as others may cause in an hour, or one of this kind less than a
    minute ago; `email` says which address, `retry_after` when the next mail may go."""

    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]


class TooManyMailsOfCompany(TooManyRequests):
    """The company has caused as many mails as it may in an hour."""


class AddressInUse(Conflict):
    """A member of the company has the address, or an invitation to it is open."""


class ForeignDomain(Invalid):
    """The address is not of the company's domains."""


class EmailLinkInvalid(Invalid):
    """The link's token is unknown, expired, or was replaced by a newer one."""


class AddressChanged(Conflict):
    """The change has taken effect; the company's administrators or the vendor have to help."""


class ApprovalNotFound(NotFound):
    """Nothing of this id waits for the caller's company."""


class ApprovalDecided(Conflict):
    """It was decided already, or has lapsed."""


class SuccessorInvalid(Invalid):
    """The successor has to be another active member of the company."""


class SeatsFull(Conflict):
    """All seats of the customer are used; `free` says how many are left (R5)."""

    free: Annotated[int, Field(examples=[0])]


class VendorOnly(Forbidden):
    """Only the vendor does that, on request (R15)."""


class OwnerProtected(Forbidden):
    """The account belongs to an owner, and the caller may not change owners."""


class OwnAccount(Conflict):
    """The caller cannot do this to their own account here."""


class LastOwner(Conflict):
    """The company would have no active owner left; the role is to be handed over first (R12)."""


class AlreadySuspended(Conflict):
    """The account is suspended already."""


class NotSuspended(Conflict):
    """The account is not suspended."""


class MemberSuspended(Conflict):
    """The account is suspended, and has to be resumed before that."""
