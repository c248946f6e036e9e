"""Every alarm can fire, describes its cause, and has its heading on the page of operations."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cli import known_settings
from tests.deploy import promql
from tests.deploy.exposed import OF_A_TARGET, PROCESSES, VALUES
from tests.deploy.files import PAGE, PROMETHEUS, ROOT, RULES
from tests.deploy.pages import anchor, sections

ASKS = ("- **Check.**", "- **Do.**", "- **Can be ignored:**")


class Shape(BaseModel):
    """Prometheus refuses a file with a key that it does not know."""

    model_config = ConfigDict(extra="forbid")


class Labels(Shape):
    severity: Literal["page", "ticket"]
    family: str = ""


class Annotations(Shape):
    summary: str = Field(min_length=10, max_length=100)
    description: str = Field(min_length=20, max_length=200)
    runbook: str


class Rule(Shape):
    alert: str = Field(pattern=r"^([A-Z][a-z]+)+$")
    expr: str
    for_: str = Field("0s", alias="for", pattern=r"^\d+[smh]$")
    labels: Labels
    annotations: Annotations


class Group(Shape):
    name: str = Field(pattern=r"^[a-z]+$")
    rules: list[Rule] = Field(min_length=1)


class Rules(Shape):
    groups: list[Group]


def faults(rules: Any, page: str) -> list[str]:
    """The faults of a file of rules, and of the page that it refers to."""
    try:
        known = Rules.model_validate(rules)
    except ValidationError as error:
        return [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
    found = [rule for group in known.groups for rule in group.rules]
    told = sections(sections(page, 2)["Alerts"], 3)
    return [
        *(f"{rule.alert}: {fault}" for rule in found for fault in _faults(rule, told)),
        *(f"{name} is no alarm" for name in told if name not in {rule.alert for rule in found}),
    ]


def _faults(rule: Rule, told: dict[str, str]) -> Iterator[str]:
    if expression := promql.faults(rule.expr):
        yield from expression
        return
    texts = f"{rule.annotations.summary} {rule.annotations.description}"
    for label in sorted(set(re.findall(r"\$labels\.(\w+)", texts)) - promql.given(rule.expr)):
        yield f"its text names {label}, which it does not have"
    if rule.annotations.runbook != f"docs/operations.md#{anchor(rule.alert)}":
        yield f"its runbook is {rule.annotations.runbook}"
    section = told.get(rule.alert, "")
    if not section.strip().startswith(f"*{rule.labels.severity}.*"):
        yield f"the page does not say that it is a {rule.labels.severity}"
    if missing := [ask for ask in ASKS if ask not in section]:
        yield f"the page does not say {', '.join(missing)}"


def test_the_alarms_have_no_fault() -> None:
    assert faults(RULES, PAGE) == []


def first(rules: Any) -> Any:
    return rules["groups"][0]["rules"][0]


def change(**fields: Any) -> Any:
    """Change the first rule."""
    return lambda rules: first(rules).update(fields)


def annotate(**texts: str) -> Any:
    return lambda rules: first(rules)["annotations"].update(texts)


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (change(expr="sum by (service) (up"), "unclosed left parenthesis"),
        (change(expr="rate(zaiseki_hashes_refused_total)"), "expected type matrix"),
        (change(expr="zaiseki_hashes_total > 0"), "zaiseki_hashes_total is not exposed"),
        (change(expr="zaiseki_http_request_seconds > 0"), "seconds is not exposed"),
        (change(expr='up{services="auth"} == 0'), "up has no label services"),
        (change(expr='up{service="author"} == 0'), "up: service is never author"),
        (
            change(expr='zaiseki_http_requests_total{route=~"/sign-in|/signin"} > 0'),
            "route is never /signin",
        ),
        (change(expr="sum by (name) (up) > 0"), "groups by name, which nothing has"),
        (change(expr="sum(up) > 0"), "its text names"),
        (change(alert="processDown"), "alert: String should match"),
        (change(severity="page"), "severity: Extra inputs are not permitted"),
        (change(labels={"severity": "critical"}), "severity: Input should be 'page' or 'ticket'"),
        (change(labels={"severity": "ticket"}), "does not say that it is a ticket"),
        (annotate(summary=""), "summary: String should have at least 10 characters"),
        (annotate(runbook="docs/operations.md#nowhere"), "its runbook is docs/operations.md#no"),
        (annotate(description="{{ $labels.route }} stands still"), "names route, which it does"),
        (lambda rules: first(rules)["annotations"].pop("description"), "description: Field req"),
        (lambda rules: rules["groups"][0]["rules"].pop(0), "ProcessDown is no alarm"),
    ],
)
def test_a_planted_fault_is_found(plant: Any, fault: str) -> None:
    rules = deepcopy(RULES)
    plant(rules)
    found = faults(rules, PAGE)
    assert any(fault in one for one in found), found


@pytest.mark.parametrize("ask", ASKS)
def test_a_heading_that_does_not_say_what_to_do_is_found(ask: str) -> None:
    assert faults(RULES, PAGE.replace(ask, "-", 1)) == [f"ProcessDown: the page does not say {ask}"]


def test_promtools_tests_cover_every_alarm_with_existing_series() -> None:
    """`promtool test rules deploy/prometheus/alerts_test.yml` runs them; it may be missing here."""
    text = (PROMETHEUS / "alerts_test.yml").read_text()
    series = re.findall(r"series: '(.+?)'", text)
    assert [fault for one in series if 'name="n"' not in one for fault in promql.faults(one)] == []
    names = {rule["alert"] for group in RULES["groups"] for rule in group["rules"]}
    assert set(re.findall(r'alertname="(\w+)"', text)) == names


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no Prometheus is installed")
@pytest.mark.parametrize("asked", ["test rules alerts_test.yml", "check config scrape.yml"])
def test_promtool_finds_no_fault(asked: str) -> None:
    done = subprocess.run(
        ["promtool", *asked.split()], cwd=PROMETHEUS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "code", "outcome"), [("true", 0, "done"), ("false", 1, "failed")]
)
def test_the_end_of_a_task_is_written_for_the_node_exporter(
    tmp_path: Path, command: str, code: int, outcome: str
) -> None:
    script = str(PROMETHEUS / "told.sh")
    environment = {"PATH": os.defpath, "TOLD_DIR": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run([script, "backup", command], env=environment, check=False)
        assert done.returncode == code, "the exit code is passed on"
    [file] = tmp_path.iterdir()
    [family] = text_string_to_metric_families(file.read_text())
    [sample] = family.samples
    assert (file.suffix, sample.name) == (".prom", "zaiseki_task_timestamp_seconds")
    assert sample.labels == {"task": "backup", "outcome": outcome}
    assert abs(sample.value - time.time()) < 60


def test_the_scrape_configuration_has_the_address_of_every_process() -> None:
    config = yaml.safe_load((PROMETHEUS / "scrape.yml").read_text())
    jobs = {job["job_name"]: job for job in config["scrape_configs"]}
    assert jobs.keys() == VALUES["job"]
    job = jobs["zaiseki"]
    assert config["rule_files"] == ["alerts.yml"]
    assert (job["job_name"], job["honor_labels"]) == ("zaiseki", True)
    ports = {
        name.removesuffix("_listen").replace("_", "-"): field.default.rpartition(":")[2]
        for settings in known_settings.classes().values()
        for name, field in settings.model_fields.items()
        if name.endswith("_listen")
    }
    expected = {}
    for service, process in PROCESSES:
        port = ports[service if process == "api" else f"{service}-worker"]
        expected[f"{service}-{process}:{port}"] = {"service": service, "process": process}
    found = {target: one["labels"] for one in job["static_configs"] for target in one["targets"]}
    assert found == expected
    assert {"job", "instance", *next(iter(found.values()))} == OF_A_TARGET
    containers = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for target in found:
        assert "back" in containers[target.partition(":")[0]]["networks"]
