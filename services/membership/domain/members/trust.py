"""Distrusted sessions, and the requests that members made in them.

Pure: `Session` comes with a request and is stored with it; `Distrust` says which sessions of a
member are distrusted. Comparisons of sessions use only auth's times, so a slow request of an ended
session is recognised however late it arrives.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session of a request, and the time of its last authentication."""

    id: UUID
    authenticated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The time of a request, and its session; None if it was not recorded."""

    at: datetime
    session: Session | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distrust:
    """At `at`, all sessions of a member except the exempt one became distrusted."""

    at: datetime
    spared: UUID | None = None

    def covers(self, session: Session) -> bool:
        """Whether this session is distrusted."""
        return session.id != self.spared and session.authenticated_at <= self.at

    def ends(self, asked: Asked, *, since: datetime | None = None) -> bool:
        """Whether it withdraws a request made then; only requests at or after `since` count.

        Requests in a session that began after the distrust stay, however late the message about
        the distrust is.
        """
        if since is not None and asked.at < since:
            return False
        if asked.session is None:
            return asked.at <= self.at
        return self.covers(asked.session)


def session_of(id: UUID | None, authenticated_at: datetime | None) -> Session | None:
    """The session in two columns; None if one is null."""
    if id is None or authenticated_at is None:
        return None
    return Session(id=id, authenticated_at=authenticated_at)
