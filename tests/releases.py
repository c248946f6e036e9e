"""The migrations of each released version, with their digests.

    python -m tests.releases    # at a release: stores those of the version in pyproject.toml

A released migration has run in databases that we do not know, so it is never edited, renamed or
removed, and no new one may come before it.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from shared.contracts.registry import SERVICES
from shared.schema import migrations

ROOT = Path(__file__).resolve().parents[1]
FILE = Path(__file__).with_suffix(".json")

Digests = Mapping[str, str]
"""From the names of migrations, such as `auth/0001_accounts`, to SHA-256 in hexadecimal."""


def released() -> dict[str, Digests]:
    """Each version, oldest first, with the migrations that it added."""
    kept: dict[str, Digests] = json.loads(FILE.read_text())
    return kept


def present() -> Digests:
    """The migrations of the tree."""
    return {one.name: one.sha256 for service in SERVICES for one in migrations(service)}


def faults(kept: Mapping[str, Digests], found: Digests) -> list[str]:
    """Forbidden changes to released migrations, in sentences."""
    all_kept = {name: digest for added in kept.values() for name, digest in added.items()}
    lines = [f"{name} was released and is gone" for name in all_kept.keys() - found.keys()]
    lines += [
        f"{name} was edited after its release"
        for name, digest in all_kept.items()
        if found.get(name, digest) != digest
    ]
    lines += [
        f"{name} stands before a released one: give it the next number"
        for name in found.keys() - all_kept.keys()
        if _number(name) <= _last(all_kept, name.partition("/")[0])
    ]
    return sorted(lines)


def _last(names: Digests, folder: str) -> int:
    return max((_number(name) for name in names if name.startswith(f"{folder}/")), default=0)


def _number(name: str) -> int:
    return int(name.partition("/")[2].partition("_")[0])


def version() -> str:
    """The version of the tree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def headings() -> list[str]:
    """The versions of the changelog with their dates, the newest first: `0.2.0 (2026-11-30)`."""
    return re.findall(r"^## (?!Unreleased)(.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def keep() -> None:
    """Add the new migrations of the version in pyproject.toml; older versions stay unchanged."""
    kept = {name: added for name, added in released().items() if name != version()}
    before = {name for added in kept.values() for name in added}
    kept[version()] = {name: one for name, one in present().items() if name not in before}
    FILE.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    keep()
