"""Detects the encoding of a file: UTF-8, CP932 or UTF-16, from the whole file."""

import codecs
import re

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
"""How .xlsx, .ods and .numbers begin (ZIP), .xls (OLE 2), and what else is renamed to .csv."""
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|\?xml|html|table)", re.IGNORECASE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ISO_2022 = re.compile(rb"\x1b[$(]")
_LONG_UTF8 = re.compile(rb"[\xe3-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PAIR_OF_EUC = re.compile(rb"[\xa1-\xfe]{2}")
_BEYOND_HALF_WIDTH_KANA = re.compile("[^\x00-\x7f\uff61-\uff9f]")
_WORD_OF_LATIN = re.compile("[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]")
_UTF16_LINE_ENDS = {
    "utf-16-le": {(0x0A, 0), (0x0D, 0)},
    "utf-16-be": {(0, 0x0A), (0, 0x0D)},
}
_END_OF_FILE = "\x1a"
"""The end-of-file character of MS-DOS programs."""
_MOST_DAMAGED = 0.1


class UnreadableFile(ValueError):
    """The file is not readable text; `code` has the reason: `workbook` or `unknown_encoding`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(data: bytes) -> str:
    """The text of a file; a character that cannot be read becomes U+FFFD.

    Raises:
        UnreadableFile: It is a workbook, or in another encoding.
    """
    if data.startswith(_WORKBOOKS) or _MARKUP.match(data):
        raise UnreadableFile("workbook")
    if data.startswith(_UTF32) or _ISO_2022.search(data):
        raise UnreadableFile("unknown_encoding")
    text = _utf16(data) or _one_of_two(data)
    return _believable(text.lstrip("\ufeff").rstrip(_END_OF_FILE))


def _utf16(data: bytes) -> str:
    """The text, if the file says that it is UTF-16, or if its line ends can be nothing else."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    pairs = set(zip(data[::2], data[1::2], strict=False)) if b"\0" in data else set()
    for encoding, line_ends in _UTF16_LINE_ENDS.items():
        if pairs & line_ends:
            return data.decode(encoding, "replace")
    return ""


def _one_of_two(data: bytes) -> str:
    utf8 = data.decode("utf-8-sig", "replace")
    if data.startswith(codecs.BOM_UTF8):
        return utf8
    if "\ufffd" not in utf8 and not _may_be_kana(utf8):
        return utf8
    # A text in CP932 hardly has three bytes that are one character of UTF-8; Japanese has many.
    if len(_LONG_UTF8.findall(data)) > utf8.count("\ufffd"):
        return utf8
    cp932 = data.decode("cp932", "replace")
    if _is_euc(data, cp932):
        raise UnreadableFile("unknown_encoding")
    return cp932 if cp932.count("\ufffd") <= utf8.count("\ufffd") else utf8


def _is_euc(data: bytes, cp932: str) -> bool:
    """Whether it is in EUC-JP: CP932 makes half-width kana of that, and rare kanji or 外字."""
    pairs_only = _PAIR_OF_EUC.sub(b"", data).isascii()
    return pairs_only and _BEYOND_HALF_WIDTH_KANA.search(cp932) is not None


def _may_be_kana(utf8: str) -> bool:
    """Two half-width kana of CP932, such as ﾃｱ, are also one letter of UTF-8, such as ñ."""
    others = [mark for mark in utf8 if mark > "\x7f"]
    return bool(others) and max(others) <= "\u07ff" and not _WORD_OF_LATIN.search(utf8)


def _believable(text: str) -> str:
    others = sum(mark > "\x7f" for mark in text)
    if text.count("\ufffd") > max(1, _MOST_DAMAGED * others):
        raise UnreadableFile("unknown_encoding")
    if text.count("\0") > _MOST_DAMAGED * len(text):
        raise UnreadableFile("unknown_encoding")
    return text
