"""Files for operators: the page, the rules of the alarms, the dashboard."""

import json
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"

PAGE = (ROOT / "docs" / "operations.md").read_text()
RULES = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "zaiseki.json").read_text())


def expressions() -> list[str]:
    """All queries to Prometheus."""
    rules = [rule["expr"] for group in RULES["groups"] for rule in group["rules"]]
    targets = [target for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]
    return rules + [filled(target["expr"]) for target in targets]


def filled(expression: str) -> str:
    """An expression of the dashboard with its variables filled in, as Grafana sends it."""
    services = "auth|membership|notifier"
    return expression.replace("$service", services).replace("$__rate_interval", "1m")
