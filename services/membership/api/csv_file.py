"""CSV files that Excel opens rightly: UTF-8 with a byte order mark, and no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from aiohttp import hdrs, web

_BEGINS_FORMULA = ("=", "+", "-", "@")
_CONTROLS = ("\t", "\r", "\n")


def response(name: str, rows: Iterable[Sequence[object]]) -> web.Response:
    """The rows as a file to save under this name."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows(map(_harmless, row) for row in rows)
    headers = {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"'}
    body = file.getvalue().encode("utf-8-sig")
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def _harmless(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (ASVS-1.2.10).

    Full-width signs count too, because Japanese spreadsheets read them like narrow ones, and
    invisible characters before a sign are ignored.
    """
    if isinstance(value, str):
        seen = (mark for mark in normalize("NFKC", value) if mark.isprintable() and mark != " ")
        formula = next(seen, "") in _BEGINS_FORMULA or value[:1] in _CONTROLS
        return f"'{value}" if formula else value
    return value
