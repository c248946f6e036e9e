"""A collector of OpenTelemetry for tests: receives spans and shows them as plain values."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """A received span. `where` is service and process, such as `zaiseki-auth worker`."""

    where: str
    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: dict[str, Any]
    events: int
    failed: bool
    status_text: str


@dataclass
class Collector:
    """The spans received so far."""

    endpoint: str
    spans: list[Seen] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """Take the body of an OTLP/HTTP request."""
        self.bodies.append(body)
        for batch in ExportTraceServiceRequest.FromString(body).resource_spans:
            resource = _values(batch.resource.attributes)
            self.resources.append(resource)
            where = f"{resource['service.name']} {resource['zaiseki.process']}"
            for scope in batch.scope_spans:
                self.spans += [_seen(where, span) for span in scope.spans]

    def trace_of(self, request_id: str) -> list[Seen]:
        """The spans of a request's trace."""
        return [span for span in self.spans if span.trace_id == request_id.replace("-", "")]

    def paths_of(self, request_id: str) -> list[str]:
        """A trace as lines, one for each span without children: `root > … > that span`."""
        spans = {span.span_id: span for span in self.trace_of(request_id)}
        parents = {span.parent_id for span in spans.values()}
        return sorted(_path(spans, id) for id in spans if id not in parents)

    def until(self, reached: Callable[[], Any], seconds: float = 20) -> None:
        """Wait for spans that exporters have not sent yet."""
        limit = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < limit, [(span.where, span.name) for span in self.spans]
            time.sleep(0.05)


def _path(spans: dict[str, Seen], id: str) -> str:
    here = spans[id]
    above = f"{_path(spans, here.parent_id)} > " if here.parent_id in spans else ""
    return f"{above}{here.where}: {here.name}"


def _seen(where: str, span: Any) -> Seen:
    return Seen(
        where=where,
        name=span.name,
        kind=span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
        trace_id=span.trace_id.hex(),
        span_id=span.span_id.hex(),
        parent_id=span.parent_span_id.hex(),
        attributes=_values(span.attributes),
        events=len(span.events),
        failed=span.status.code == span.status.STATUS_CODE_ERROR,
        status_text=span.status.message,
    )


def _values(attributes: Sequence[Any]) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on a free port, in a thread of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield collector
        finally:
            server.shutdown()
