"""Log lines: JSON with the request's id, and nothing in them that a stranger may not read."""

import asyncio
import json
import logging as stdlib
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import pytest
import structlog

from shared import logging
from shared.db import Database
from shared.logging import get_logger, request_id

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def start(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], Lines]]:
    """Configures logging when it is called (stderr is another one in each phase of a test)."""
    root = stdlib.getLogger()
    handlers, level, configuration = root.handlers[:], root.level, structlog.get_config()

    def begin() -> Lines:
        logging.configure(service="auth", process="worker", level="info", form="json")
        return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield begin
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


def test_a_line_is_json_with_its_origin(start: Callable[[], Lines]) -> None:
    lines = start()
    get_logger("relay").info("published", queue="auth", name="あ")
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "published",
        "level": "info",
        "logger": "relay",
        "name": "あ",
        "process": "worker",
        "queue": "auth",
        "service": "auth",
    }


def test_the_libraries_write_the_same_form(start: Callable[[], Lines]) -> None:
    lines = start()
    stdlib.getLogger("celery.worker").warning("lost %s", "a connection")
    (line,) = lines()
    assert (line["event"], line["level"]) == ("lost a connection", "warning")
    assert (line["service"], line["logger"]) == ("auth", "celery.worker")


async def test_each_line_carries_the_id_of_its_own_request(start: Callable[[], Lines]) -> None:
    lines = start()

    async def handle(id: str) -> None:
        request_id.set(id)
        await asyncio.sleep(0)
        get_logger("x").info(id)

    await asyncio.gather(*(handle(f"request-{n}") for n in range(3)))
    assert all(line["request_id"] == line["event"] for line in lines())
    get_logger("x").info("outside")
    assert "request_id" not in lines()[0]


def test_what_is_below_the_level_is_not_written(start: Callable[[], Lines]) -> None:
    lines = start()
    get_logger("x").debug("quiet")
    stdlib.getLogger("celery.worker.strategy").info("Task received")
    stdlib.getLogger("celery.app.trace").info("Task succeeded")
    assert lines() == []


async def test_a_unique_violation_shows_no_values(
    start: Callable[[], Lines], auth_db: Database
) -> None:
    """PostgreSQL says `Key (caller, …)=(taro@example.jp, …) already exists.` in its details."""
    lines = start()
    insert = "insert into idempotency_keys values ('taro@example.jp', '', '', '')"
    try:
        try:
            async with auth_db.transaction() as connection:
                await connection.execute(insert)
                await connection.execute(insert)
        except asyncpg.UniqueViolationError as error:
            raise KeyError("while handling") from error
    except KeyError as error:
        get_logger("x").error("failed", exc_info=error)
        get_logger("x").exception("failed")
        stdlib.getLogger("y").exception("failed")
    written = lines()
    assert len(written) == 3
    assert all("UniqueViolationError" in line["exception"] for line in written)
    assert all("in test_a_unique_violation" in line["exception"] for line in written)
    assert "taro" not in str(written)


def test_text_for_people(capsys: pytest.CaptureFixture[str], start: Callable[[], Lines]) -> None:
    start()
    logging.configure(service="auth", process="worker", level="warning", form="text")
    structlog.get_logger("text").warning("look here", error="x")
    written = capsys.readouterr().err
    assert "look here" in written
    assert not written.startswith("{")


def test_as_text_a_traceback_shows_no_variable_and_a_value_no_line_of_its_own(
    start: Callable[[], Lines], capsys: pytest.CaptureFixture[str]
) -> None:
    """R8; ASVS 16.4.1."""
    start()
    logging.configure(service="auth", process="api", form="text")

    def check(password: str) -> None:
        raise RuntimeError("broken")

    try:
        check("hunter" + "2")
    except RuntimeError as error:
        get_logger("x").error("failed", exc_info=error, path="/a\nforged \x1b[2J")
    text = capsys.readouterr().err
    assert "RuntimeError: broken" in text
    assert "hunter2" not in text
    assert "\nforged" not in text
    assert "\x1b" not in text
