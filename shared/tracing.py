"""Follows a request from service to service: by its id always, by spans where they are switched on.

Spans are OpenTelemetry's, and its standard variables switch them on. As long as they are off, the
library is not even imported: `shared.telemetry`, the one module that knows it, is loaded at need.
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
    """What is done for a request: a message, a row of the outbox, a mail."""

    @property
    def request_id(self) -> str:
        """The id of the request; the person has it as 受付番号."""

    @property
    def traceparent(self) -> str | None:
        """The span that asked for it (W3C Trace Context), where that one traced."""


class Span(Protocol):
    """A piece of work under way."""

    def add(self, attributes: Attributes) -> None:
        """Say more about it; never an address, a token, or words of a stranger."""

    def fail(self, kind: str) -> None:
        """It did not end well; `kind` is one of few (OpenTelemetry's `error.type`)."""


class _Nobody:
    """Who hears of it while spans are off."""

    def add(self, attributes: Attributes) -> None: ...

    def fail(self, kind: str) -> None: ...


NO_SPAN: AbstractContextManager[Span] = nullcontext(_Nobody())
"""Stands where there is no span to make."""

_tracer: "telemetry.Tracer | None" = None


@contextmanager
def running(*, service: str, process: str) -> Iterator[None]:
    """Make spans until the end of the block if the environment says so; they are sent by then.

    To be called after any fork: it starts a thread.

    Raises:
        SettingsError: A variable has a value that is not known here.
    """
    global _tracer  # noqa: PLW0603 - one for the whole process, like logging
    exporters = wanted(os.environ)
    if not exporters:
        yield
        return
    try:
        from shared import telemetry  # a third of a second, only where spans are on
    except ValueError:  # it has some of its variables read as it is imported
        raise SettingsError("OTEL_*: one has a value that is not taken") from None
    _tracer = tracer = telemetry.open_tracer(exporters, service=service, process=process)
    try:
        yield
    finally:
        _tracer = None
        tracer.close()


def wanted(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Where spans go, as OpenTelemetry's variables say; nowhere while none is set.

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
    """A span inside of the one that is under way, which the block then is."""
    return NO_SPAN if _tracer is None else _tracer.span(name, kind, attributes)


def span_within(name: str, kind: Kind) -> AbstractContextManager[Span]:
    """A span inside of the one that this process has under way; none where it has none."""
    return span(name, kind, {}) if _tracer is not None and _tracer.under_way else NO_SPAN


def traceparent() -> str | None:
    """The span under way, to be kept with what it asks for; None while spans are off."""
    return None if _tracer is None else _tracer.traceparent()


@contextmanager
def following(work: Followed) -> Iterator[None]:
    """What the block does and logs belongs to the request that the work is for."""
    token = request_id.set(work.request_id)
    try:
        with nullcontext() if _tracer is None else _tracer.following(work.traceparent):
            yield
    finally:
        request_id.reset(token)
