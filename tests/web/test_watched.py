"""The metrics and spans of a service's requests, and how it ends its connections."""

from contextlib import AbstractContextManager

import pytest
from prometheus_client import REGISTRY

from shared import tracing
from tests.web.site import Site


def requests(method: str, route: str, status: str) -> float:
    labels = {"service": "site", "method": method, "route": route, "status": status}
    return REGISTRY.get_sample_value("zaiseki_http_requests_total", labels) or 0


async def test_requests_are_counted_by_route_and_status(site: Site) -> None:
    before = requests("GET", "/as/public", "200")
    await site.get("/as/public")
    await site.get("/as/public")
    assert requests("GET", "/as/public", "200") == before + 2
    labels = {"service": "site", "method": "GET", "route": "/as/public"}
    assert REGISTRY.get_sample_value("zaiseki_http_request_seconds_count", labels)


async def test_all_unknown_paths_are_counted_under_one_label(site: Site) -> None:
    before = requests("-", "-", "404")
    for path in ("/wp-admin", "/.env", "/a/b/c"):
        await site.get(path)
    assert requests("-", "-", "404") == before + 3
    assert requests("GET", "/wp-admin", "404") == 0


async def test_probes_are_not_counted_as_requests(site: Site) -> None:
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert (await site.get(path)).status == 200
        assert requests("GET", path, "200") == 0


async def test_probes_make_no_spans(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    named = []

    def span(name: str, *_: object) -> AbstractContextManager[tracing.Span]:
        named.append(name)
        return tracing.NO_SPAN

    monkeypatch.setattr(tracing, "span", span)
    for path in ("/health/live", "/health/ready", "/metrics", "/as/public"):
        await site.get(path)
    assert named == ["GET /as/public"]


async def test_a_process_that_stops_closes_connections_with_its_answers(site: Site) -> None:
    assert "Connection" not in (await site.get("/as/public")).headers
    site.health.stopping = True
    assert (await site.get("/as/public")).headers["Connection"] == "close"
