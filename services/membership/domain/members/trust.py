"""Trust in a session, and in what a member asked for in it, until that trust ends.

Pure: `Session` comes with a request and is kept with what it asks for; `Distrust` says which
sessions of a member are not trusted any more. Both sides of every comparison of a session are
auth's times, so a slow request of an ended session is recognised however late it arrives.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session in which a member asks, and when they were last authenticated in it."""

    id: UUID
    authenticated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When a member asked for something, and in which session; None where that was not kept."""

    at: datetime
    session: Session | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distrust:
    """At `at` the trust in all sessions of a member ended, except in the spared one."""

    at: datetime
    spared: UUID | None = None

    def covers(self, session: Session) -> bool:
        """Whether this session is one of those that are not trusted any more."""
        return session.id != self.spared and session.authenticated_at <= self.at

    def ends(self, asked: Asked, *, since: datetime | None = None) -> bool:
        """Whether it ends what was asked for then, or only what was asked for at or after `since`.

        What a member asked for in a session that began after the distrust stays, however late the
        message about the distrust is.
        """
        if since is not None and asked.at < since:
            return False
        if asked.session is None:
            return asked.at <= self.at
        return self.covers(asked.session)


def session_of(id: UUID | None, authenticated_at: datetime | None) -> Session | None:
    """The session that two columns name; None where one is missing."""
    if id is None or authenticated_at is None:
        return None
    return Session(id=id, authenticated_at=authenticated_at)
