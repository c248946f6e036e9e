"""A file that people save in Excel, as text in rows and columns, counted as Excel counts them: a
cell with a line feed is in one row. A `Layout` says which columns there are; `customer_rows` and
`invitation_rows` have one each, and interpret the cells.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from services.membership.domain.table_file.excel_leavings import unwrapped
from services.membership.domain.table_file.file_encoding import UnreadableFile, decode

_SEPARATORS = ",\t;"
_SAID_SEPARATOR = re.compile(r'"?sep=([,;\t])"?(\r\n|\r|\n)', re.IGNORECASE)
_MARKS = re.compile(r"\(.*?\)|[*※:]|必須|任意")
_SEARCHED_ROWS = 30
_ALIKE = 0.6
_FULL = 2
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a kind of file: the headings of each, the first of which is ours in Japanese;
    and those that the file must have."""

    headings: Mapping[str, Sequence[str]]
    required: Sequence[str]

    def column(self, header: str) -> str | None:
        """The column that a header in a file names."""
        plain = _plain(header)
        return next(
            (name for name, heads in self.headings.items() if plain in map(_plain, heads)), None
        )

    def known(self, header: Sequence[str]) -> int:
        """The number of our columns in a row."""
        return len({self.column(name) for name in header} - {None})

    def is_full(self, row: Sequence[str]) -> bool:
        """Whether the row may be a record: a title fills fewer cells."""
        return sum(bool(cell.strip()) for cell in row) >= max(_FULL, len(self.required))


@dataclass(frozen=True, slots=True)
class Cell:
    """A position: the row as a spreadsheet counts it, the column's letter (empty for the whole
    row), and the column's heading in the file (or ours, if it has none)."""

    row: int
    letter: str = ""
    header: str = ""

    def __str__(self) -> str:
        return f"{self.letter}{self.row}"


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in a file, with its position; `code` is stable, `detail` shows the text, `limit` is
    the length or the number that it exceeds."""

    cell: Cell
    code: str
    detail: str = ""
    limit: int | None = None


class FaultyFile(Exception):
    """The file cannot be imported; `faults` has all its errors."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: fault.cell.row)


@dataclass(frozen=True, slots=True)
class Record:
    """A row and its cells, with line breaks in them replaced by spaces."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a file, and its columns: for each of ours its cell in the header. A column
    that it does not have is not in `columns`, nor in any record; `left_out` heads those that are
    not ours. `faults` are of records that do not fit under the header."""

    columns: Mapping[str, Cell]
    records: Sequence[Record]
    faults: Sequence[Fault]
    left_out: Sequence[str] = ()

    def cell(self, record: Record, column: str) -> Cell:
        """The position of this column of the record."""
        head = self.columns[column]
        return Cell(record.row, head.letter, head.header)


def read(data: bytes, layout: Layout) -> Table:
    """Parse a file.

    Raises:
        FaultyFile: It is not text, not CSV, or its columns are not ours.
    """
    try:
        rows = _best_rows(decode(data), layout)
    except UnreadableFile as error:
        raise FaultyFile([Fault(Cell(1), error.code)]) from None
    if not rows:
        raise FaultyFile([Fault(Cell(1), "empty_file")])
    (top, header), records = rows[0], rows[1:]
    filled = [any("".join(row[at : at + 1]).strip() for _, row in records)
              for at in range(len(header))]  # fmt: skip
    columns, left_out = _columns(layout, top, header, filled)
    at = {column: header.index(cell.header) for column, cell in columns.items()}
    faults = [_unheaded(number, row, len(header)) for number, row in records]
    return Table(
        {name: Cell(top, cell.letter, cell.header.strip()) for name, cell in columns.items()},
        [
            Record(number, {name: _cell(row, place) for name, place in at.items()})
            for number, row in records
        ],
        [fault for fault in faults if fault],
        left_out,
    )


def _cell(row: Sequence[str], at: int) -> str:
    # Excel leaves empty cells out at the end of a row.
    return unwrapped(row[at]) if at < len(row) else ""


def _unheaded(number: int, row: Sequence[str], width: int) -> Fault | None:
    for at in range(width, len(row)):
        if row[at].strip():
            return Fault(Cell(number, letter(at)), "too_many_cells", row[at])
    return None


def _best_rows(text: str, layout: Layout) -> list[Row]:
    """The header and what is below it, split by the character that makes the best header."""
    said = _SAID_SEPARATOR.match(text)
    if said:  # Excel takes the first line as an order to itself, and shows it in no row
        return _below_titles(_rows(text[said.end() :], said[1]), layout)
    found: list[list[Row]] = []
    faults: list[FaultyFile] = []
    for separator in _SEPARATORS:
        try:
            found.append(_below_titles(_rows(text, separator), layout))
        except FaultyFile as error:
            faults.append(error)

    def known(rows: Sequence[Row]) -> int:
        return layout.known(rows[0][1]) if rows else 0

    best = max(found, key=known, default=[])
    if faults and not known(best):
        raise faults[0]
    return best


def _below_titles(rows: Iterator[Row], layout: Layout) -> list[Row]:
    """The rows from the header on: the one that has most of our columns. Titles may stand above.

    Raises:
        FaultyFile: A record may stand above it too, as in a sheet that was sorted with its header.
    """
    every = list(rows)
    if not every:
        return []
    searched = every[:_SEARCHED_ROWS]
    best = max(range(len(searched)), key=lambda at: (layout.known(searched[at][1]), -at))
    above = [
        Fault(Cell(number), "above_header") for number, row in every[:best] if layout.is_full(row)
    ]
    if above:
        raise FaultyFile(above)
    return every[best:]


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Each row that is not blank, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    number = 0
    try:
        for row in reader:
            number += 1
            if any(cell.strip() for cell in row):
                yield number, [_without_breaks(cell) for cell in row]
    except csv.Error:
        raise FaultyFile([Fault(Cell(number + 1), "not_csv")]) from None


def _without_breaks(cell: str) -> str:
    return " ".join(cell.split()) if any(mark in cell for mark in "\r\n\t") else cell


def letter(at: int) -> str:
    """How a spreadsheet names the column: A to Z, AA, …"""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _columns(
    layout: Layout, row: int, heads: Sequence[str], filled: Sequence[bool]
) -> tuple[dict[str, Cell], list[str]]:
    """Where each of our columns is, and the headers of those that are left out.

    Raises:
        FaultyFile: A column is there twice, is missing, has no header, or may be one of ours under
            another name.
    """
    found: dict[str, Cell] = {}
    unknown: list[Cell] = []
    faults: list[Fault] = []
    for at, head in enumerate(heads):
        cell = Cell(row, letter(at), head)
        column = layout.column(head)
        if column in found:
            faults.append(Fault(_tidy(cell), "duplicate_column"))
        elif column is not None:
            found[column] = cell
        elif head.strip() or (filled[at]):
            unknown.append(_tidy(cell))
    if not found:
        raise FaultyFile([Fault(Cell(row), "no_header")])
    missing = {name: headings for name, headings in layout.headings.items() if name not in found}
    faults += [Fault(cell, "unknown_column", _meant(cell, missing)) for cell in unknown
               if not cell.header or _meant(cell, missing)]  # fmt: skip
    faults += [
        Fault(Cell(row, "", f"{layout.headings[column][0]} ({column})"), "missing_column")
        for column in layout.required
        if column in missing
    ]
    if faults:
        raise FaultyFile(faults)
    return found, [cell.header for cell in unknown]


def _tidy(cell: Cell) -> Cell:
    return Cell(cell.row, cell.letter, cell.header.strip())


def _meant(cell: Cell, missing: Mapping[str, Sequence[str]]) -> str:
    """The missing column that this header may mean; empty if none."""
    head = _plain(cell.header)
    for headings in missing.values():
        for name in headings:
            if head and (head in name or SequenceMatcher(None, head, name).ratio() >= _ALIKE):
                return headings[0]
    return ""


def _plain(header: str) -> str:
    return _MARKS.sub("", "".join(unicodedata.normalize("NFKC", header).casefold().split()))
