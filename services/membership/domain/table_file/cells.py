"""What no cell of a file may contain, whatever its column."""

import re

from services.membership.domain.table_file.excel_leavings import leaving

# U+FFFD is what a program leaves that could not read a character; the others are what the bytes
# A0 and FD to FF become, which CP932 does not use.
_DAMAGED = re.compile("[\ufffd\uf8f0-\uf8f3]")


class InvalidCell(ValueError):
    """A cell has an error: its code, and what of the cell is wrong."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def require_intact(cell: str, *, is_text: bool = True) -> None:
    """Check that no program damaged a cell. Only in a column of texts, numbers and dates are what
    Excel made of a text.

    Raises:
        InvalidCell: A character is damaged, or Excel converted the text.
    """
    if _DAMAGED.search(cell):
        raise InvalidCell("damaged_character", cell)
    if is_text and (left := leaving(cell)):
        raise InvalidCell(left, cell)
