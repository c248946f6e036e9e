"""Values that a spreadsheet changed: restored if unambiguous, otherwise reported. For Excel,
LibreOffice, Numbers and Google Sheets, in Japan."""

import re
import unicodedata
from collections.abc import Mapping

_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
_APOSTROPHE = re.compile(r"^\s*['＇](?=[^'＇]+$)")

_DAY = r"(0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(0?[1-9]|1[0-2])"
_YEAR = r"(19|20)[0-9]{2}"
_ERA = r"(明治|大正|昭和|平成|令和|[MTSHR])([0-9]{1,2}|元)"
_ENGLISH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"( ?\(?[月火水木金土日](曜日?)?\)?)?"
_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?"
_DATES = (
    rf"({_YEAR}年|{_ERA}年)?{_MONTH}月{_DAY}日{_WEEKDAY}",
    rf"{_YEAR}年{_MONTH}月",
    rf"{_ERA}[./]{_MONTH}[./]{_DAY}",
    rf"{_YEAR}-{_MONTH}-{_DAY}([ T]{_TIME})?",
    rf"{_YEAR}/{_MONTH}/{_DAY}( {_TIME})?",
    rf"{_YEAR}/{_MONTH}",
    rf"{_MONTH}/{_DAY}(/({_YEAR}|[0-9]{{2}}))?( {_TIME})?",
    rf"{_DAY}/{_MONTH}/({_YEAR}|[0-9]{{2}})",
    rf"{_DAY}[- ]{_ENGLISH}([- ]({_YEAR}|[0-9]{{2}}))?",
    rf"{_ENGLISH}[- ]({_YEAR}|[0-9]{{1,2}})",
    _TIME,
)
_LEAVINGS: Mapping[str, re.Pattern[str]] = {
    "excel_error": re.compile(
        r"#(N/A|DIV/0!|NAME\?|GETTING_DATA|(REF|VALUE|NULL|NUM|SPILL|CALC|BUSY|FIELD|BLOCKED|CONNECT"
        r"|UNKNOWN|ERROR|PYTHON)!)|##+|ERR:[0-9]{3}",
        re.IGNORECASE,
    ),
    "excel_date": re.compile("|".join(_DATES), re.IGNORECASE),
    "excel_number": re.compile(
        r"[-+]?[0-9](\.[0-9]+)?E[-+][0-9]+|[-+¥\\]?[0-9]+\.[0-9]+|[-+¥\\]?[0-9]{1,3}(,[0-9]{3})+"
        r"|[0-9.]+%",
        re.IGNORECASE,
    ),
    "excel_truth": re.compile("TRUE|FALSE"),
    "excel_formula": re.compile(r"[=＝].+"),
}


def unwrapped(cell: str) -> str:
    """The cell without what keeps it a text: a formula, ="0071235", or an apostrophe, '0071235."""
    if found := _TEXT_FORMULA.fullmatch(cell):
        return found[1].replace('""', '"')
    return _APOSTROPHE.sub("", cell, count=1)


def leaving(cell: str) -> str:
    """Which of them it is: `excel_error`, `excel_date`, `excel_number`, `excel_truth`,
    `excel_formula`; else empty."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    return next((code for code, one in _LEAVINGS.items() if one.fullmatch(plain)), "")
