"""Interprets and checks the cells of the customer file (R1, R3, R5).

All errors of all rows are reported.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from services.membership.domain.company.customers import (
    HIGHEST_SEAT_LIMIT,
    SEAT_LIMIT,
    Kind,
    MasterRecord,
    kind_of,
)
from services.membership.domain.entry import phones, text
from services.membership.domain.entry.personal_domains import is_personal
from services.membership.domain.entry.phones import InvalidPhone
from services.membership.domain.entry.text import InvalidText
from services.membership.domain.table_file.cells import InvalidCell, require_intact
from services.membership.domain.table_file.table_file import (
    Cell,
    Fault,
    FaultyFile,
    Layout,
    Record,
    Table,
)
from shared.addresses import InvalidAddress, parse_domain
from shared.crypto import new_id

Column = Literal["code", "name", "name_kana", "kind", "phone", "email_domains", "seat_limit"]
COLUMNS: tuple[Column, ...] = get_args(Column)
LAYOUT = Layout(
    headings={
        "code": ("お客様コード", "code"),
        "name": ("会社名", "name"),
        "name_kana": ("フリガナ", "name_kana"),
        "kind": ("区分", "kind"),
        "phone": ("電話番号", "phone"),
        "email_domains": ("メールドメイン", "email_domains"),
        "seat_limit": ("アカウント上限", "seat_limit"),
    },
    required=("code", "name", "kind", "phone"),
)

LONGEST_CODE = 50
LONGEST_NAME = 100

_SEPARATORS = re.compile("[;；]")
_TEXTS: tuple[Column, ...] = ("code", "name", "name_kana", "phone", "email_domains")
_DIGITS = re.compile("[0-9０-９]{1,9}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A customer in the file, with the cell of its code; None if the file lacks the column."""

    cell: Cell = field(compare=False, default=Cell(0))
    code: str
    code_key: str
    name: str
    kind: Kind
    phone: str
    name_kana: str | None
    domains: frozenset[str] | None
    seat_limit: int | None

    def over(self, known: MasterRecord | None) -> MasterRecord:
        """The customer after applying this row: missing columns stay unchanged."""
        return MasterRecord(
            id=known.id if known else new_id(),
            code=self.code,
            code_key=self.code_key,
            name=self.name,
            name_kana=_said(self.name_kana, known.name_kana if known else ""),
            kind=self.kind,
            phone=self.phone,
            seat_limit=_said(self.seat_limit, known.seat_limit if known else SEAT_LIMIT),
            domains=_said(self.domains, known.domains if known else frozenset()),
        )


def _said(said: T | None, otherwise: T) -> T:
    return otherwise if said is None else said


def faults_of_zeros(rows: Sequence[CustomerRow], known: Mapping[str, str]) -> list[Fault]:
    """A fault for every new code that differs only by leading zeros from a known one, or from one
    further up: Excel drops the zeros of a code, and another customer would come of it.

    Args:
        rows: The customers of a file.
        known: The codes that there are, by their keys, as far as they differ only so.
    """
    codes = {_without_zeros(key): code for key, code in known.items()}
    faults = []
    for row in rows:
        if not row.code_key.isdecimal():
            continue
        bare = _without_zeros(row.code_key)
        if bare in codes and row.code_key not in known:
            faults.append(Fault(row.cell, "code_without_zeros", f"{row.code} / {codes[bare]}"))
        codes.setdefault(bare, row.code)
    return faults


def _without_zeros(key: str) -> str:
    return key.lstrip("0")


def validate(table: Table, checked: Callable[[int], None] = lambda _: None) -> list[CustomerRow]:
    """The customers of a file; `checked` is called with the number of rows checked.

    Raises:
        FaultyFile: Some rows have errors; all of them are listed.
    """
    faults = [*table.faults, *_repeated(table)]
    rows = []
    for record in table.records:
        rows.append(_Reader(record, table, faults).row())
        checked(1)
    if faults:
        raise FaultyFile(faults)
    return [row for row in rows if row is not None]


class _Reader:
    """Reads the cells of one record and collects their errors."""

    def __init__(self, record: Record, table: Table, faults: list[Fault]) -> None:
        self._record = record
        self._table = table
        self._faults = faults

    def row(self) -> CustomerRow | None:
        """The customer, unless a cell has an error."""
        before = len(self._faults)
        code = self._read("code", _code)
        name = self._read("name", _name)
        name_kana = self._read("name_kana", _name_kana)
        kind = self._read("kind", _kind)
        phone = self._read("phone", _phone)
        domains = self._read("email_domains", _domains)
        seat_limit = self._read("seat_limit", _seat_limit)
        if len(self._faults) > before:
            return None
        assert code is not None
        assert name is not None
        assert kind is not None
        assert phone is not None
        return CustomerRow(
            cell=self._table.cell(self._record, "code"),
            code=code,
            code_key=text.code_key(code),
            name=name,
            kind=kind,
            phone=phone,
            name_kana=name_kana,
            domains=domains,
            seat_limit=seat_limit,
        )

    def _read(self, column: Column, meaning: Callable[[str], T]) -> T | None:
        cell = self._record.cells.get(column)
        if cell is None:
            return None
        try:
            require_intact(cell, is_text=column in _TEXTS)
            return meaning(cell)
        except InvalidCell as error:
            self._fault(column, error.code, error.detail)
        except InvalidText as error:
            self._fault(column, error.code, cell if error.code == "too_long" else "")
        return None

    def _fault(self, column: Column, code: str, detail: str) -> None:
        self._faults.append(Fault(self._table.cell(self._record, column), code, detail))


def _code(cell: str) -> str:
    return text.code(cell, longest=LONGEST_CODE)


def _name(cell: str) -> str:
    return text.name(cell, longest=LONGEST_NAME)


def _name_kana(cell: str) -> str:
    return text.reading(cell, longest=LONGEST_NAME)


def _kind(cell: str) -> Kind:
    word = text.name(cell, longest=LONGEST_NAME)
    kind = kind_of(word)
    if kind is None:
        raise InvalidCell("unknown_kind", word)
    return kind


def _phone(cell: str) -> str:
    number = text.name(cell, longest=LONGEST_NAME)
    try:
        return phones.plausible(number)
    except InvalidPhone as error:
        raise InvalidCell(error.code, number) from None


def _domains(cell: str) -> frozenset[str]:
    parts = _SEPARATORS.split(text.name(cell, longest=1000, may_be_empty=True))
    return frozenset(_domain(part.strip()) for part in parts if part.strip())


def _domain(part: str) -> str:
    try:
        domain = parse_domain(part)
    except InvalidAddress:
        raise InvalidCell("invalid_domain", part) from None
    if is_personal(domain):
        raise InvalidCell("personal_domain", part)
    return domain


def _seat_limit(cell: str) -> int | None:
    digits = cell.strip()  # and as it stands: NFKC makes 52 of 5②
    if not digits:
        return None
    if not _DIGITS.fullmatch(digits) or not 1 <= int(digits) <= HIGHEST_SEAT_LIMIT:
        raise InvalidCell("invalid_seat_limit", text.name(cell, longest=LONGEST_NAME))
    return int(digits)


def _repeated(table: Table) -> list[Fault]:
    """A fault for every record whose code stands further up, bad rows included."""
    records: dict[str, list[Record]] = defaultdict(list)
    for record in table.records:
        if code := record.cells["code"].strip():
            records[text.code_key(code)].append(record)
    return [
        Fault(table.cell(record, "code"), "duplicate_code", str(table.cell(same[0], "code")))
        for same in records.values()
        for record in same[1:]
    ]
