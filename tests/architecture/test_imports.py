"""The import contracts hold on the tree, and each breaks on a planted import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES

ROOT = Path(__file__).resolve().parents[2]

ABOVE = "Command line and supervisor above services, services above shared"
INDEPENDENT = "No service imports another service"
INSIDE = "Same layers inside every service"
STORAGE = "Handlers and tasks reach data only through flows"
FLOWS = "Flows know no web or queue framework"
ASYNCPG = "asyncpg only in storage and composition roots"
SHARED = "Contracts are leaves and shared keeps its layers"
CYCLES = "No cycles between siblings"
SUPERVISOR = "The supervisor imports the standard library only"

AUTH = "Flows of auth keep to their floor plan"
MEMBERSHIP = "Flows of membership keep to their floor plan"
TABLES = "Tables of membership keep to the same floor plan"
RULES = "Rules of membership keep to the same floor plan"

FLOW = "services/auth/flows/accounts/activity.py"
TRIES = "services/auth/flows/presence/presence_tries.py"
WITHDRAWAL = "services/membership/flows/members/withdrawal.py"
TABLE = "services/membership/storage/company/customers.py"
RULE = "services/membership/domain/company/seats.py"

PLANTED = [
    (ABOVE, "shared/crypto.py", "import services"),
    (ABOVE, "services/auth/app.py", "import embedded.state"),
    (ABOVE, "embedded/first_start.py", "import cli.main"),
    (INDEPENDENT, "services/auth/errors.py", "import services.notifier.errors"),
    (INDEPENDENT, "services/membership/worker.py", "import services.auth.flows.accounts"),
    (INSIDE, "services/auth/domain/accounts.py", "import services.auth.flows.accounts.session"),
    (INSIDE, "services/auth/storage/devices.py", "import services.auth.flows.accounts.session"),
    (INSIDE, "services/auth/flows/accounts/session.py", "import services.auth.api.keys"),
    (INSIDE, "services/auth/tasks/account.py", "import services.auth.api.keys"),
    (INSIDE, "services/auth/app.py", "import services.auth.worker"),
    (INSIDE, "services/notifier/mail/text.py", "import services.notifier.flows.sender"),
    (INSIDE, "services/auth/utils.py", '"""Not in the contract."""'),
    (STORAGE, "services/auth/api/session.py", "import services.auth.storage.sessions"),
    (STORAGE, "services/auth/tasks/account.py", "import services.auth.storage.accounts"),
    (STORAGE, "cli/customers.py", "import services.membership.storage.company.customers"),
    (FLOWS, FLOW, "import aiohttp"),
    (FLOWS, FLOW, "import celery"),
    (FLOWS, FLOW, "import shared.web.problem"),
    (FLOWS, "services/notifier/flows/sender.py", "import aiosmtplib"),
    (FLOWS, "services/auth/domain/accounts.py", "import shared.web.routing"),
    (ASYNCPG, FLOW, "import asyncpg"),
    (ASYNCPG, "services/auth/api/session.py", "import asyncpg"),
    (SHARED, "shared/contracts/auth.py", "import shared.crypto"),
    (SHARED, "shared/errors.py", "import shared.logging"),
    (SHARED, "shared/db.py", "import shared.messaging.outbox"),
    (SHARED, "shared/settings.py", "import shared.schema"),
    (SHARED, "shared/messaging/relay.py", "import shared.web.problem"),
    (SHARED, "shared/web/server.py", "import shared.process"),
    (SHARED, "shared/misc.py", '"""Not in the contract."""'),
    (CYCLES, TRIES, "import services.auth.flows.presence.presence_answer"),
    (AUTH, FLOW, "import services.auth.flows.sign_in.password"),
    (AUTH, "services/auth/flows/ground/audit.py", "import services.auth.flows.accounts.session"),
    (AUTH, "services/auth/flows/other.py", '"""In no room."""'),
    (MEMBERSHIP, WITHDRAWAL, "import services.membership.flows.joining.approval"),
    (MEMBERSHIP, "services/membership/flows/other.py", '"""In no room."""'),
    (TABLES, TABLE, "import services.membership.storage.joining.links"),
    (RULES, RULE, "import services.membership.domain.members.trust"),
    (RULES, "services/membership/domain/other.py", '"""In no room."""'),
    (CYCLES, "shared/web/problem.py", "import shared.web.application"),
    (SUPERVISOR, "embedded/state.py", "import aiohttp"),
    (SUPERVISOR, "embedded/run.py", "import shared.db"),
]


def broken(tree: Path) -> list[str]:
    """The contracts that a tree breaks."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tree,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    reports = [line for line in done.stdout.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    assert len(reports) == 13, done.stdout + done.stderr
    return [line.removesuffix(" BROKEN") for line in reports if line.endswith(" BROKEN")]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product's code."""
    copied = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        others = shutil.ignore_patterns("__pycache__", "templates", "assets", "*.txt", "*.sql")
        shutil.copytree(ROOT / package, copied / package, ignore=others)
    shutil.copy(ROOT / ".importlinter", copied)
    return copied


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    assert broken(tree) == []


@pytest.mark.parametrize(
    ("contract", "path", "line"), PLANTED, ids=[f"{p[1]}: {p[2]}" for p in PLANTED]
)
def test_a_planted_import_breaks_its_contract(
    contract: str, path: str, line: str, tree: Path
) -> None:
    file = tree / path
    before = file.read_text() if file.exists() else None
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        # An import upwards may close a cycle besides, or lead around a floor plan.
        assert {contract} <= set(broken(tree)) <= {contract, CYCLES, AUTH}
    finally:
        file.unlink() if before is None else file.write_text(before)
