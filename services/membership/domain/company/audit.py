"""The audit log: entries of ids and codes, each linked to the one before by a hash.

An entry says who (`source`, `actor_id`) did what (`subject`, `action`) to whom (`target_id`), when,
from where (`network`, `browser`) and why (`reason`, a code). Names are looked up when it is read.
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import cast, get_args
from uuid import UUID

from shared.contracts.base import AuditEvent, AuditSource, AuditSubject

VENDOR = UUID(int=0)
"""The chain of entries without a customer."""

EVENTS = frozenset(get_args(AuditEvent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The entries to list: those by or about a person, by one kind of actor, on a subject, from
    `since` until before `until`, and before a number."""

    person: UUID | None = None
    source: AuditSource | None = None
    subject: AuditSubject | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry; `id` is a UUIDv7, `at` is business time."""

    customer_id: UUID
    id: UUID
    at: datetime
    source: AuditSource
    subject: AuditSubject
    action: str
    actor_id: UUID | None
    target_id: UUID | None
    reason: str
    network: str
    browser: str
    request_id: str

    @property
    def event(self) -> AuditEvent | None:
        """Subject and action; None if only a later release of another service knows the pair."""
        pair = f"{self.subject}:{self.action}"
        return cast(AuditEvent, pair) if pair in EVENTS else None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry with its place in the chain, counted from 1."""

    number: int
    hash: bytes
    entry: Entry


def link_of(head: Head, entry: Entry) -> Link:
    """The entry as the next link: SHA-256 over the previous hash and all its fields."""
    number = head.number + 1
    text = json.dumps([number, *map(_plain, astuple(entry))], ensure_ascii=True)
    digest = hashlib.sha256(head.hash + text.encode()).digest()
    return Link(number=number, hash=digest, entry=entry)


def _plain(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)
