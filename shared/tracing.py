"""Follows a request through the services: always by its id, and by spans if tracing is on.

Spans are OpenTelemetry's, whose standard variables switch tracing on. While it is off, the library
is not imported: only `shared.telemetry` uses it, and is loaded when needed.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Literal, Protocol

from shared.logging import request_id
from shared.settings import SettingsError

if TYPE_CHECKING:
    from shared import telemetry

EXPORTERS = ("otlp", "console")

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")

Kind = Literal["server", "client", "producer", "consumer", "internal"]
Attributes = Mapping[str, str | int]


class Followed(Protocol):
    """Work for a request: a message, a row of the outbox, a mail."""

    @property
    def request_id(self) -> str:
        """The id of the request, 受付番号 for people."""

    @property
    def traceparent(self) -> str | None:
        """The span that requested it (W3C Trace Context), if it was traced."""


class Span(Protocol):
    """A current piece of work."""

    def add(self, attributes: Attributes) -> None:
        """Add attributes; never an address, a token, or text of a client."""

    def fail(self, kind: str) -> None:
        """Mark it as failed; `kind` is one of few values (OpenTelemetry's `error.type`)."""


class _Nobody:
    """Used while tracing is off."""

    def add(self, attributes: Attributes) -> None: ...

    def fail(self, kind: str) -> None: ...


NO_SPAN: AbstractContextManager[Span] = nullcontext(_Nobody())
"""Used where no span is created."""

_tracer: "telemetry.Tracer | None" = None


@contextmanager
def running(*, service: str, process: str) -> Iterator[None]:
    """Create spans during the block if the environment enables them, and send them by its end.

    Call it after any fork, because it starts a thread.

    Raises:
        SettingsError: A variable has a value that is not known here.
    """
    global _tracer  # noqa: PLW0603 - one for the whole process, like logging
    exporters = wanted(os.environ)
    if not exporters:
        yield
        return
    try:
        from shared import telemetry  # a third of a second, only if tracing is on
    except ValueError:  # it has some of its variables read as it is imported
        raise SettingsError("OTEL_*: one has a value that is not taken") from None
    _tracer = tracer = telemetry.open_tracer(exporters, service=service, process=process)
    try:
        yield
    finally:
        _tracer = None
        tracer.close()


def wanted(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The exporter in OpenTelemetry's variables; none if no variable is set.

    Raises:
        SettingsError: There is no such exporter or protocol here.
    """
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return ()
    reached = any(environ.get(name) for name in _ENDPOINTS)
    chosen = environ.get("OTEL_TRACES_EXPORTER") or ("otlp" if reached else "none")
    names = tuple(name.strip() for name in chosen.split(","))
    if names == ("none",):
        return ()
    if not set(names) <= set(EXPORTERS):
        raise SettingsError(f"OTEL_TRACES_EXPORTER: has to be none, {' or '.join(EXPORTERS)}")
    for name in _PROTOCOLS:
        if "otlp" in names and environ.get(name, "http/protobuf") not in ("", "http/protobuf"):
            raise SettingsError(f"{name}: has to be http/protobuf")
    return names


def span(name: str, kind: Kind, attributes: Attributes) -> AbstractContextManager[Span]:
    """Run the block in a child span of the current one."""
    return NO_SPAN if _tracer is None else _tracer.span(name, kind, attributes)


def span_within(name: str, kind: Kind) -> AbstractContextManager[Span]:
    """Run the block in a child span of this process's current one; without one, in no span."""
    return span(name, kind, {}) if _tracer is not None and _tracer.under_way else NO_SPAN


def traceparent() -> str | None:
    """The current span, to be stored with the work that it requests; None while tracing is off."""
    return None if _tracer is None else _tracer.traceparent()


@contextmanager
def following(work: Followed) -> Iterator[None]:
    """Run the block as part of the request that the work belongs to."""
    token = request_id.set(work.request_id)
    try:
        with nullcontext() if _tracer is None else _tracer.following(work.traceparent):
            yield
    finally:
        request_id.reset(token)
