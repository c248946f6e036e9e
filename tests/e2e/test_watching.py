"""R23: health and metrics of a run, for operators and not from outside."""

import re
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.exposed import metrics as exposed_metrics
from tests.deploy.files import expressions
from tests.deploy.promql import selectors
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import PROCESSES, Product


async def ask(product: Product, name: str, path: str) -> tuple[int, str]:
    """A process's answer on its health socket."""
    place = next(part["health"] for part in product.run["processes"] if part["name"] == name)
    async with (
        aiohttp.ClientSession("http://process", connector=aiohttp.UnixConnector(place)) as session,
        session.get(path) as response,
    ):
        return response.status, await response.text()


async def metrics(product: Product, name: str) -> dict[str, float]:
    """Each series with its value."""
    _, text = await ask(product, name, "/metrics")
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {series: float(value) for series, _, value in lines}


async def test_r23_the_main_job_shows_in_the_metrics_of_each_process(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "W-1", "watched.example")
    browser = await join(product, form("watched.example", "W-1"))
    assert (await browser.get("/api/membership/me")).status == 200
    assert (await browser.sign_in("nobody@watched.example", "wrong")).status == 401

    auth = await metrics(product, "auth-api")
    request = 'zaiseki_http_requests_total{method="POST",route="/sign-in",service="auth"'
    assert auth[f'{request},status="200"}}'] >= 1
    assert auth[f'{request},status="401"}}'] >= 1
    assert auth["zaiseki_hash_slots"] > auth["zaiseki_hash_slots_used"] == 0
    assert auth["zaiseki_hash_seconds_count"] >= 2
    assert auth['zaiseki_presence_checks_total{outcome="passed"}'] >= 1

    membership = await metrics(product, "membership-worker")
    assert membership['zaiseki_dependency_up{dependency="broker",service="membership"}'] == 1
    assert membership['zaiseki_outbox_messages{service="membership",state="parked"}'] == 0
    assert membership['zaiseki_queue_length{queue="membership"}'] == 0
    assert membership['zaiseki_database_connections{service="membership",state="limit"}'] == 8

    assert membership['zaiseki_broker_memory_bytes{service="membership",state="used"}'] > 0
    assert membership['zaiseki_consumer_silent_seconds{service="membership"}'] < 20
    jobs = {name: v for name, v in membership.items() if name.startswith("zaiseki_jobs_failed")}
    assert 'zaiseki_jobs_failed_total{name="tidy_messages",service="membership"}' in jobs
    assert set(jobs.values()) == {0}
    taken = 'zaiseki_message_seconds_count{name="membership.start_registration"'
    assert membership[f'{taken},service="membership"}}'] >= 1
    assert membership['zaiseki_loop_lag_seconds_count{service="membership"}'] >= 1

    notifier = await metrics(product, "notifier-worker")
    sent = 'zaiseki_mail_attempts_total{outcome="accepted",template="registration_confirmation"}'
    assert notifier[sent] >= 1
    assert notifier['zaiseki_mails_waiting{state="queued"}'] == 0


async def test_every_process_exports_its_version_and_whether_it_is_a_trial(
    product: Product,
) -> None:
    for name in PROCESSES:
        service, _, process = name.partition("-")
        measured = await metrics(product, name)
        [info] = [series for series in measured if series.startswith("zaiseki_process_info")]
        assert f'process="{process}",service="{service}",version="' in info
        trial = {"RATE_LIMITS": 1, "TRIAL_CLOCK": 0}
        for setting, value in trial.items():
            series = f'zaiseki_trial_setting{{service="{service}",setting="{setting}"}}'
            assert measured[series] == value
        assert measured["process_start_time_seconds"] > 0


async def test_every_gauge_of_an_alarm_or_the_dashboard_is_exported(
    product: Product,
) -> None:
    """A counter may not exist yet, but an alarm on a gauge that is never set never fires."""
    texts = [(await ask(product, name, "/metrics"))[1] for name in PROCESSES]
    families = [one for text in texts for one in text_string_to_metric_families(text)]
    exposed = [sample for one in families if one.type == "gauge" for sample in one.samples]
    ours = {name for name, metric in exposed_metrics().items() if metric.kind == "gauge"}
    asked = {one for text in expressions() for one in selectors(text) if one.name in ours}
    missing = {one for one in asked if not any(map(one.finds, exposed))}
    assert len(asked) > 15
    assert missing == set()


async def test_no_series_names_a_person(product: Product, tmp_path: Path) -> None:
    """Labels are our own names: no address, no id, no path of a client."""
    import_customer(product, tmp_path, "W-2", "label.example")
    browser = await join(product, form("label.example", "W-2"))
    await browser.get("/api/membership/hanako@label.example")
    for name in PROCESSES:
        _, text = await ask(product, name, "/metrics")
        assert "label.example" not in text
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7", text)


@pytest.mark.parametrize("name", PROCESSES)
async def test_r23_every_process_names_its_dependencies(product: Product, name: str) -> None:
    status, text = await ask(product, name, "/health/ready")
    assert status == 200
    assert '"database": {"status": "pass"' in text
    assert '"broker": {"status": "pass"' in text
    assert "oldest_unconfirmed_seconds" in text


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/operator/health"])
@pytest.mark.parametrize("service", ["auth", "membership", "notifier"])
async def test_r23_health_and_metrics_are_not_reachable_from_outside(
    product: Product, service: str, path: str
) -> None:
    assert (await product.browser().get(f"/api/{service}{path}")).status == 404


@pytest.mark.parametrize("service", ["auth", "membership", "notifier"])
async def test_r23_the_operators_site_requires_an_operator(
    product: Product, tmp_path: Path, service: str
) -> None:
    operators = product.browser(site="operator_origin")
    reply = await operators.get(f"/api/{service}/operator/health")
    assert (reply.status, reply.code) == (401, "sign_in_required")
    for inside in ("/health/ready", "/metrics"):
        assert (await operators.get(f"/api/{service}{inside}")).status == 404


async def test_asvs_8_2_1_a_member_is_refused_as_an_operator(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "W-3", "operate.example")
    owner = await join(product, form("operate.example", "W-3"))
    operators = product.browser(site="operator_origin", like=owner)
    for service in ("auth", "membership", "notifier"):
        assert (await operators.get(f"/api/{service}/operator/health")).status == 401
