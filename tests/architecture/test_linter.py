"""The linter's configuration is in force: each rule finds a planted violation."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BRANCHES = "".join(f"    if a == {number}:\n        return {number}\n" for number in range(8))

PLANTED = {
    "C901": f"def f(a):\n{BRANCHES}    return 9\n",
    "PLR0913": "def f(a, b, c, d, e, f, g, h):\n    return a\n",
    "D100": "A = 1\n",
    "DTZ005": "import datetime\n\nA = datetime.datetime.now()\n",
    "ERA001": "# print(a)\n",
    "FBT001": "def f(a: bool) -> None:\n    g(a)\n",
    "T100": "import pdb\n",
    "PGH003": "A: int = f()  # type: ignore\n",
    "PGH004": "import os  # noqa\n",
    "S608": 'def f(a):\n    return f"select * from {a}"\n',
    "S105": 'password = "hunter2"\n',
    "ASYNC210": "import urllib.request\n\n\nasync def f():\n    urllib.request.urlopen('x')\n",
    "E501": f"A = '{'x' * 100}'\n",
    "F401": "import os\n",
}


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Ruff's findings in a file for each code, with our configuration."""
    folder = tmp_path_factory.mktemp("planted")
    for code, text in PLANTED.items():
        (folder / f"{code.lower()}.py").write_text(text)
    done = subprocess.run(
        [
            Path(sys.executable).parent / "ruff",
            *("check", "--no-cache", "--output-format", "json"),
            *("--config", ROOT / "pyproject.toml", folder),
        ],
        capture_output=True,
        check=False,
    )
    found: dict[str, set[str]] = {}
    for fault in json.loads(done.stdout):
        found.setdefault(Path(fault["filename"]).stem.upper(), set()).add(fault["code"])
    return found


@pytest.mark.parametrize("code", PLANTED)
def test_the_linter_finds_a_planted_violation(noticed: dict[str, set[str]], code: str) -> None:
    assert code in noticed[code]


def test_an_exception_to_the_linter_has_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text().partition("ignore = [")[2].partition("\n]")[0]
    assert [line for line in lines.strip().splitlines() if "#" not in line] == []
