"""Mail domains that are open to the public: carriers, providers, free mail (R3).

`personal_domains.txt` is maintained by hand; a line that starts with a dot means the domain and all
its subdomains. `free_mail_domains.txt` is generated from a published list, and names it.
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2]
_FILES = ("personal_domains.txt", "free_mail_domains.txt")


def is_personal(domain: str) -> bool:
    """Whether an address of this domain (lower-case A-label) says nothing about a company."""
    listed = _listed()
    labels = domain.split(".")
    families = (f".{'.'.join(labels[start:])}" for start in range(len(labels)))
    return domain in listed or any(family in listed for family in families)


@cache
def _listed() -> frozenset[str]:
    lines = (line.strip() for name in _FILES for line in _read(name))
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _read(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()
