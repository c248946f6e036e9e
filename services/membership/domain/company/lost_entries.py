"""Finds entries of the audit log that a restored database has lost, in lines stored elsewhere.

These are lines of JSON: entries as `zaiseki audit export` writes them, and the heads of chains that
the worker logs once a day (`audit head`). Other log lines are ignored. Pure.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from services.membership.domain.company.audit import VENDOR, Head, Link, link_of

_LINK = TypeAdapter(Link)
_ENDED = frozenset({"session", "password", "presence"})
"""Actions that a restore ends or requires again by itself."""

_TOLD_ONLY = frozenset(
    {
        "mail:refused", "account:exported", "company:audit_log_exported", "company:import_checked",
        "company:members_listed", "company:phone_shown", "member:revealed", "approval:listed",
        "approval:revealed",
    }
)  # fmt: skip
"""Displays and notices, which cannot be repeated."""
_SHUT_OUT = ("member:suspended", "member:deleted", "member:replaced", "role:changed")
"""Actions that blocked a person or reduced their rights: to be repeated first."""


class UnreadableLine(ValueError):
    """A line looks like an entry of the audit log but is not valid."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The entries in the lines by customer and number, and each chain's highest number."""

    links: Mapping[UUID, Mapping[int, Link]]
    last: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Lost:
    """The lost entries of one chain: the known ones, and the numbers of the unknown ones.

    `continues` is False if a known entry does not follow the previous one: it is from another
    database, or was changed.
    """

    customer_id: UUID
    links: list[Link] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    continues: bool = True


def write(link: Link) -> str:
    """An entry as a line."""
    values = {**asdict(link.entry), "number": link.number, "hash": link.hash.hex()}
    return json.dumps(values, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read(lines: Iterable[str]) -> Kept:
    """Read the entries in these lines.

    Raises:
        UnreadableLine: An entry is damaged; it has the number of the line.
    """
    links: dict[UUID, dict[int, Link]] = {}
    last: dict[UUID, int] = {}
    for row, line in enumerate(lines, 1):
        try:
            found = _read(line)
        except (ValidationError, ValueError, KeyError, TypeError):
            raise UnreadableLine(f"line {row} is not an entry of the audit log") from None
        if found is None:
            continue
        chain, number, link = found
        last[chain] = max(number, last.get(chain, 0))
        if link is not None:
            links.setdefault(chain, {})[number] = link
    return Kept(links, last)


def _read(line: str) -> tuple[UUID, int, Link | None] | None:
    try:
        values = json.loads(line[line.index("{") :])  # containers' logs may put something before it
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    if values.get("event") == "audit head":
        chain = VENDOR if values["chain"] == "vendor" else UUID(values["chain"])
        return chain, int(values["number"]), None
    if not {"customer_id", "number", "hash"} <= values.keys():
        return None
    link = _link(values)
    return link.entry.customer_id, link.number, link


def _link(values: dict[str, Any]) -> Link:
    number, digest = values.pop("number"), bytes.fromhex(values.pop("hash"))
    return _LINK.validate_python({"number": number, "hash": digest, "entry": values})


def compare(kept: Kept, heads: Mapping[UUID, Head]) -> list[Lost]:
    """The entries of each chain after the head in the restored database."""
    return [
        _compare(chain, kept.links.get(chain, {}), heads.get(chain, Head(0, b"")), last)
        for chain, last in sorted(kept.last.items())
        if last > heads.get(chain, Head(0, b"")).number
    ]


def _compare(chain: UUID, links: Mapping[int, Link], head: Head, last: int) -> Lost:
    known, unknown, continues = [], [], True
    before: Head | None = head
    for number in range(head.number + 1, last + 1):
        link = links.get(number)
        if link is None:
            unknown.append(number)
            before = None
            continue
        if before is not None and link_of(before, link.entry).hash != link.hash:
            continues = False
        known.append(link)
        before = Head(link.number, link.hash)
    return Lost(chain, known, unknown, continues)


def name(link: Link) -> str:
    """`subject:action`."""
    return f"{link.entry.subject}:{link.entry.action}"


def to_do_again(lost: Iterable[Lost]) -> list[Link]:
    """The actions to repeat: those that blocked a person first, then in chronological order."""
    found = [
        link
        for one in lost
        for link in one.links
        if link.entry.subject not in _ENDED
        and link.entry.action != "denied"
        and name(link) not in _TOLD_ONLY
    ]
    return sorted(found, key=lambda link: (name(link) not in _SHUT_OUT, link.entry.at))
