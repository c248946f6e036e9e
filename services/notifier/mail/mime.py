"""Header fields and bodies, written byte by byte (RFC 5322, RFC 2045, RFC 2047).

Python's `email` folds differently from one patch release to the next, and drops spaces between
encoded-words. This module imports only the standard library: a test runs it under every Python.
"""

import base64
import re
from collections.abc import Iterator

_LINE = 76
"""Characters of a line that has an encoded-word (RFC 2047, section 2)."""

_WORD = 75
"""Characters of an encoded-word (RFC 2047, section 2)."""

_BEGIN, _END = "=?utf-8?B?", "?="
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_ESCAPED = re.compile(r'(["\\])')


def field(name: str, value: str) -> str:
    """A field with our own ASCII value, on one line."""
    return f"{name}: {value}\r\n"


def text_field(name: str, text: str) -> str:
    """A field of free text, such as `Subject`: unchanged if it is plain and short, else encoded.

    The text is on one line. It is encoded as a whole or not at all: readers drop the space between
    two encoded-words, so spaces have to be inside them.
    """
    words = [text] if _plain(text, name) else _encoded(text, room=_LINE - len(name) - 2)
    return field(name, "\r\n ".join(words))


def mailbox_field(name: str, display: str, *, address: str) -> str:
    """A field with one address, as `From`, and the name shown beside it, which may be empty."""
    if not display:
        return field(name, address)
    if _plain(display, name):
        words = [display if _ATOMS.fullmatch(display) else _quoted(display)]
    else:
        words = list(_encoded(display, room=_LINE - len(name) - 2))
    phrase = "\r\n ".join(words)
    last_line = f"{name}: {phrase}".rpartition("\r\n")[2]
    space = " " if len(f"{last_line} <{address}>") <= _LINE else "\r\n "
    return field(name, f"{phrase}{space}<{address}>")


def alternative(text: str, html: str, *, boundary: str) -> str:
    """The fields and the body of a mail that says the same as text and as HTML, text first."""
    parts = (_part("plain", text), _part("html", html))
    return (
        field("MIME-Version", "1.0")
        + field("Content-Type", f'multipart/alternative; boundary="{boundary}"')
        + "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
        + f"\r\n--{boundary}--\r\n"
    )


def _part(subtype: str, content: str) -> str:
    lines = b"".join(line + b"\r\n" for line in content.encode().splitlines())
    encoded = base64.encodebytes(lines).decode("ascii").rstrip("\n")
    return (
        field("Content-Type", f'text/{subtype}; charset="utf-8"')
        + field("Content-Transfer-Encoding", "base64")
        + "\r\n"
        + encoded.replace("\n", "\r\n")
    )


def _plain(text: str, name: str) -> bool:
    """Whether it may be written without encoding, on the field's first line.

    Text that looks like an encoded-word would be decoded by readers.
    """
    fits = len(name) + 2 + len(_quoted(text)) <= _LINE
    return fits and _PLAIN.fullmatch(text) is not None and "=?" not in text


def _quoted(text: str) -> str:
    """A quoted-string (RFC 5322, section 3.2.4)."""
    return '"' + _ESCAPED.sub(r"\\\1", text) + '"'


def _encoded(text: str, *, room: int) -> Iterator[str]:
    """Encoded-words, each of whole characters; the first has at most `room` characters."""
    chunk = b""
    for character in text:
        data = character.encode()
        if chunk and len(_word(chunk + data)) > min(room, _WORD):
            yield _word(chunk)
            chunk, room = b"", _WORD
        chunk += data
    if chunk:
        yield _word(chunk)


def _word(chunk: bytes) -> str:
    return f"{_BEGIN}{base64.b64encode(chunk).decode('ascii')}{_END}"
