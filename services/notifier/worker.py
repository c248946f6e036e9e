"""The notifier's worker: its messages, its periodic jobs, and the sender of mails."""

from services.notifier.flows import mail_backlog, mail_retention, sender
from services.notifier.flows.context import Context
from services.notifier.resources import open_context
from services.notifier.settings import NotifierSettings
from services.notifier.tasks import erasure, mail_delivery
from shared import process
from shared.contracts.base import Message
from shared.contracts.notifier import ForgetPerson, SendMail
from shared.messaging.consumer import Task
from shared.messaging.periodic import Job
from shared.messaging.worker import WorkerSpec, run

TASKS: dict[type[Message], Task] = {
    SendMail: mail_delivery.send_mail,
    ForgetPerson: erasure.forget,
}


def spec(settings: NotifierSettings) -> WorkerSpec[Context]:
    """The worker's components."""
    return WorkerSpec(
        service="notifier",
        settings=settings,
        dsn=settings.dsn,
        listen=settings.notifier_worker_listen,
        open=lambda on_commit: open_context(settings, on_commit),
        tasks=TASKS,
        receipts={},
        periodic=(
            Job("tidy_mails", 60, mail_retention.tidy),
            Job("find_keys", 60, mail_retention.find_keys),
        ),
        background={"sender": sender.run},
        checks=mail_backlog.checks,
    )


def main() -> None:
    """Run until SIGTERM."""
    process.run(
        NotifierSettings,
        service="notifier",
        process="worker",
        work=lambda settings: run(spec(settings)),
    )


if __name__ == "__main__":
    main()
