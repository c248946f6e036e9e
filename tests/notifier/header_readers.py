"""Reads header fields back with three independent readers, and under other versions of Python.

Also runs as a script by itself, under the version of Python that is to be tested.
"""

import base64
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_string, policy
from email.header import decode_header
from email.utils import parseaddr
from pathlib import Path
from typing import Any

MIME = Path(__file__).resolve().parents[2] / "services/notifier/mail/mime.py"

_WORD = re.compile(r"=\?utf-8\?B\?([A-Za-z0-9+/]+={0,2})\?=")
_NAMED = re.compile(r"(.*?) ?<([^<>\s]+)>")
_PERL = (
    "use Encode; binmode STDIN; binmode STDOUT; local $/; "
    "print encode('UTF-8', decode('MIME-Header', <STDIN>))"
)

Reader = Callable[[str], str]


def by_policy(field: str) -> str:
    """The text of a field, read by Python's `email.policy.default`."""
    message = message_from_string(f"{field}\r\n", policy=policy.default)
    [(_, value)] = message.items()
    addresses = getattr(value, "addresses", None)
    return str(value) if addresses is None else addresses[0].display_name


def _odd(field: str, text: str) -> bool:
    """Whether `by_policy` gets the spaces of this name wrong.

    It shows a space between two encoded-words, which RFC 2047, section 6.2, says is not there, and
    one space for several.
    """
    return "?=\r\n =?" in field or re.search(r"\s\s|^\s|\s$", text) is not None


def by_legacy(field: str) -> str:
    """The text, read by `email.header.decode_header`, which most Python programs use."""
    name, _, value = field.removesuffix("\r\n").partition(": ")
    if name != "Subject":
        value = parseaddr(value.replace("\r\n", ""))[0]
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii")
        for part, charset in decode_header(value)
    )


def by_grammar(field: str) -> str:
    """The text, read by the grammar of RFC 2047 and RFC 5322; a violation raises."""
    lines = field.removesuffix("\r\n").split("\r\n")
    assert all(len(line) <= 76 for line in lines if "=?" in line), lines
    assert all(line.startswith(" ") and line.strip() for line in lines[1:]), lines
    name, _, value = "".join(lines).partition(": ")
    if name != "Subject":
        found = _NAMED.fullmatch(value)
        assert found is not None, value
        value = found[1]
        if value.startswith('"'):
            assert re.fullmatch(r'"([^"\\]|\\.)*"', value), value
            return re.sub(r"\\(.)", r"\1", value[1:-1])
    return "".join(_words(value)) if "=?" in value else value


def _words(value: str) -> Iterator[str]:
    """Decode each encoded-word by itself, and drop only the space between two of them."""
    for word in value.split(" "):
        found = _WORD.fullmatch(word)
        assert found is not None, word
        assert len(word) <= 75, word
        yield base64.b64decode(found[1], validate=True).decode()


def wrong(field: str, text: str) -> list[str]:
    """The readers that read another text than `text` from a field, and what they read."""
    readers = (by_policy, by_legacy, by_grammar)
    return [f"{read.__name__}: {read(field)}" for read in readers if not _same(read, field, text)]


def _same(read: Reader, field: str, text: str) -> bool:
    found = read(field)
    if read is by_policy and not field.startswith("Subject") and _odd(field, text):
        return "".join(found.split()) == "".join(text.split())
    return found == text


def perl(field: str) -> str:
    """The text, read by Perl's Encode, which knows only encoded-words."""
    name, _, value = field.removesuffix("\r\n").partition(": ")
    assert name == "Subject"
    read = subprocess.run(
        ["perl", "-e", _PERL], input=value.encode(), capture_output=True, check=True
    )
    return read.stdout.decode()


def has_perl() -> bool:
    """Whether there is a Perl with its module Encode::MIME::Header."""
    found = shutil.which("perl")
    return (
        found is not None
        and not subprocess.run([found, "-MEncode::MIME::Header", "-e1"], check=False).returncode
    )


def pythons() -> list[str]:
    """Every Python from 3.11 on that is installed: this one, those on PATH, those of pyenv."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    folders += Path.home().glob(".pyenv/versions/*/bin")
    found = {sys.executable: ""}
    for folder in folders:
        for minor in range(11, 20):
            path = folder / f"python3.{minor}"
            if path.is_file():
                found[str(path)] = ""
    return [path for path in found if _runs(path)]


def _runs(path: str) -> bool:
    done = subprocess.run([path, "-I", "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


def all_fields(mime: Any, text: str) -> list[str]:
    """The fields that may contain a text, as the module `mime` writes them."""
    return [
        mime.text_field("Subject", text),
        *(
            mime.mailbox_field(name, text, address="no-reply@zaiseki.example")
            for name in ("From", "Reply-To", "Sender")
        ),
    ]


def written(python: str, *, texts: list[str], body: tuple[str, str]) -> dict[str, Any]:
    """The fields that `mime` writes for these texts under a Python, and its readers' mistakes."""
    done = subprocess.run(
        [python, "-I", __file__, str(MIME)],
        input=json.dumps([texts, body]),
        capture_output=True,
        check=True,
        text=True,
    )
    return dict(json.loads(done.stdout))


def _main() -> None:
    spec = importlib.util.spec_from_file_location("mime", sys.argv[1])
    assert spec is not None
    assert spec.loader is not None
    mime = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mime)
    texts, body = json.load(sys.stdin)
    fields = [all_fields(mime, text) for text in texts]
    made = {
        "fields": fields,
        "body": mime.alternative(*body, boundary="=_b"),
        "wrong": [
            fault
            for text, of_text in zip(texts, fields, strict=True)
            for field in of_text
            for fault in wrong(field, text)
        ],
    }
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    _main()
