"""The facts of auth, each below one of the seven roots."""

from typing import Annotated

from pydantic import Field

from shared.contracts.auth import Suspension
from shared.errors import (
    Conflict,
    Faults,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)

TriesLeft = Annotated[int, Field(examples=[4])]
_TOO_SHORT = {
    "field": "password",
    "code": "password_too_short",
    "detail": "パスワードは15文字以上にしてください。",
    "limit": 15,
}


class InvalidCredentials(Unauthenticated):
    """Address and password do not match."""


class AccountSuspended(Unauthenticated):
    """The password is right, but the account is suspended; `card` has the reason (B2)."""

    card: Suspension | None


class PresenceDenied(Unauthenticated):
    """The recipient of the mail denied this sign-in; every session has ended (R9)."""


class PresenceMissed(Unauthenticated):
    """The presence check was not answered correctly in time; this sign-in has ended (R9)."""


class PresenceFailed(Unauthenticated):
    """Ten wrong answers to presence checks ended every session; a reset is required (R9)."""


class TooManyWrongPasswords(TooManyRequests):
    """Further attempts are delayed after wrong passwords in a row."""


class SignInClosed(TooManyRequests):
    """After 100 wrong passwords in a row, a known browser or a reset is required (NIST 3.2.2)."""


class PasswordRefused(Invalid):
    """The new password violates the policy; `errors` has the reasons, `min_length` the limit."""

    errors: Annotated[Faults, Field(examples=[[_TOO_SHORT]])]
    min_length: Annotated[int, Field(examples=[15])]


class LinkInvalid(Invalid):
    """The link was used, has expired, was replaced by a newer one, or never existed."""


class WrongPassword(Invalid):
    """The current password is not right."""


class WrongCode(Invalid):
    """The code is not right; `left` tries are left."""

    left: TriesLeft


class WrongNumber(Invalid):
    """The number is not the one on the waiting page; `left` tries are left."""

    left: TriesLeft


class CheckNotMailed(Conflict):
    """No mail of this check was sent yet, so it cannot be answered; one may be sent after
    `retry_after`.
    """

    retry_after: float


class NotConfirmed(Conflict):
    """The mailed link was not confirmed yet."""


class CheckEnded(Conflict):
    """This presence check has ended; it can only be denied."""


class ChecksPending(TooManyRequests):
    """Three presence checks are pending in known browsers; a new browser cannot end them."""


class ResendTooEarly(TooManyRequests):
    """The next mail may be sent after `retry_after`."""


class SessionNotFound(NotFound):
    """The caller has no such session."""


class HashingBusy(Unavailable):
    """Too many passwords are being checked at once; existing sessions are not affected."""
