"""The page of operations: its table of metrics, its links, its commands and its queries."""

import json
import re
import subprocess

import asyncpg
import pytest

from tests.conftest import TestDatabase
from tests.deploy.exposed import OF_PROMETHEUS, Metric, metrics
from tests.deploy.files import PAGE
from tests.deploy.pages import anchor, blocks, headings, rows, sections

STATEMENTS = [
    statement.strip()
    for block in blocks(PAGE, "sql")
    for statement in block.split(";")
    if statement.strip()
]


def test_the_table_has_every_metric_with_its_type_and_labels() -> None:
    table = rows(sections(PAGE, 2)["Metrics"])
    told = {
        name.strip("`"): Metric(kind, frozenset(labels.split(", ")) - {""})
        for name, kind, labels, _ in table
    }
    assert told == metrics()
    assert all(meaning for *_, meaning in table)


def test_the_page_names_the_other_metrics_of_every_process() -> None:
    text = sections(PAGE, 2)["Metrics"]
    assert [
        name for name in OF_PROMETHEUS if name.startswith("process_") and name not in text
    ] == []


def test_every_link_within_the_page_finds_its_heading() -> None:
    anchors = {anchor(heading) for heading in headings(PAGE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) - anchors == set()


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda text: " ".join(text.split())[:40])
async def test_every_query_to_the_database_is_valid(database: TestDatabase, statement: str) -> None:
    connection = await asyncpg.connect(database.owner_dsn)
    try:
        await connection.fetch(statement.replace(":'id'", "'01a20e24-ba98'"))
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "script", blocks(PAGE, "sh"), ids=lambda text: text.partition("\n")[0][:40]
)
def test_every_command_is_valid_shell(script: str) -> None:
    done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert done.stderr == ""


def test_the_example_answer_is_json() -> None:
    [example] = blocks(PAGE, "json")
    assert {check["status"] for check in json.loads(example)["checks"].values()} == {"pass", "warn"}
