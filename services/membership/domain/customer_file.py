"""The master file as text in lines and columns: CSV in UTF-8 or CP932, as Excel saves it in Japan.

What the cells mean is `customer_rows`' business.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Column = Literal["code", "name", "name_kana", "kind", "phone", "email_domains", "seat_limit"]
COLUMNS: tuple[Column, ...] = get_args(Column)
REQUIRED: tuple[Column, ...] = ("code", "name", "kind", "phone")

JAPANESE: dict[Column, str] = {
    "code": "お客様コード",
    "name": "会社名",
    "name_kana": "フリガナ",
    "kind": "区分",
    "phone": "電話番号",
    "email_domains": "メールドメイン",
    "seat_limit": "アカウント上限",
}
_BY_HEADER = {column: column for column in COLUMNS} | {
    header: column for column, header in JAPANESE.items()
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file and where: `line` is where the record starts, counted from 1;
    `column` is as the file heads it (or ours, if it has none), `code` is stable, `detail` shows
    the text in question."""

    line: int
    column: str
    code: str
    detail: str = ""


class FaultyFile(Exception):
    """The file cannot be taken; `faults` has everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: fault.line)


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the line where it starts, and its cells, with line breaks inside as spaces."""

    line: int
    cells: Mapping[Column, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a file, and how it heads its columns. A column that it does not have is not
    in `headers`, nor in any record. `faults` are of records that do not fit under the headers."""

    headers: Mapping[Column, str]
    records: Sequence[Record]
    faults: Sequence[Fault]


def read(data: bytes) -> Table:
    """Take a file apart.

    Raises:
        FaultyFile: It is not text, not CSV, or its columns are not ours.
    """
    rows = _rows(_decode(data))
    try:
        line, header = next(rows)
    except StopIteration:
        raise FaultyFile([Fault(1, "", "empty_file")]) from None
    columns = _columns(line, header)
    records, faults = [], []
    for line, row in rows:
        if any(cell.strip() for cell in row[len(columns) :]):
            faults.append(Fault(line, "", "too_many_cells", row[len(columns)]))
        # Excel leaves empty cells out at the end of a line.
        cells = [*row, *[""] * (len(columns) - len(row))]
        records.append(Record(line, {name: cells[at] for at, name in enumerate(columns)}))
    headers = {name: header[at].strip() for at, name in enumerate(columns)}
    return Table(headers, records, faults)


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FaultyFile([Fault(1, "", "unknown_encoding", "UTF-16")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(codecs.BOM_UTF8):
            raise _undecodable(data, error) from None
    try:
        return data.decode("cp932")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error) from None


def _undecodable(data: bytes, error: UnicodeDecodeError) -> FaultyFile:
    line = data.count(b"\n", 0, error.start) + 1
    return FaultyFile([Fault(line, "", "unknown_encoding", data[error.start : error.end].hex())])


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it starts; lines that are blank or only commas are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield start, [_without_breaks(cell) for cell in row]
            start = reader.line_num + 1
    except csv.Error as error:
        raise FaultyFile([Fault(start, "", "not_csv", str(error))]) from None


def _without_breaks(cell: str) -> str:
    return " ".join(cell.split()) if any(mark in cell for mark in "\r\n\t") else cell


def _columns(line: int, header: Sequence[str]) -> list[Column]:
    """What each column is, in the file's order.

    Raises:
        FaultyFile: A column is not known, is there twice, or is missing.
    """
    names = [header[at] for at in range(len(header)) if any(cell.strip() for cell in header[at:])]
    columns = [_BY_HEADER.get(_plain(name)) for name in names]
    faults = [
        Fault(line, name.strip(), "unknown_column")
        for name, column in zip(names, columns, strict=True)
        if column is None
    ]
    known = [column for column in columns if column is not None]
    faults += [
        Fault(line, names[at].strip(), "duplicate_column")
        for at, column in enumerate(columns)
        if column is not None and column in columns[:at]
    ]
    faults += [
        Fault(line, f"{JAPANESE[column]} ({column})", "missing_column")
        for column in REQUIRED
        if column not in known
    ]
    if faults:
        raise FaultyFile(faults)
    return known


def _plain(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())
