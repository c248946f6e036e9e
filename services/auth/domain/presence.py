"""The presence check's rules (R9): when it is due, and the secrets that follow from its id."""

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
"""The cap is over after an hour at the latest; then there are ten minutes to ask for the mail."""
RESEND_AFTER = timedelta(seconds=60)
MAILS_AN_HOUR = 5
MAILS_OF_NEW_BROWSERS = 3
"""Of those five: the rest is for browsers that passed before."""
PENDING_AT_ONCE = 3
TRIES = 5
TRIES_OF_A_MEMBER = 10
"""Wrong answers over all checks of a member, until one is passed or the password is reset."""

Reason = Literal["due", "new_browser"]
"""Why a sign-in is held (B7)."""

Method = Literal["code", "link"]
"""How a check was passed."""

_HYPHENS = re.compile("[-\u2010-\u2015\u2212\u30fc]")

CheckState = Literal["pending", "passed", "denied", "missed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Law:
    """When the next check is due: a gap of at least `min_gap`, then memoryless, at most `max_gap`.

    All in seconds. With all three 0 every sign-in is asked.
    """

    min_gap: int
    mean_gap: int
    max_gap: int

    def draw(self, now: datetime) -> datetime:
        """One hidden moment, from the kernel's randomness."""
        uniform = (secrets.randbits(53) + 1) / (1 << 53)
        gap = self.min_gap - self.mean_gap * math.log(uniform)
        return now + timedelta(seconds=min(gap, self.max_gap))

    @property
    def version(self) -> str:
        """What a decision was made by (B7)."""
        return f"v1 {self.min_gap}/{self.mean_gap}/{self.max_gap}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One presence check. `expires_at` is unknown until its first mail was put into the outbox.

    `known_browser` is whether the browser that signs in had passed for this member before.
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
        """Whether a mail went, without which there is nothing to answer."""
        return self.expires_at is not None

    @property
    def over_at(self) -> datetime:
        """When the time to answer is over, or the time to wait for a mail."""
        return self.expires_at or self.created_at + UNMAILED_ENDS_AFTER

    def over(self, now: datetime) -> bool:
        """Whether that moment has come."""
        return self.over_at <= now

    @property
    def trusted(self) -> bool:
        """Whether no sign-in of a new browser may push it aside."""
        return self.known_browser or self.confirmed_at is not None

    def answerable(self, now: datetime) -> bool:
        """Whether an answer may be judged."""
        return self.state == "pending" and self.mailed and not self.over(now) and self.wrong < TRIES


class Secrets:
    """Derives a check's code, number and token from its id: nothing is stored, a resend repeats."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {key_id(key): key for key in keys}
        self.current_key_id = key_id(keys[0])

    def code(self, check_id: UUID, key: str) -> str:
        """Six digits."""
        return f"{self._number(check_id, key, 'code') % 1_000_000:06d}"

    def number(self, check_id: UUID, key: str) -> int:
        """The two-digit number of the waiting page, 10 to 99."""
        return 10 + self._number(check_id, key, "number") % 90

    def token(self, check_id: UUID, key: str) -> str:
        """The token of the mail's link: the id, and 256 bits that prove it."""
        return base64url(check_id.bytes + self._mac(check_id, key, "link"))

    def is_token(self, token: str, check_id: UUID, key: str) -> bool:
        """Whether it is this check's token; never once its key is gone."""
        return key in self._keys and equal(token.encode(), self.token(check_id, key).encode())

    def is_code(self, text: str, check_id: UUID, key: str) -> bool:
        """Whether it is this check's code, typed or pasted in any width, with spaces, hyphens, line
        breaks, or what no screen shows.
        """
        digits = _HYPHENS.sub("", compact(unicodedata.normalize("NFKC", text)))
        return key in self._keys and equal(digits.encode(), self.code(check_id, key).encode())

    def _number(self, check_id: UUID, key: str, purpose: str) -> int:
        return int.from_bytes(self._mac(check_id, key, purpose), "big")

    def _mac(self, check_id: UUID, key: str, purpose: str) -> bytes:
        return hmac_sha256(self._keys[key], f"presence/{purpose}", str(check_id))
