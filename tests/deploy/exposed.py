"""The metrics that the product exposes to Prometheus, and the series that queries may use."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

import services
import shared
from services.auth.api.routes import ROUTES as AUTH
from services.membership.api.routes import ROUTES as MEMBERSHIP
from services.notifier.api.routes import ROUTES as NOTIFIER
from services.notifier.domain import OutcomeKind
from shared.contracts.registry import QUEUES, SERVICES
from shared.messaging.envelope import Reason

OF_A_TARGET = frozenset({"job", "instance", "service", "process"})
"""What deploy/prometheus/scrape.yml gives to every series, where it has no label of that name."""

OF_PROMETHEUS = {
    "up": frozenset[str](),
    "ALERTS": frozenset({"alertname", "alertstate", "severity"}),
    "process_start_time_seconds": frozenset[str](),
    "process_cpu_seconds_total": frozenset[str](),
    "process_resident_memory_bytes": frozenset[str](),
    "process_open_fds": frozenset[str](),
    "process_max_fds": frozenset[str](),
    "caddy_http_request_duration_seconds_count": frozenset({"handler", "code", "method", "server"}),
    "probe_success": frozenset[str](),
    "probe_ssl_earliest_cert_expiry": frozenset[str](),
    "zaiseki_task_timestamp_seconds": frozenset({"task", "outcome"}),
}
"""What Prometheus makes itself, what its client tells of every process, and what the gateway, the
blackbox exporter and deploy/prometheus/told.sh tell."""

PROCESSES = {(service, process) for service in SERVICES for process in ("api", "worker")}

VALUES: dict[str, set[str]] = {
    "job": {"zaiseki", "gateway", "sites", "node"},
    "service": set(SERVICES),
    "process": {"api", "worker"},
    "task": {"backup", "migrate"},
    "queue": set(QUEUES),
    "reason": set(get_args(Reason)),
    "route": {route.path for route in (*AUTH, *MEMBERSHIP, *NOTIFIER)},
    "outcome": {
        "asked",
        "passed",
        "denied",
        "missed",
        "cancelled",
        "done",
        "failed",
        *get_args(OutcomeKind),
    },
    "status": {"200", "201", "202", "204", "401", "403", "404", "409", "422", "429", "500", "503"},
}
"""What a label may be. Those of gauges that are not here are looked for in a run (tests/e2e)."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as the page of operations describes it."""

    kind: str
    labels: frozenset[str]


@cache
def metrics() -> Mapping[str, Metric]:
    """Each of our metrics by its name in queries, a histogram without its suffixes."""
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return dict(map(_described, _ours()))


def _ours() -> set[MetricWrapperBase]:
    known = set(REGISTRY._collector_to_names)
    return {c for c in known if isinstance(c, MetricWrapperBase) and c._name.startswith("zaiseki_")}


def _described(collector: MetricWrapperBase) -> tuple[str, Metric]:
    kind = str(collector._type)
    name = f"{collector._name}_total" if kind == "counter" else collector._name
    return name, Metric(kind, frozenset(collector._labelnames))


@cache
def series() -> Mapping[str, frozenset[str]]:
    """Each series that a query may use, with its labels."""
    found = {name: labels | OF_A_TARGET for name, labels in OF_PROMETHEUS.items()}
    for name, metric in metrics().items():
        labels = metric.labels | OF_A_TARGET
        if metric.kind == "histogram":
            found |= {f"{name}_bucket": labels | {"le"}}
            found |= {f"{name}_sum": labels, f"{name}_count": labels}
        else:
            found[name] = labels
    return found
