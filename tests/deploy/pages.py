"""Reads a page of documentation: its headings, its tables, its blocks of code."""

import re

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [text for found, text in _BLOCK.findall(page) if found == language]


def sections(page: str, level: int) -> dict[str, str]:
    """Each heading of a level with the text below it."""
    plain = _BLOCK.sub("", page)
    parts = re.split(rf"^#{{{level}}} (.+)$", plain, flags=re.MULTILINE)[1:]
    texts = (re.split(rf"^#{{1,{level}}} ", text, flags=re.MULTILINE)[0] for text in parts[1::2])
    return dict(zip(parts[::2], texts, strict=True))


def headings(page: str) -> list[str]:
    """All headings."""
    return re.findall(r"^#+ (.+)$", _BLOCK.sub("", page), re.MULTILINE)


def anchor(heading: str) -> str:
    """The anchor of a heading in a link."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def rows(text: str) -> list[list[str]]:
    """The cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
