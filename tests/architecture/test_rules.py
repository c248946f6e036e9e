"""Each rule holds on the tree, and finds a planted violation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import files, handlers, naming, purity, sizes

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path], list[str]]

HEAD = '"""What it owns."""\n'
API = "services/auth/api/thing.py"
FLOW = "services/auth/flows/thing.py"
STORAGE = "services/auth/storage/thing.py"
SQL = "services/auth/storage/migrations"
SUPERVISOR = "embedded/supervisor.py"
HANDLER = "async def f(call: Call[B]) -> None:\n"
LONELY = HANDLER.replace("f(", "lonely(") + "    g()\n"
ROUTED = {"services/auth/api/routes.py": "ROUTES = (thing.f,)\n"}
HASH = "--hash=sha256:" + "0" * 64


def plant(rule: Rule, path: str, text: str, fault: str, **more: str) -> object:
    """A file that breaks a rule, the expected fault, and more files that break no rule."""
    return pytest.param(rule, {**more, path: text}, fault, id=f"{rule.__name__}: {fault[:40]}")


PLANTED = [
    plant(sizes.file_lengths, "shared/x.py", "A = 1\n" * 301, "shared/x.py has 301 lines"),
    plant(sizes.file_lengths, "tests/x.py", "A = 1\n" * 501, "tests/x.py has 501 lines"),
    plant(sizes.file_median, "shared/x.py", "A = 1\n" * 81, "the median file has 81"),
    plant(
        sizes.function_lengths, "cli/x.py", "def f():\n" + "    g()\n" * 51,
        "cli/x.py:1 f has 51 lines",
    ),
    plant(
        sizes.function_median, "cli/x.py", "def f():\n" + "    g()\n" * 11,
        "the median function has 11",
    ),
    plant(sizes.parameters, FLOW, "def _f(a, b, c, d, e, f): ...\n", "_f takes 6 by place"),
    plant(sizes.parameters, FLOW, "def f(a, *, b, c, d, e, f, g, h): ...\n", "7 by name"),
    plant(
        sizes.plain_parameters, FLOW, "def f(self, a: str, b: int | None, c: bytes): ...\n",
        "f takes a, b, c by place",
    ),
    plant(naming.module_names, "services/auth/flows/utils.py", HEAD, "utils.py has a name"),
    plant(naming.module_names, "shared/helpers/x.py", HEAD, "shared/helpers/x.py has a name"),
    plant(naming.module_docstrings, "shared/x.py", "A = 1\n", "docstring of 0 lines"),
    plant(
        naming.module_docstrings, "shared/x.py", '"""A\n' + "b\n" * 9 + '"""\n',
        "docstring of 10 lines",
    ),
    plant(naming.storage_verbs, STORAGE, "async def fetch_row(): ...\n", "fetch_row begins with"),
    plant(naming.fact_names, "services/auth/errors.py", "class FullError(Conflict): ...\n", "Full"),
    plant(naming.facts_not_roots, FLOW, "raise NotFound\n", "thing.py:1 raises a root"),
    plant(
        naming.facts_in_use, "services/auth/errors.py", "class Full(Conflict): ...\n",
        "errors.py:1 Full is raised nowhere",
        **{"services/auth/api/routes.py": "ROUTES = (Route(show, problems=(Full,)),)\n"},
    ),
    plant(naming.facts_not_roots, FLOW, "raise errors.Conflict(free=1)\n", "raises a root"),
    plant(handlers.lengths, API, HANDLER + "    g()\n" * 16, "thing.py:1 f has 16 lines"),
    plant(handlers.median_length, API, HANDLER + "    g()\n" * 7, "the median handler has 7 lines"),
    plant(handlers.no_decisions, API, HANDLER + "    for x in y: g(x)\n", "thing.py:2 f decides"),
    plant(
        handlers.no_decisions, API, HANDLER + "    try: g()\n    except E: h()\n",
        "thing.py:2 f decides",
    ),
    plant(handlers.no_decisions, API, HANDLER + "    g('select 1')\n", "thing.py:2 f decides"),
    plant(handlers.routed, API, LONELY, "lonely is in no row of routes.py", **ROUTED),
    plant(purity.sql_in_storage, FLOW, "Q = 'select id from accounts'\n", "thing.py:1 has SQL"),
    plant(purity.sql_in_storage, API, "Q = f'''\n delete from {x}'''\n", "thing.py:1 has SQL"),
    plant(purity.sql_in_storage, "shared/x.py", "Q = 'WITH a AS (SELECT 1)'\n", "x.py:1 has SQL"),
    plant(purity.sql_in_storage, "shared/clock.py", HEAD, "shared/clock.py is excepted without"),
    plant(purity.one_clock, FLOW, "N = datetime.now(UTC)\n", "thing.py:1 reads a clock"),
    plant(purity.one_clock, FLOW, "N = datetime.datetime.utcnow()\n", "thing.py:1 reads a clock"),
    plant(purity.one_clock, "shared/web/x.py", "N = time.time()\n", "x.py:1 reads a clock"),
    plant(purity.one_clock, FLOW, "from time import time\n", "thing.py:1 reads a clock"),
    plant(purity.one_randomness, FLOW, "import random\n", "thing.py:1 draws"),
    plant(purity.one_randomness, FLOW, "from secrets import token_hex\n", "thing.py:1 draws"),
    plant(purity.one_randomness, FLOW, "I = uuid4()\n", "thing.py:1 draws"),
    plant(purity.one_randomness, FLOW, "I = os.urandom(8)\n", "thing.py:1 draws"),
    plant(purity.environment, FLOW, "E = os.environ['X']\n", "thing.py:1 reads the environment"),
    plant(purity.environment, FLOW, "from os import getenv\n", "thing.py:1 reads the environment"),
    plant(purity.no_printing, FLOW, "print(1)\n", "thing.py:1 prints"),
    plant(purity.small_supervisor, SUPERVISOR, "import rich\n", "supervisor.py imports rich"),
    plant(
        purity.small_supervisor, SUPERVISOR, "from embedded import run\n",
        "embedded/run.py imports shared.db",
        **{"embedded/__init__.py": HEAD, "embedded/run.py": "import json\nimport shared.db\n"},
    ),
    plant(files.migrations, f"{SQL}/0002_x.sql", "-- before\n", "should be 0001_<words>.sql"),
    plant(files.migrations, f"{SQL}/0001-x.sql", "-- before\n", "should be 0001_<words>.sql"),
    plant(files.migrations, f"{SQL}/0001_x.sql", "create table x ();\n", "does not say when"),
    plant(files.migrations, "shared/sql/0001_x.sql", "-- later\n", "does not say when it runs"),
    plant(
        files.locked_with_hashes, "requirements.lock", "x==1 \\\n    --hash=md5:1\n",
        "x==1 has no hash",
    ),
    plant(
        files.locked_with_hashes, "requirements.lock", f"x>=1 \\\n    {HASH}\n",
        "x>=1 is not one version",
    ),
    plant(
        files.locked_with_hashes, "requirements.lock", f"x==1 \\\n    {HASH}\n  --index-url here\n",
        "names a place: --index-url",
    ),
    plant(
        files.locked_with_hashes, "requirements.lock", f"x==1 \\\n    {HASH}\n# https://x.example\n",
        "names a place: https://",
    ),
    plant(
        files.lock_complete, "requirements.in", "Some_Thing>=2\n", "its lock has 1.9",
        **{"requirements.lock": f"some-thing==1.9 {HASH}\n"},
    ),
    plant(
        files.lock_complete, "requirements-dev.in", "-r requirements.in\n", "its lock has None",
        **{"requirements.in": "a\n", "requirements.lock": "a==1\n"},
    ),
    plant(
        files.lock_complete, "requirements-dev.in", "a\n", "a is locked as 2 and as 1",
        **{
            "requirements.in": "a\n",
            "requirements.lock": "a==1\n",
            "requirements-dev.lock": "a==2\n",
        },
    ),
    plant(files.no_leftovers, "docs/x.md", "TODO: later\n", "docs/x.md has something unfinished"),
    plant(files.no_leftovers, "web/x.ts", "// FIXME\n", "web/x.ts has something unfinished"),
    plant(files.no_leftovers, "shared/x.py", "raise NotImplementedError\n", "something unfinished"),
    plant(files.portable_paths, "docs/x.md", "cd /home/sato/zaiseki\n", "names a path of some"),
    plant(files.portable_paths, ".env.example", "A='/root/x'\n", "names a path of some machine"),
    plant(
        files.mirrored, "tests/auth/flows/test_thing.py", HEAD, "test_thing.py mirrors no module",
        **{"services/auth/flows/other.py": HEAD},
    ),
]  # fmt: skip
RULES = sorted({p.values[0] for p in PLANTED}, key=lambda rule: (rule.__module__, rule.__name__))  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "tree", "fault"), PLANTED)
def test_the_rule_finds_a_planted_violation(
    rule: Rule, tree: dict[str, str], fault: str, tmp_path: Path
) -> None:
    for name, text in tree.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = rule(tmp_path)
    assert len(found) == 1
    assert fault in found[0]
