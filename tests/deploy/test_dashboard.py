"""The dashboard queries existing series, and every panel is visible."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest

from tests.deploy import promql
from tests.deploy.files import DASHBOARD, PAGE, filled
from tests.deploy.pages import headings

COLUMNS = 24
QUESTIONS = [
    "Is it well?",
    "What is slow?",
    "What waits?",
    "What fails?",
    "What is nearly full?",
]
OF_GRAFANA = {"__rate_interval", "__all"}
_VARIABLE = re.compile(r"\$\{?(\w+)\}?")
_ALARM = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")


def faults(dashboard: Any) -> list[str]:
    """The faults of a dashboard."""
    panels = dashboard["panels"]
    ids = [panel["id"] for panel in panels]
    declared = {variable["name"] for variable in dashboard["templating"]["list"]} | OF_GRAFANA
    named = set(_VARIABLE.findall(json.dumps(dashboard)))
    return [
        *(f"two panels have the id {one}" for one in sorted({i for i in ids if ids.count(i) > 1})),
        *(f"no variable is called {one}" for one in sorted(named - declared)),
        *(f"{panel['title']}: {fault}" for panel in panels for fault in _faults(panel)),
        *(
            f"{one['title']} and {other['title']} overlap"
            for one, other in combinations(panels, 2)
            if _cells(one) & _cells(other)
        ),
    ]


def _faults(panel: Any) -> Iterator[str]:
    if panel["gridPos"]["x"] + panel["gridPos"]["w"] > COLUMNS:
        yield "reaches over the edge"
    if panel["type"] == "row":
        return
    description = panel.get("description", "")
    if not description.endswith("."):
        yield "does not say what it shows"
    for alarm in set(_ALARM.findall(description)) - set(headings(PAGE)):
        yield f"{alarm} is no alarm"
    shown = panel["fieldConfig"]["defaults"]
    if panel["type"] != "table" and not shown.keys() & {"unit", "mappings"}:
        yield "has no unit"
    for target in panel["targets"]:
        yield from _faults_of_target(target)


def _faults_of_target(target: Any) -> Iterator[str]:
    expression = filled(target["expr"])
    if wrong := promql.faults(expression):
        yield from wrong
        return
    named = set(re.findall(r"{{(\w+)}}", target.get("legendFormat", "")))
    yield from (f"its legend names {label}" for label in named - promql.given(expression))


def _cells(panel: Any) -> set[tuple[int, int]]:
    at = panel["gridPos"]
    return {
        (x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])
    }


def test_the_dashboard_has_no_fault() -> None:
    assert faults(DASHBOARD) == []


def test_its_rows_are_questions_without_gaps_between_them() -> None:
    rows = [panel for panel in DASHBOARD["panels"] if panel["type"] == "row"]
    assert [row["title"] for row in rows] == QUESTIONS
    lowest = max(y for panel in DASHBOARD["panels"] for _, y in _cells(panel))
    filled_rows = {y for panel in DASHBOARD["panels"] for _, y in _cells(panel)}
    assert filled_rows == set(range(lowest + 1)), "the grid has no empty line"


def panel(dashboard: Any, number: int = 1) -> Any:
    return dashboard["panels"][number]


def ask(expression: str, legend: str = "") -> Any:
    """Change the query of the first panel."""
    return lambda dashboard: panel(dashboard).update(
        targets=[{"refId": "A", "expr": expression, "legendFormat": legend}]
    )


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (lambda d: panel(d).update(id=1), "two panels have the id 1"),
        (lambda d: panel(d)["gridPos"].update(w=5), "overlap"),
        (lambda d: panel(d, 6)["gridPos"].update(w=5), "reaches over the edge"),
        (lambda d: panel(d).pop("description"), "does not say what it shows"),
        (lambda d: panel(d).update(description="See ProcessGone."), "ProcessGone is no alarm"),
        (lambda d: panel(d)["fieldConfig"]["defaults"].clear(), "has no unit"),
        (ask("sum(up"), "unclosed left parenthesis"),
        (ask("zaiseki_requests"), "zaiseki_requests is not exposed"),
        (ask('up{service=~"$servce"}'), "no variable is called servce"),
        (ask("sum by (service) (up)", "{{process}}"), "its legend names process"),
    ],
)
def test_a_planted_fault_is_found(plant: Any, fault: str) -> None:
    dashboard = deepcopy(DASHBOARD)
    plant(dashboard)
    found = faults(dashboard)
    assert any(fault in one for one in found), found
