"""OpenTelemetry's SDK, configured by its own variables; imported only if tracing is on.

A span has names, our own ids and numbers. It has no address, no token, no path as sent by a client,
and no text of an exception (R8).
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
        SettingsError: OpenTelemetry does not accept the value of one of its variables.
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
    """Creates spans, and adds the current one to log lines."""

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
                record_exception=False,  # its text may contain client input
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
        """Spans of the block are children of the given one, or have no parent."""
        carrier = {"traceparent": traceparent} if traceparent else {}
        token = context.attach(self._propagator.extract(carrier, context.Context()))
        try:
            with _in_log_lines(trace.get_current_span()):
                yield
        finally:
            context.detach(token)

    @property
    def under_way(self) -> bool:
        """Whether there is a current span of this process."""
        return trace.get_current_span().is_recording()

    def traceparent(self) -> str | None:
        """The current span in the format of W3C Trace Context."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get("traceparent")

    def close(self) -> None:
        """Send the remaining spans; a collector that does not answer cannot block the process."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)
        if closing.is_alive():
            log.warning("the last spans were not sent in time")


class Recorded:
    """A current span."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def add(self, attributes: Attributes) -> None:
        """Add attributes."""
        self._span.set_attributes(attributes)

    def fail(self, kind: str) -> None:
        """Mark it as failed."""
        self._span.set_attribute("error.type", kind)
        self._span.set_status(trace.StatusCode.ERROR)


class _RequestIds(RandomIdGenerator):
    """Uses the request's id as the trace id, so that a 受付番号 finds the whole trace.

    Span ids come from Python's `random`, which is reseeded in a forked child.
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
    """Collects OpenTelemetry's log lines of this thread, without the values in them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []
        self._here = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._here:
            self.told.append(str(record.msg).replace("%s", "…").replace("%r", "…"))


@contextmanager
def _strict() -> Iterator[None]:
    """Raise if OpenTelemetry would only log an invalid value and use another."""
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
