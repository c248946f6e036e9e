"""The import contracts hold on the tree, and each breaks on a planted import."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import PACKAGES

ROOT = Path(__file__).resolve().parents[2]

PLANTED = [
    ("services above shared", "shared/crypto.py", "import services.auth.errors"),
    (
        "No service imports another",
        "services/auth/flows/account.py",
        "import services.notifier.errors",
    ),
    (
        "Same layers inside",
        "services/auth/domain/accounts.py",
        "import services.auth.flows.session",
    ),
    ("Same layers inside", "services/auth/utils.py", '"""Nobody listed me."""'),
    (
        "reach data only through",
        "services/auth/api/session.py",
        "import services.auth.storage.sessions",
    ),
    ("Flows know no web", "services/auth/flows/session.py", "import aiohttp"),
    ("asyncpg only in storage", "services/auth/flows/session.py", "import asyncpg"),
    ("Contracts are leaves", "shared/contracts/auth.py", "import shared.crypto"),
    ("No cycles", "shared/errors.py", "import shared.web.problem"),
    ("standard library only", "embedded/state.py", "import aiohttp"),
]


def lint(root: Path) -> str:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "templates", "*.txt", "*.sql")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    assert " 0 broken" in lint(tree)


@pytest.mark.parametrize(("contract", "path", "line"), PLANTED, ids=[p[2] for p in PLANTED])
def test_a_planted_import_breaks_its_contract(
    contract: str, path: str, line: str, tree: Path
) -> None:
    file = tree / path
    file.write_text((file.read_text() if file.exists() else "") + f"\n{line}\n")
    broken = [report for report in lint(tree).splitlines() if report.endswith("BROKEN")]
    assert any(contract in report for report in broken), broken
