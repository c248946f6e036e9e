"""What operators are given: the page, and the rules of the alarms."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"

PAGE = (ROOT / "docs" / "operations.md").read_text()
RULES = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())


def expressions() -> list[str]:
    """Everything that is asked of Prometheus."""
    return [rule["expr"] for group in RULES["groups"] for rule in group["rules"]]
