"""Rules for files beside the code: migrations, lock files, no leftovers."""

import re
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import excepted, texts

_MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
_OF_A_MACHINE = re.compile(r"(?<![\w.$}-])/(home|root|Users)/\w|[A-Z]:\\(Users|Documents)")
_PLACE = re.compile(
    r"[a-z+]+://|file:|--(index-url|find-links|extra-index-url|trusted-host)|^-e ", re.M
)
TESTS_OF_MORE = {
    "tests/membership/api/test_idempotency.py": "every route that creates something",
    "tests/membership/flows/test_lock_races.py": "what two flows lock at once",
    "tests/membership/flows/test_owner_races.py": "what owners do to each other at once",
    "tests/membership/flows/test_races.py": "what flows do to each other",
    "tests/membership/flows/test_seat_races.py": "all ways to a seat at once",
}

_MAY_NAME_WHAT_IS_FORBIDDEN = "tests/architecture/"


def migrations(root: Path) -> list[str]:
    """Migrations are numbered without gaps and say whether they run before or after the code."""
    found = []
    for folder in [root / "shared/sql", *sorted(root.glob("services/*/storage/migrations"))]:
        for number, path in enumerate(sorted(folder.iterdir()) if folder.exists() else [], 1):
            match = _MIGRATION.fullmatch(path.name)
            if not match or int(match[1]) != number:
                found.append(f"{path.relative_to(root)} should be {number:04d}_<words>.sql")
            if path.read_text().partition("\n")[0] not in ("-- before", "-- after"):
                found.append(f"{path.relative_to(root)} does not say when it runs")
    return found


def locked_with_hashes(root: Path) -> list[str]:
    """Every locked package has one version and hashes, and no lock names a registry."""
    found = []
    for path in sorted(root.glob("requirements*.lock")):
        if place := _PLACE.search(path.read_text()):
            found.append(f"{path.name} names a place: {place[0].strip()}")
        for block in _blocks(path):
            first = block.split("\\")[0].split(";")[0].strip()
            if not re.fullmatch(r"[\w.\[\]-]+==[\w.!+]+", first):
                found.append(f"{path.name}: {first} is not one version")
            if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block):
                found.append(f"{path.name}: {first} has no hash")
    return found


def _blocks(path: Path) -> Iterator[str]:
    """Each package with its hashes, without comments and blank lines."""
    lines = path.read_text().splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    yield from (block for block in re.split(r"\n(?=\S)", text) if block.strip())


def lock_complete(root: Path) -> list[str]:
    """Each requirement is in its lock, and both locks have the same versions."""
    found, versions = [], {}
    for path in sorted(root.glob("requirements*.in")):
        locked = dict(_locked(path.with_suffix(".lock")))
        for wanted in _wanted(path):
            version = locked.get(canonicalize_name(wanted.name))
            if version is None or not wanted.specifier.contains(version):
                found.append(f"{path.name} asks for {wanted}, its lock has {version}")
        for name, version in locked.items():
            if versions.setdefault(name, version) != version:
                found.append(f"{name} is locked as {versions[name]} and as {version}")
    return found


def _wanted(path: Path) -> Iterator[Requirement]:
    for line in path.read_text().splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            yield from _wanted(path.parent / text.removeprefix("-r ").strip())
        elif text:
            yield Requirement(text)


def _locked(path: Path) -> Iterator[tuple[str, str]]:
    for block in _blocks(path) if path.exists() else ():
        name, _, version = block.split("\\")[0].split(";")[0].strip().partition("==")
        yield canonicalize_name(name.partition("[")[0]), version


def no_leftovers(root: Path) -> list[str]:
    """No file contains unfinished work."""
    return _with(root, _UNFINISHED, "has something unfinished")


def portable_paths(root: Path) -> list[str]:
    """No file contains a path of one machine."""
    return _with(root, _OF_A_MACHINE, "names a path of some machine")


def _with(root: Path, pattern: re.Pattern[str], what: str) -> list[str]:
    return [
        f"{name} {what}: {match[0]}"
        for name, text in texts(root)
        if not name.startswith(_MAY_NAME_WHAT_IS_FORBIDDEN) and (match := pattern.search(text))
    ]


def mirrored(root: Path) -> list[str]:
    """A test of a layer is named after a module or folder there, so that one search finds both."""
    found = {}
    for path in sorted(root.glob("tests/*/*/**/test_*.py")):
        _, service, *rooms, name = path.relative_to(root).parts
        there = root.joinpath("services", service, *rooms, name.removeprefix("test_"))
        if (root / "services" / service).exists() and not (
            there.exists() or there.with_suffix("").exists()
        ):
            test = path.relative_to(root).as_posix()
            found[test] = f"{test} mirrors no module"
    return excepted(root, found, TESTS_OF_MORE)
