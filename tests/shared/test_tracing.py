"""Spans: off unless the environment enables them, one trace per request, without secrets."""

import json
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from shared import logging, tracing
from shared.logging import get_logger, request_id
from shared.settings import SettingsError
from tests.collector import Collector

REQUEST = "0197a000-0000-4000-8000-000000000001"
PARENT = "00-0197a0000000400080000000000000ff-00f067aa0ba902b7-01"
FACTS = {"zaiseki.some": 1}


@dataclass
class Work:
    """The work for a request."""

    request_id: str = REQUEST
    traceparent: str | None = None


def trace_something() -> None:
    with (
        tracing.running(service="auth", process="api"),
        tracing.following(Work()),
        tracing.span("GET /thing/{id}", "server", FACTS),
    ):
        pass


@pytest.mark.parametrize(
    ("environ", "exporters"),
    [
        ({}, ()),
        ({"OTEL_SERVICE_NAME": "x", "OTEL_TRACES_SAMPLER": "always_on"}, ()),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, ()),
        ({"OTEL_TRACES_EXPORTER": "", "OTEL_EXPORTER_OTLP_ENDPOINT": ""}, ()),
        ({"OTEL_SDK_DISABLED": "True", "OTEL_TRACES_EXPORTER": "otlp"}, ()),
        ({"OTEL_SDK_DISABLED": "false", "OTEL_TRACES_EXPORTER": "otlp"}, ("otlp",)),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, ("otlp",)),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x"}, ("otlp",)),
        ({"OTEL_TRACES_EXPORTER": "console"}, ("console",)),
        ({"OTEL_TRACES_EXPORTER": "otlp, console"}, ("otlp", "console")),
        ({"OTEL_TRACES_EXPORTER": "console", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, ("console",)),
    ],
)
def test_the_standard_variables_set_where_spans_are_sent(
    environ: dict[str, str], exporters: tuple[str, ...]
) -> None:
    assert tracing.wanted(environ) == exporters


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("OTEL_TRACES_EXPORTER", "secret", "OTEL_TRACES_EXPORTER: has to be none, otlp or console"),
        ("OTEL_TRACES_EXPORTER", "none,otlp", "OTEL_TRACES_EXPORTER: has to be none, otlp or cons"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "OTEL_EXPORTER_OTLP_PROTOCOL: has to be http/prot"),
        ("OTEL_TRACES_SAMPLER", "secret", "OTEL_*: Couldn't recognize sampler …."),
        ("OTEL_EXPORTER_OTLP_HEADERS", "secret", "OTEL_*: Header format invalid! "),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "secret", "OTEL_*: Invalid timeout value …"),
        ("OTEL_RESOURCE_ATTRIBUTES", "secret", "OTEL_*: Invalid key value resource attribute"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "1", "OTEL_*: one has a value that is not taken"),
    ],
)
def test_an_invalid_variable_is_reported_without_its_value(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught, tracing.running(service="auth", process="api"):
        pass
    assert str(caught.value).startswith(fault)
    assert "secret" not in str(caught.value)


OFF = """
import sys
import services.auth.app, services.auth.worker, services.notifier.worker
from shared import tracing
with tracing.running(service="auth", process="api"):
    with tracing.span("x", "server", {}) as span:
        span.add({"a": 1})
        span.fail("x")
    assert tracing.traceparent() is None
loaded = ("opentelemetry.sdk.trace", "opentelemetry.exporter", "opentelemetry.proto", "google")
print([name for name in sys.modules if name.startswith(loaded)])
"""


def test_switched_off_the_library_is_not_even_imported() -> None:
    """redis-py imports the library's metrics by itself; the parts for spans must not be imported.

    An invalid limit, which the library would refuse at its import, proves it.
    """
    root = Path(__file__).resolve().parents[2]
    environment = {"PATH": "/usr/bin:/bin", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "refused"}
    done = subprocess.run(
        [sys.executable, "-c", OFF],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
    switched_on = subprocess.run(
        [sys.executable, "-c", OFF],
        cwd=root,
        env={**environment, "OTEL_TRACES_EXPORTER": "console"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert switched_on.stderr.endswith("SettingsError: OTEL_*: one has a value that is not taken\n")


def test_a_span_names_its_service_and_process(collector: Collector) -> None:
    trace_something()
    (span,) = collector.spans
    assert (span.where, span.name) == ("zaiseki-auth api", "GET /thing/{id}")
    assert span.attributes == {"zaiseki.some": 1, "zaiseki.request_id": REQUEST}
    resource = collector.resources[0]
    assert resource["service.version"]
    assert resource["telemetry.sdk.name"] == "opentelemetry"


def test_the_standard_variables_are_obeyed(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "accounts")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=trial")
    trace_something()
    assert collector.resources[0]["service.name"] == "accounts"
    assert collector.resources[0]["deployment.environment.name"] == "trial"
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    trace_something()
    assert len(collector.spans) == 1


def test_the_id_of_a_request_is_the_id_of_its_trace(collector: Collector) -> None:
    """So a 受付番号 finds the trace, and later work for the same request is in it too."""
    with tracing.running(service="auth", process="api"):
        for id in (REQUEST, REQUEST, "no-uuid-at-all", "0" * 32):
            with tracing.following(Work(id)), tracing.span("x", "server", {}):
                pass
    ids = [span.trace_id for span in collector.spans]
    assert ids[:2] == [REQUEST.replace("-", "")] * 2
    assert len(set(ids)) == 3
    assert int(ids[3], 16) != 0


def test_a_stored_traceparent_continues_the_trace_in_another_process(collector: Collector) -> None:
    with tracing.running(service="auth", process="api"):
        with tracing.following(Work()), tracing.span("asks", "producer", {}):
            kept = tracing.traceparent()
        with tracing.span("between", "server", {}), tracing.following(Work(traceparent=kept)):
            with tracing.span("does", "consumer", {}):
                pass
            assert tracing.traceparent() == kept
        with tracing.following(Work(traceparent="garbage")), tracing.span("alone", "consumer", {}):
            pass
    seen = {span.name: span for span in collector.spans}
    assert seen["does"].parent_id == seen["asks"].span_id
    assert seen["does"].trace_id == seen["asks"].trace_id
    assert [seen[name].parent_id for name in ("asks", "between", "alone")] == ["", "", ""]
    assert [seen[name].kind for name in ("asks", "does")] == ["producer", "consumer"]


def test_a_span_has_an_exceptions_class_and_not_its_text(collector: Collector) -> None:
    """R8: PostgreSQL's errors repeat addresses, validation errors the input."""
    with tracing.running(service="auth", process="api"):
        with pytest.raises(KeyError), tracing.span("x", "server", {}):
            raise KeyError("taro@example.jp")
        with tracing.span("y", "server", {}) as span:
            span.fail("503")
    assert [span.attributes["error.type"] for span in collector.spans] == ["KeyError", "503"]
    assert all(span.failed for span in collector.spans)
    assert [(span.events, span.status_text) for span in collector.spans] == [(0, "")] * 2
    assert all(b"taro" not in body for body in collector.bodies)


def test_log_lines_name_the_current_span(
    collector: Collector, capsys: pytest.CaptureFixture[str], own_logging: None
) -> None:
    logging.configure(service="auth", process="api")
    with tracing.running(service="auth", process="api"):
        with tracing.following(Work(traceparent=PARENT)):
            get_logger("x").info("for a message")
            with tracing.span("x", "server", {}):
                get_logger("x").info("in a span")
        get_logger("x").info("outside")
    message, inside, outside = map(json.loads, capsys.readouterr().err.splitlines())
    assert message["trace_id"] == inside["trace_id"] == PARENT[3:35]
    assert message["span_id"] == PARENT[36:52]
    assert inside["span_id"] == collector.spans[0].span_id
    assert message["request_id"] == inside["request_id"] == REQUEST
    assert not {"trace_id", "span_id", "request_id"} & set(outside)


def test_switched_off_the_request_id_is_still_passed_on() -> None:
    with tracing.following(Work()), tracing.span("x", "server", {}):
        assert request_id.get() == REQUEST
        assert tracing.traceparent() is None
    assert request_id.get() == ""


def test_a_collector_that_hangs_delays_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("OTEL_TRACES_EXPORTER", "otlp")
        endpoint = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setattr("shared.telemetry.CLOSE_SECONDS", 0.1)
        trace_something()
        deaf.settimeout(5)
        deaf.accept()[0].close()  # an attempt was made


def test_spans_can_be_written_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
    trace_something()
    assert json.loads(capsys.readouterr().out)["name"] == "GET /thing/{id}"
