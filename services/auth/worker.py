"""Auth's worker: its messages and periodic jobs."""

from functools import partial

from services.auth.flows.accounts import activity, session
from services.auth.flows.ground import locking
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_sweep
from services.auth.flows.sign_in import failure_counter, password_reset
from services.auth.resources import open_context
from services.auth.settings import AuthSettings
from services.auth.tasks import account as account_tasks
from services.auth.tasks import password_reset as password_reset_tasks
from shared import process
from shared.contracts.auth import SendPasswordReset, StartPasswordReset, SyncAccount
from shared.messaging.consumer import Task
from shared.messaging.periodic import Job
from shared.messaging.worker import WorkerSpec, run

TASKS: dict[type, Task] = {
    SyncAccount: account_tasks.sync,
    StartPasswordReset: password_reset_tasks.start,
    SendPasswordReset: password_reset_tasks.send,
}

PERIODIC = (
    Job("report_use", 60, activity.report_use),
    Job("presence_sweep", 60, presence_sweep.run),
    Job("purge_sessions", 600, session.purge),
    Job("purge_reset_links", 600, password_reset.purge),
    Job("purge_failures", 3600, failure_counter.purge),
)


def spec(settings: AuthSettings) -> WorkerSpec[Context]:
    """The worker's components."""
    return WorkerSpec(
        service="auth",
        settings=settings,
        dsn=settings.dsn,
        listen=settings.auth_worker_listen,
        open=partial(open_context, settings),
        tasks=TASKS,
        receipts={},
        periodic=PERIODIC,
        lock=locking.take,
    )


def main() -> None:
    """Run until SIGTERM."""
    process.run(
        AuthSettings,
        service="auth",
        process="worker",
        work=lambda settings: run(spec(settings)),
    )


if __name__ == "__main__":
    main()
