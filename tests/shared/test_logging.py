"""Log lines: JSON with the request's id, without addresses, passwords or other secrets."""

import asyncio
import json
import logging as stdlib
import os
import pty
import sys
import warnings
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
import structlog

from shared import logging
from shared.db import Database
from shared.logging import get_logger, request_id

Lines = Callable[[], list[dict[str, Any]]]
Start = Callable[..., Lines]


@pytest.fixture
def start(capsys: pytest.CaptureFixture[str], own_logging: None) -> Start:
    """A function that configures logging (stderr differs between the phases of a test)."""

    def begin(level: str = "info") -> Lines:
        logging.configure(service="auth", process="worker", level=level)
        return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return begin


def test_a_line_is_json_with_service_and_process(start: Start) -> None:
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


def test_libraries_lines_have_the_same_form(start: Start) -> None:
    lines = start()
    stdlib.getLogger("celery.worker").warning("lost %s", "a connection")
    (line,) = lines()
    assert (line["event"], line["level"]) == ("lost a connection", "warning")
    assert (line["service"], line["logger"]) == ("auth", "celery.worker")


async def test_each_line_carries_the_id_of_its_own_request(start: Start) -> None:
    lines = start()

    async def handle(id: str) -> None:
        request_id.set(id)
        await asyncio.sleep(0)
        get_logger("x").info(id)

    await asyncio.gather(*(handle(f"request-{n}") for n in range(3)))
    assert all(line["request_id"] == line["event"] for line in lines())
    get_logger("x").info("outside")
    assert "request_id" not in lines()[0]


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_events_below_the_level_are_not_written(start: Start, level: str) -> None:
    lines = start(level)
    levels = ["debug", "info", "warning", "error"]
    for name in levels:
        getattr(get_logger("x"), name)("ours")
        getattr(stdlib.getLogger("kombu.connection"), name)("of a library")
    written = [(line["event"], line["level"]) for line in lines()]
    expected = levels[levels.index(level) :]
    assert written == [(whose, at) for at in expected for whose in ("ours", "of a library")]


@pytest.mark.parametrize("level", ["debug", "warning", "error"])
def test_no_level_shows_the_contents_of_messages(start: Start, level: str) -> None:
    lines = start(level)
    for name in ("celery.worker.strategy", "celery.app.trace", "celery.pool"):
        stdlib.getLogger(name).info("Task received: taro")
        stdlib.getLogger(name).warning("a fault")
    assert [line["event"] for line in lines()] == ["a fault"] * (0 if level == "error" else 3)


def test_a_warning_of_python_is_a_log_line_too(start: Start) -> None:
    lines = start()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        stdlib.captureWarnings(capture=False)  # pytest captures warnings itself
        stdlib.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    (line,) = lines()
    assert (line["logger"], line["level"]) == ("py.warnings", "warning")


def test_an_uncaught_exception_is_a_log_line_too(start: Start) -> None:
    lines = start()
    try:
        raise RuntimeError("nobody knows taro@example.jp")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = lines()
    assert (line["event"], line["level"]) == ("the process ended", "critical")
    assert line["error"] == "RuntimeError('nobody knows t***@example.jp')"
    assert line["exception"].endswith("RuntimeError: nobody knows t***@example.jp")


def test_no_address_and_no_password_is_readable_in_a_line(start: Start) -> None:
    """R8; ASVS 16.2.5: in texts of ours and of libraries, in nested fields, in exceptions."""
    lines = start()
    address, url = "taro.yamada@example.jp", "redis://user:se;cr:et@redis.example:6379/0"
    get_logger("x").warning(f"to {address}", deep=[{"to": (address,)}], other=ValueError(address))
    stdlib.getLogger("kombu").warning("cannot connect to %s for <%s>", url, address)
    try:
        raise OSError(f"{url} refused {address}")
    except OSError:
        get_logger("x").exception("failed")
    written = lines()
    assert written[0]["event"] == "to t***@example.jp"
    assert written[0]["deep"] == [{"to": ["t***@example.jp"]}]
    assert written[0]["other"] == "ValueError('t***@example.jp')"
    assert written[1]["event"].endswith("to redis://redis.example:6379/0 for <t***@example.jp>")
    assert written[2]["exception"].endswith(
        "OSError: redis://redis.example:6379/0 refused t***@example.jp"
    )


async def test_a_unique_violation_shows_no_values(start: Start, auth_db: Database) -> None:
    """PostgreSQL's detail is `Key (caller, …)=(taro@example.jp, …) already exists.`"""
    lines = start()
    insert = "insert into idempotency_keys values ('taro@example.jp', '', '', '')"
    try:
        try:
            async with auth_db.transaction("test") as connection:
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


@pytest.mark.parametrize("statement", ["select $1::uuid", "select $1::text::uuid"])
async def test_a_value_of_the_wrong_type_is_not_shown(
    start: Start, auth_db: Database, statement: str
) -> None:
    """Whether asyncpg refuses it or PostgreSQL does."""
    lines = start()
    try:
        async with auth_db.connection() as connection:
            await connection.fetchval(statement, "hunter" + "2")
    except asyncpg.DataError as error:
        get_logger("x").error("failed", exc_info=error)
    (line,) = lines()
    assert "invalid input" in line["exception"]
    assert "hunter2" not in str(line)


def test_errors_that_are_causes_of_each_other_are_written_once(start: Start) -> None:
    lines = start()
    one, other = ValueError("one"), KeyError("other")
    one.__cause__, other.__cause__ = other, one
    get_logger("x").error("failed", exc_info=one)
    (line,) = lines()
    assert "one" in line["exception"]


def test_an_unreachable_server_is_logged_without_a_traceback(start: Start) -> None:
    lines = start()
    try:
        raise ConnectionRefusedError(111, "refused")
    except OSError:
        stdlib.getLogger("asyncpg.pool").warning("retrying", exc_info=True)
    (line,) = lines()
    assert line["error"] == "ConnectionRefusedError(111, 'refused')"
    assert "exception" not in line


def test_logs_are_text_on_a_terminal_and_json_elsewhere(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    shown = {form: _shown_on_a_terminal(form, monkeypatch) for form in ("auto", "text", "json")}
    assert "\x1b[" in shown["auto"], "coloured"
    assert "look here" in shown["text"]
    assert json.loads(shown["json"])["event"] == "look here"


def _shown_on_a_terminal(form: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        logging.configure(service="auth", process="worker", form=form)
        structlog.get_logger("text").warning("look here", error="x")
        terminal.flush()
        shown = os.read(ours, 4096).decode()
    os.close(ours)
    return shown


def test_the_text_form_shows_the_event_and_its_fields(
    capsys: pytest.CaptureFixture[str], start: Start
) -> None:
    start()
    logging.configure(service="auth", process="worker", level="warning", form="text")
    structlog.get_logger("text").warning("look here", error="x")
    written = capsys.readouterr().err
    assert "look here" in written
    assert not written.startswith("{")


def test_the_text_form_shows_no_variables_and_breaks_no_line(
    start: Start, capsys: pytest.CaptureFixture[str]
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
