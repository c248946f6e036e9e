"""Each rule holds on the tree, and each notices a planted violation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path], list[str]]

HEAD = '"""What it owns."""\n'
LONG = HEAD + "def f() -> None:\n" + "    print(1)\n" * 60
API = "services/auth/api/thing.py"

PLANTED: list[tuple[Rule, str, str]] = [
    (rules.sizes, "shared/long.py", HEAD + "A = 1\n" * 300),
    (rules.sizes, "tests/test_long.py", HEAD + "A = 1\n" * 500),
    (rules.sizes, "shared/deep.py", LONG),
    (rules.medians, "shared/long.py", HEAD + "A = 1\n" * 250),
    (rules.medians, "shared/deep.py", LONG),
    (rules.names, "services/auth/flows/utils.py", HEAD),
    (rules.names, "shared/helpers/x.py", HEAD),
    (rules.docstrings, "shared/silent.py", "A = 1\n"),
    (
        rules.handlers,
        API,
        HEAD + "async def f(call: Call[B]) -> None:\n    for x in y:\n        g(x)\n",
    ),
    (rules.handlers, API, HEAD + "async def f(call: Call[B]) -> None:\n" + "    g()\n" * 16),
    (rules.routes, API, HEAD + "async def lonely(call: Call[B]) -> None:\n    g()\n"),
    (rules.sql, "services/auth/flows/x.py", HEAD + "Q = 'select id from accounts where x = 1'\n"),
    (rules.sql, "services/auth/api/x.py", HEAD + "Q = '''\n  delete from accounts where x\n'''\n"),
    (rules.time_and_randomness, "services/auth/flows/x.py", HEAD + "N = datetime.now(UTC)\n"),
    (rules.time_and_randomness, "services/auth/flows/y.py", HEAD + "import random\n"),
    (rules.environment, "services/auth/flows/x.py", HEAD + "import os\nE = os.environ['X']\n"),
    (rules.storage_verbs, "services/auth/storage/x.py", HEAD + "async def do_it() -> None: ...\n"),
    (rules.migrations, "services/auth/storage/migrations/0002_x.sql", "-- before\n"),
    (rules.migrations, "services/auth/storage/migrations/0001_x.sql", "create table x ();\n"),
    (rules.lock_files, "requirements.lock", "x==1 \\\n    --hash=md5:1\n"),
    (rules.lock_files, "requirements.lock", "--index-url somewhere\nx==1 --hash=sha256:1\n"),
    (rules.unfinished, "shared/later.py", HEAD + "# TODO: later\n"),
]
RULES = sorted({planted[0] for planted in PLANTED}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("rule", "path", "text"), PLANTED, ids=[f"{p[0].__name__}-{n}" for n, p in enumerate(PLANTED)]
)
def test_the_rule_notices_a_planted_violation(
    rule: Rule, path: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / "services/auth/api").mkdir(parents=True)
    (tmp_path / "services/auth/api/routes.py").write_text(HEAD)
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    assert rule(tmp_path) != []
