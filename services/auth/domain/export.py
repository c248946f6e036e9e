"""A member's export of their data in auth, without secrets and without future times."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session: where and when, and why it ended."""

    browser: str
    network: str
    created_at: datetime
    last_used_at: datetime
    ended_at: datetime | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """A browser that signed in fully once."""

    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A presence check."""

    browser: str
    state: str
    method: str | None
    created_at: datetime
    ended_at: datetime | None
