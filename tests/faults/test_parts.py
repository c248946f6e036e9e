"""Every lasting part of a process that is cancelled is restarted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from services.auth import app as auth_app
from services.auth import worker as auth_worker
from services.membership import app as membership_app
from services.membership import worker as membership_worker
from services.notifier import app as notifier_app
from services.notifier import worker as notifier_worker
from services.notifier.settings import NotifierSettings
from shared import forever
from shared.messaging import worker
from shared.messaging.transport.broker import celery_app
from tests.auth.conftest import auth_settings
from tests.conftest import TestDatabase, new_key
from tests.membership.conftest import membership_settings
from tests.signing import message_settings

APIS: dict[str, Any] = {
    "auth": auth_app.make,
    "membership": membership_app.make,
    "notifier": notifier_app.application,
}
WORKERS: dict[str, Any] = {
    "auth": auth_worker,
    "membership": membership_worker,
    "notifier": notifier_worker,
}
OF_APIS = {
    "auth": {"doorbell", "lag", "trial_clock"},
    "membership": {"doorbell", "lag", "trial_clock", "confirmations"},
    "notifier": {"doorbell", "lag"},
}
OF_WORKERS = {
    "auth": {"job report_use", "trial_clock"},
    "membership": {"job purge_what_is_over", "trial_clock"},
    "notifier": {"job tidy_mails", "sender", "lease_renewal"},
}
OF_ALL_WORKERS = {"relay", "relay_listener", "receipts", "lag", "job tidy_messages"}


def settings_of(service: str, database: TestDatabase, redis_url: str, place: Path) -> Any:
    if service == "auth":
        listen = f"unix:{place}/worker"
        return auth_settings(database, redis_url, place, auth_worker_listen=listen)
    if service == "membership":
        listen = f"unix:{place}/worker"
        return membership_settings(database, redis_url, membership_worker_listen=listen)
    (place / "1.key").write_text(new_key())
    return NotifierSettings(
        redis_url=redis_url,
        **message_settings("notifier"),
        notifier_database_url=database.dsn("notifier"),
        notifier_worker_listen=f"unix:{place}/worker",
        auth_url="http://localhost:1",
        smtp_url="smtp://localhost:1",
        mail_from="no-reply@zaiseki.example",
        vendor_name="株式会社ケイアイ",
        contact_phone="03-1234-5678",
        mail_keys_dir=place,
    )


@asynccontextmanager
async def running(process: str, service: str, settings: Any, url: str) -> AsyncIterator[None]:
    if process == "api":
        async with APIS[service](settings):
            yield
        return
    app = celery_app(service, url)
    async with worker._running(WORKERS[service].spec(settings), app):
        yield
    app.close()


def parts() -> "dict[str, asyncio.Task[Any]]":
    kept = [task for task in asyncio.all_tasks() if "_Kept" in str(task.get_coro())]
    return {task.get_name(): task for task in kept}


@pytest.mark.parametrize("process", ["api", "worker"])
@pytest.mark.parametrize("service", ["auth", "membership", "notifier"])
async def test_every_cancelled_part_is_restarted(
    database: TestDatabase,
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    service: str,
    process: str,
) -> None:
    monkeypatch.setattr(forever, "PAUSE_SECONDS", 0.05)
    settings = settings_of(service, database, redis_url, tmp_path)
    async with running(process, service, settings, redis_url):
        needed = OF_APIS[service] if process == "api" else OF_WORKERS[service] | OF_ALL_WORKERS
        async with asyncio.timeout(10):
            while not needed <= set(parts()):  # a part may have its own parts
                await asyncio.sleep(0.01)
        before = parts()
        for task in before.values():
            task.cancel()
        async with asyncio.timeout(10):
            while set(parts()) != set(before) or set(parts().values()) & set(before.values()):
                await asyncio.sleep(0.01)
    assert parts() == {}
