"""Pages that describe the code are up to date: permissions, and rules with routes and tests."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.permissions import page
from shared.contracts.registry import SERVICES

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "docs/rules.md").read_text()
_RULE = re.compile(r"\b([RB][0-9]{1,2})\b")


def faults(text: str, root: Path = ROOT) -> list[str]:
    """Rows that name routes or tests that do not exist."""
    routes, found = set(_routes()), []
    for rule, cells in _rows(text).items():
        named = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`", cells))
        found += [f"{rule}: there is no route {route}" for route in sorted(named - routes)]
        tests = re.findall(r"tests/[\w/]+\.py", cells)
        for test in tests:
            if not (root / test).exists():
                found.append(f"{rule}: there is no {test}")
            elif Path(test).name != "conftest.py" and rule not in _proven_by(root / test):
                found.append(f"{rule}: {test} does not speak of it")
        if not named or not tests:
            found.append(f"{rule} names no route, or no test")
    return found


def _rows(text: str) -> dict[str, str]:
    rows = (line.strip("| ").split(" | ", 1) for line in text.splitlines() if line.startswith("| "))
    return {rule: cells for rule, cells in rows if _RULE.fullmatch(rule)}


def _routes() -> Iterator[str]:
    for service in SERVICES:
        table = importlib.import_module(f"services.{service}.api.routes").ROUTES
        yield from (f"{route.method} {route.path}" for route in table)


def _proven() -> set[str]:
    """The rules that the tests claim to prove."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        if "architecture" not in path.parts:
            found |= _proven_by(path)
    return found


def _proven_by(path: Path) -> set[str]:
    """The rules that a file's tests claim to prove: in a name, a docstring or that of the file."""
    module = ast.parse(path.read_text())
    tests = [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]
    said = [ast.get_docstring(node) or "" for node in (module, *tests)]
    said += [one.name.upper().replace("_", " ") for one in tests]
    return {rule for text in said for rule in _RULE.findall(text)}


def test_the_page_of_permissions_is_as_make_docs_writes_it() -> None:
    """It is generated from the route tables."""
    assert (ROOT / "docs/permissions.md").read_text() == page()


def test_every_row_of_the_rules_names_existing_routes_and_tests() -> None:
    assert faults(RULES) == []


def test_every_rule_that_a_test_proves_has_a_row() -> None:
    assert _proven() - _rows(RULES).keys() == set()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "`GET /company/seats` |",
            "`GET /company/chairs` |",
            "B3: there is no route GET /company/chairs",
        ),
        (
            "tests/e2e/test_erasure.py",
            "tests/e2e/test_x.py",
            "R11: there is no tests/e2e/test_x.py",
        ),
        ("`GET /operator/health`", "health", "R23 names no route, or no test"),
        (
            "tests/e2e/test_erasure.py",
            "tests/shared/test_health.py",
            "R11: tests/shared/test_health.py does not speak of it",
        ),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str, fault: str) -> None:
    assert old in RULES
    assert fault in faults(RULES.replace(old, new))
