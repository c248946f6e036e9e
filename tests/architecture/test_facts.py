"""Every wire code stands in one golden file, and every setting in .env.example."""

import importlib
import json
import pkgutil
from pathlib import Path

import services
import shared
from services.auth.settings import AuthSettings
from services.membership.settings import MembershipSettings
from services.notifier.settings import NotifierSettings
from shared.errors import Problem

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _facts(problem: type[Problem]) -> list[type[Problem]]:
    below = problem.__subclasses__()
    return [*below, *(fact for sub in below for fact in _facts(sub))]


def test_all_wire_codes_stand_in_one_golden_file() -> None:
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", "preview")):
                importlib.import_module(module.name)
    leaves = [fact for fact in _facts(Problem) if not fact.__subclasses__()]
    facts = [fact for fact in leaves if not fact.__module__.startswith("tests.")]
    codes = {fact.code: int(fact.status) for fact in facts}
    assert len(codes) == len(facts), "two facts have one code"
    golden = json.loads((HERE / "problem_codes.json").read_text())
    assert dict(sorted(codes.items())) == golden


def test_env_example_names_every_setting_and_no_other() -> None:
    classes = (AuthSettings, MembershipSettings, NotifierSettings)
    known = {name.upper() for settings in classes for name in settings.model_fields}
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.partition("=")[0].lstrip("# ") for line in lines if "=" in line}
    assert named == known


def test_env_example_gives_no_secret_a_value() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line)
    secret = {name: value for name, value in given.items() if name.endswith(("KEY", "KEYS", "URL"))}
    assert len(secret) > 10
    assert set(secret.values()) == {""}
