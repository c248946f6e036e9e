"""The rules of the presence check (R9): when it is due, its limits, and the secrets derived from
its id."""

import math
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from shared.crypto import base64url, equal, hmac_sha256, key_id
from shared.visible import compact

ANSWER_WITHIN = timedelta(minutes=10)
DENY_WITHIN = timedelta(days=7)
TELL_ENDED_FOR = timedelta(minutes=10)
UNMAILED_ENDS_AFTER = timedelta(hours=1, minutes=10)
"""A mail that the hourly limit delays is allowed after an hour at the latest; then the member has
ten minutes to request it."""
RESEND_AFTER = timedelta(seconds=60)
MAILS_AN_HOUR = 5
MAILS_OF_NEW_BROWSERS = 3
"""How many of these five may be for new browsers. The others are kept for browsers that have passed
before."""
PENDING_AT_ONCE = 3
TRIES = 5
TRIES_OF_A_MEMBER = 10
"""Wrong answers over all checks of a member, until one is passed or the password is reset."""

Reason = Literal["due", "new_browser"]
"""Why a sign-in needs a check (B7)."""

Method = Literal["code", "link"]
"""How a check was passed."""

_HYPHENS = re.compile("[-\u2010-\u2015\u2212\u30fc]")

CheckState = Literal["pending", "passed", "denied", "missed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Decides when a member's next check is due.

    The gap is `min_gap` plus a random part with an exponential distribution of mean `mean_gap`, at
    most `max_gap`, all in seconds. With all three 0 each sign-in needs a check.
    """

    min_gap: int
    mean_gap: int
    max_gap: int

    def draw(self, now: datetime) -> datetime:
        """Draw the hidden moment of the next check, with the kernel's randomness."""
        uniform = (secrets.randbits(53) + 1) / (1 << 53)
        gap = self.min_gap - self.mean_gap * math.log(uniform)
        return now + timedelta(seconds=min(gap, self.max_gap))

    @property
    def version(self) -> str:
        """Identifies the rule by which a check was decided (B7)."""
        return f"v1 {self.min_gap}/{self.mean_gap}/{self.max_gap}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Describes one presence check. `expires_at` is None until the first mail is in the outbox.

    `known_browser` says whether the browser had passed a full sign-in of this member before.
    """

    id: UUID
    member_id: UUID
    customer_id: UUID
    session_id: UUID
    key_id: str
    browser: str
    known_browser: bool
    state: CheckState
    wrong: int
    created_at: datetime
    expires_at: datetime | None
    confirmed_at: datetime | None

    @property
    def mailed(self) -> bool:
        """Return whether a mail was sent; before that there is no code or link to answer with."""
        return self.expires_at is not None

    @property
    def over_at(self) -> datetime:
        """Return the end of the time to answer, or before the first mail, of the time to request
        it."""
        return self.expires_at or self.created_at + UNMAILED_ENDS_AFTER

    def over(self, now: datetime) -> bool:
        """Return whether the check's time is over."""
        return self.over_at <= now

    @property
    def trusted(self) -> bool:
        """Return whether sign-ins from new browsers are not allowed to end this check."""
        return self.known_browser or self.confirmed_at is not None

    def answerable(self, now: datetime) -> bool:
        """Return whether the check is pending, mailed and in time, and has a try left."""
        return self.state == "pending" and self.mailed and not self.over(now) and self.wrong < TRIES


class Secrets:
    """Derives a check's code, number and token from its id.

    They are not stored, so a mail that is sent again contains the same ones.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {key_id(key): key for key in keys}
        self.current_key_id = key_id(keys[0])

    def code(self, check_id: UUID, key: str) -> str:
        """Return the code, six digits."""
        return f"{self._number(check_id, key, 'code') % 1_000_000:06d}"

    def number(self, check_id: UUID, key: str) -> int:
        """Return the two-digit number of the waiting page, 10 to 99."""
        return 10 + self._number(check_id, key, "number") % 90

    def token(self, check_id: UUID, key: str) -> str:
        """Return the token of the mail's link: the check's id, and 256 bits that prove it."""
        return base64url(check_id.bytes + self._mac(check_id, key, "link"))

    def is_token(self, token: str, check_id: UUID, key: str) -> bool:
        """Return whether it is this check's token. If the check's key was removed, it never is."""
        return key in self._keys and equal(token.encode(), self.token(check_id, key).encode())

    def is_code(self, text: str, check_id: UUID, key: str) -> bool:
        """Return whether it is this check's code. If the check's key was removed, it never is.

        Full-width digits, spaces, hyphens, line breaks and invisible characters are accepted.
        """
        digits = _HYPHENS.sub("", compact(unicodedata.normalize("NFKC", text)))
        return key in self._keys and equal(digits.encode(), self.code(check_id, key).encode())

    def _number(self, check_id: UUID, key: str, purpose: str) -> int:
        return int.from_bytes(self._mac(check_id, key, purpose), "big")

    def _mac(self, check_id: UUID, key: str, purpose: str) -> bytes:
        return hmac_sha256(self._keys[key], f"presence/{purpose}", str(check_id))
