"""Stores the newest mails persistently, in one SQLite file (mails)."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from embedded.mailbox.mail import Address, Summary

KEPT = 10_000

_SCHEMA = """
create table if not exists mails (
    number integer primary key autoincrement,
    id text not null unique,
    message_id text not null,
    sender text not null,
    recipients text not null,
    subject text not null,
    created integer not null,
    raw blob not null
)
"""
_PEOPLE = TypeAdapter(list[Address])
_COLUMNS = "id, message_id, sender, recipients, subject, created, length(raw) as size"


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, newest first, and the total number of mails."""

    total: int
    mails: list[Summary]


class MailStore:
    """Every call runs one short statement, so it may be made from an event loop."""

    def __init__(self, path: Path, *, kept: int = KEPT) -> None:
        """Open or create the file. Raises sqlite3.DatabaseError if it is damaged."""
        self._kept = kept
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("pragma synchronous = normal")
        self._database.execute(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, summary: Summary, raw: bytes) -> None:
        """Store a mail, and delete the oldest one beyond the limit."""
        values = (
            summary.id,
            summary.message_id,
            summary.sender.model_dump_json(),
            _PEOPLE.dump_json(summary.recipients).decode(),
            summary.subject,
            int(summary.created.timestamp() * 1000),
            raw,
        )
        number = self._database.execute(
            "insert into mails (id, message_id, sender, recipients, subject, created, raw)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        self._database.execute("delete from mails where number <= ?", [(number or 0) - self._kept])

    def list_page(self, *, start: int, limit: int) -> Page:
        """The mails from `start` on, counted from the newest."""
        (total,) = self._database.execute("select count(*) from mails").fetchone()
        rows = self._database.execute(
            f"select {_COLUMNS} from mails order by number desc limit ? offset ?",  # noqa: S608
            [limit, start],
        )
        return Page(total, [_summary(row) for row in rows])

    def find(self, id: str) -> tuple[Summary, bytes] | None:
        """A mail with its full source."""
        row = self._database.execute(
            f"select {_COLUMNS}, raw from mails where id = ?",  # noqa: S608
            [id],
        ).fetchone()
        return (_summary(row), row["raw"]) if row else None

    def remove(self, ids: list[str]) -> None:
        """Remove these mails; unknown ids are ignored."""
        self._database.executemany("delete from mails where id = ?", [(id,) for id in ids])

    def remove_all(self) -> None:
        """Remove every mail."""
        self._database.execute("delete from mails")


def _summary(row: sqlite3.Row) -> Summary:
    return Summary(
        id=row["id"],
        message_id=row["message_id"],
        sender=Address.model_validate_json(row["sender"]),
        recipients=_PEOPLE.validate_json(row["recipients"]),
        subject=row["subject"],
        created=datetime.fromtimestamp(row["created"] / 1000, UTC),
        size=row["size"],
    )
