"""What auth tells a caller that goes wrong; each a fact below one of the seven roots."""

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
    """Address and password do not belong together, in whatever way."""


class AccountSuspended(Unauthenticated):
    """The password is right, and the account is suspended; `card` says why (B2)."""

    card: Suspension | None


class PresenceDenied(Unauthenticated):
    """The mail's reader did not know of this sign-in; every session has ended (R9)."""


class PresenceMissed(Unauthenticated):
    """The presence check was not answered rightly in time; this sign-in has ended (R9)."""


class PresenceFailed(Unauthenticated):
    """Ten wrong answers to presence checks ended every session; a reset is the way in (R9)."""


class TooManyWrongPasswords(TooManyRequests):
    """Wrong passwords in a row slow further tries down."""


class SignInClosed(TooManyRequests):
    """After 100 wrong passwords in a row only a known device or a reset gets in (NIST 3.2.2)."""


class PasswordRefused(Invalid):
    """The new password breaks the policy; `errors` says how, `min_length` from what on it may."""

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
    """No mail of this check went yet: there is nothing to answer, and one may go after
    `retry_after`.
    """

    retry_after: float


class NotConfirmed(Conflict):
    """The mailed link was not confirmed yet."""


class CheckEnded(Conflict):
    """This presence check has ended; it can only be denied any more."""


class ChecksPending(TooManyRequests):
    """Three presence checks wait in browsers that passed before; a new browser cannot end them."""


class ResendTooEarly(TooManyRequests):
    """The next mail may go after `retry_after`."""


class SessionNotFound(NotFound):
    """The caller has no such session."""


class HashingBusy(Unavailable):
    """Too many passwords are being checked at once; sessions go on."""
