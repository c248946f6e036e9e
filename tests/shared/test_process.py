"""Processes that are really started, and say why they do not go on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = [
    f"services.{service}.{module}"
    for service in ("auth", "membership", "notifier")
    for module in ("app", "worker")
]


def started(module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process from its start to its end."""
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("module", PROCESSES)
def test_every_process_names_all_wrong_settings_and_shows_no_traceback(module: str) -> None:
    service = module.split(".")[1].upper()
    done = started(module, ORIGIN="nowhere", LOG_LEVEL="loud")
    assert done.returncode == 1
    assert done.stdout == ""
    said = done.stderr.splitlines()
    assert said[0] == "These settings are missing or wrong:"
    named = {line.partition(":")[0].strip() for line in said[1:]}
    assert {"ORIGIN", "LOG_LEVEL", "MESSAGE_KEYS", f"{service}_DATABASE_URL"} <= named
    assert len(said) == 1 + len(named), "one line each, and nothing else"
