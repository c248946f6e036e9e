"""Interprets and checks the cells of a company's file of people to invite (B16).

All errors of all rows are reported, also those of rows that have several.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from services.membership.domain.entry import text
from services.membership.domain.entry.text import InvalidText
from services.membership.domain.table_file import invitation_words, table_file
from services.membership.domain.table_file.cells import InvalidCell, require_intact
from services.membership.domain.table_file.table_file import (
    Cell,
    Fault,
    FaultyFile,
    Layout,
    Record,
    Table,
)
from shared.addresses import Address, InvalidAddress
from shared.contracts.base import Locale, Role

Column = Literal[
    "family_name", "given_name", "name_kana", "email", "role", "department", "job_title", "locale"
]
LAYOUT = Layout(
    headings={
        "family_name": ("姓", "Family name", "family_name", "氏", "名字", "苗字", "Last name"),
        "given_name": ("名", "Given name", "given_name", "First name"),
        "name_kana": ("フリガナ", "Reading", "name_kana", "ふりがな", "カナ", "氏名フリガナ"),
        "email": ("メールアドレス", "Email address", "email", "メール", "Eメール", "E-mail"),
        "role": ("権限", "Role", "role"),
        "department": ("部署", "Department", "department", "部署名", "所属"),
        "job_title": ("役職", "Job title", "job_title", "役職名", "肩書き"),
        "locale": ("言語", "Language", "locale"),
    },
    required=("email",),
)

MOST_ROWS = 200
LONGEST_NAME = 50
LONGEST_DETAIL = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """A person to invite, and the cells of address and role. Without a `locale` the mail is in the
    inviter's language."""

    email_cell: Cell
    role_cell: Cell
    email: str
    email_key: str
    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    role: Role
    department: str
    job_title: str
    locale: Locale | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows without an error, the errors, and the headers of columns that are left out."""

    rows: list[InvitationRow]
    faults: list[Fault]
    left_out: list[str]


def check(data: bytes) -> Checked:
    """Read a file, and check every row."""
    try:
        table = table_file.read(data, LAYOUT)
    except FaultyFile as error:
        return Checked([], error.faults, [])
    if not table.records:
        return Checked([], [Fault(Cell(1), "no_rows")], list(table.left_out))
    if len(table.records) > MOST_ROWS:
        cell = Cell(table.records[MOST_ROWS].row)
        return Checked([], [Fault(cell, "too_many_rows", limit=MOST_ROWS)], list(table.left_out))
    faults = list(table.faults)
    rows = [_Reader(record, table, faults).row() for record in table.records]
    good = [row for row in rows if row is not None]
    faults += _repeated(good)
    return Checked(good, faults, list(table.left_out))


def _repeated(rows: list[InvitationRow]) -> list[Fault]:
    """A fault for every address that stands further up."""
    first: dict[str, InvitationRow] = {}
    faults = []
    for row in rows:
        above = first.setdefault(row.email_key, row)
        if above is not row:
            faults.append(Fault(row.email_cell, "repeated_address", str(above.email_cell)))
    return faults


class _Reader:
    """Reads the cells of one record and collects their errors."""

    def __init__(self, record: Record, table: Table, faults: list[Fault]) -> None:
        self._record = record
        self._table = table
        self._faults = faults

    def row(self) -> InvitationRow | None:
        """The person, unless a cell has an error."""
        before = len(self._faults)
        family_name, given_name = self._read("family_name", _name), self._read("given_name", _name)
        kana = self._read("name_kana", _reading)
        email = self._read("email", _email)
        role = self._read("role", _role)
        department = self._read("department", _detail)
        job_title = self._read("job_title", _detail)
        locale = self._read("locale", _locale)
        if len(self._faults) > before or email is None:
            return None
        family_kana, given_kana = kana or ("", "")
        return InvitationRow(
            email_cell=self._cell("email"),
            role_cell=self._cell("role"),
            email=email.mailed,
            email_key=email.key,
            family_name=family_name or "",
            given_name=given_name or "",
            family_name_kana=family_kana,
            given_name_kana=given_kana,
            role=role or "staff",
            department=department or "",
            job_title=job_title or "",
            locale=locale,
        )

    def _cell(self, column: Column) -> Cell:
        """Where the column is; the whole row if the file lacks it."""
        if column in self._table.columns:
            return self._table.cell(self._record, column)
        return Cell(self._record.row)

    def _read(self, column: Column, meaning: Callable[[str], T]) -> T | None:
        cell = self._record.cells.get(column)
        if cell is None:
            return None
        try:
            require_intact(cell)
            return meaning(cell)
        except InvalidCell as error:
            code, limit = error.code, None
        except InvalidText as error:
            code = error.code
            limit = LONGEST_DETAIL if column in ("department", "job_title") else LONGEST_NAME
        self._faults.append(Fault(self._cell(column), code, cell, limit))
        return None


def _name(cell: str) -> str:
    return text.line(cell, longest=LONGEST_NAME)


def _detail(cell: str) -> str:
    return text.line(cell, longest=LONGEST_DETAIL)


def _reading(cell: str) -> tuple[str, str]:
    """Family name and given name, which a space separates."""
    reading = text.reading(cell, longest=LONGEST_NAME)
    family, gap, given = reading.partition(" ")
    if reading and not gap:
        raise InvalidCell("reading_without_space")
    return family, given


def _email(cell: str) -> Address:
    if not cell.strip():
        raise InvalidCell("empty")
    try:
        return Address.parse(cell)
    except InvalidAddress:
        raise InvalidCell("invalid_address") from None


def _role(cell: str) -> Role:
    role = invitation_words.role_of(cell)
    if role is None:
        raise InvalidCell("unknown_role")
    return role


def _locale(cell: str) -> Locale | None:
    if not invitation_words.is_language(cell):
        raise InvalidCell("unknown_language")
    return invitation_words.language_of(cell)
