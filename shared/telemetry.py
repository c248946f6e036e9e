"""OpenTelemetry's SDK, set up by its own variables; imported only where spans are switched on.

A span has names, ids of ours and numbers. It has no address, no token, no path as it was sent and
no exception's words (R8).
"""

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from types import MappingProxyType
from uuid import UUID

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.logging import get_logger, request_id, span_ids
from shared.settings import SettingsError

log = get_logger("telemetry")

CLOSE_SECONDS = 3.0

Attributes = Mapping[str, str | int]


def _console() -> SpanExporter:
    """One line a span, on stdout."""
    return ConsoleSpanExporter(out=sys.stdout, formatter=lambda span: f"{span.to_json(None)}\n")


_EXPORTERS: Mapping[str, Callable[[], SpanExporter]] = {
    "otlp": OTLPSpanExporter,
    "console": _console,
}


def open_tracer(exporters: Sequence[str], *, service: str, process: str) -> "Tracer":
    """A tracer that sends to these exporters.

    Raises:
        SettingsError: OpenTelemetry does not take one of its variables as it is set.
    """
    installed = (found.version for found in metadata.distributions(name="zaiseki"))
    own = {
        "service.name": f"zaiseki-{service}",
        "service.version": next(installed, "unknown"),
        "zaiseki.process": process,
    }
    with _strict():
        provider = TracerProvider(
            resource=Resource.create(own).merge(OTELResourceDetector().detect()),
            id_generator=_RequestIds(),
            shutdown_on_exit=False,
        )
        for name in exporters:
            provider.add_span_processor(BatchSpanProcessor(_EXPORTERS[name]()))
    return Tracer(provider)


class Tracer:
    """Makes spans, and tells each log line which one it belongs to."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("zaiseki")
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def span(self, name: str, kind: str, attributes: Attributes) -> Iterator["Recorded"]:
        """A span that ends with the block; one that an exception leaves has failed."""
        with (
            self._tracer.start_as_current_span(
                name,
                kind=trace.SpanKind[kind.upper()],
                attributes={**attributes, "zaiseki.request_id": request_id.get()},
                record_exception=False,  # its words may repeat what was sent
                set_status_on_exception=False,
            ) as started,
            _in_log_lines(started),
        ):
            current = Recorded(started)
            try:
                yield current
            except BaseException as error:
                current.fail(type(error).__name__)
                raise

    @contextmanager
    def following(self, traceparent: str | None) -> Iterator[None]:
        """Spans of the block belong to the one that is named, or to none."""
        carrier = {"traceparent": traceparent} if traceparent else {}
        token = context.attach(self._propagator.extract(carrier, context.Context()))
        try:
            with _in_log_lines(trace.get_current_span()):
                yield
        finally:
            context.detach(token)

    @property
    def under_way(self) -> bool:
        """Whether a span of this process is under way."""
        return trace.get_current_span().is_recording()

    def traceparent(self) -> str | None:
        """The span under way, as W3C Trace Context writes it."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get("traceparent")

    def close(self) -> None:
        """Send what there is; a collector that does not answer holds no process back."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)
        if closing.is_alive():
            log.warning("the last spans were not sent in time")


class Recorded:
    """A span under way."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def add(self, attributes: Attributes) -> None:
        """Say more about it."""
        self._span.set_attributes(attributes)

    def fail(self, kind: str) -> None:
        """It did not end well."""
        self._span.set_attribute("error.type", kind)
        self._span.set_status(trace.StatusCode.ERROR)


class _RequestIds(RandomIdGenerator):
    """The id of a trace is that of its request, so that 受付番号 finds it, and all of it.

    Span ids come from Python's `random`, which seeds itself anew in a forked child.
    """

    def generate_trace_id(self) -> int:
        try:
            return UUID(request_id.get()).int or super().generate_trace_id()
        except ValueError:
            return super().generate_trace_id()


@contextmanager
def _in_log_lines(span: trace.Span) -> Iterator[None]:
    found = span.get_span_context()
    ids = {
        "trace_id": trace.format_trace_id(found.trace_id),
        "span_id": trace.format_span_id(found.span_id),
    }
    token = span_ids.set(MappingProxyType(ids if found.is_valid else {}))
    try:
        yield
    finally:
        span_ids.reset(token)


class _Complaints(logging.Handler):
    """Keeps what OpenTelemetry says in this thread, without the values that it says it of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []
        self._here = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._here:
            self.told.append(str(record.msg).replace("%s", "…").replace("%r", "…"))


@contextmanager
def _strict() -> Iterator[None]:
    """Where OpenTelemetry would log a wrong value and go on with another, refuse to start."""
    complaints, library = _Complaints(), logging.getLogger("opentelemetry")
    library.addHandler(complaints)
    library.propagate = False
    try:
        yield
    except ValueError:
        complaints.told.append("one has a value that is not taken")
    finally:
        library.propagate = True
        library.removeHandler(complaints)
    if complaints.told:
        raise SettingsError("OTEL_*: " + "; ".join(complaints.told))
