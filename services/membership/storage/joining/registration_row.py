"""A row of the table `registrations`, as several modules read it."""

from typing import ClassVar

import asyncpg

from services.membership.domain.joining.registrations import Entry, Registration
from services.membership.domain.members.members import Person

_PERSON = (
    "family_name", "given_name", "family_name_kana", "given_name_kana", "phone", "department",
    "job_title",
)  # fmt: skip
_ENTRY = ("customer_code", "customer_phone", "email", "email_key", "locale", "mailbox", "network")
_WAITING = ("customer_id", "waits_for", "confirmed_at", "invitation_id")


class RegistrationRow:
    """The selected columns, and their conversion."""

    COLUMNS: ClassVar[str] = ", ".join(
        ("id", "state", "expires_at", "reasons", *_WAITING, *_ENTRY, *_PERSON)
    )

    EMPTIED: ClassVar[str] = """
        customer_code = '', customer_phone = '', family_name = '', given_name = '',
        family_name_kana = '', given_name_kana = '', email = '', email_key = '', phone = '',
        department = '', job_title = '', mailbox = null, network = null
    """

    @staticmethod
    def read(row: asyncpg.Record) -> Registration:
        """The registration in a row of these columns."""
        person = Person(**{name: row[name] for name in _PERSON})
        return Registration(
            id=row["id"],
            state=row["state"],
            expires_at=row["expires_at"],
            entry=Entry(person=person, **{name: row[name] for name in _ENTRY}),
            reasons=tuple(row["reasons"]),
            **{name: row[name] for name in _WAITING},
        )
