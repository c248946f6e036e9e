"""Membership's worker: its messages, receipts and periodic jobs."""

from services.membership.flows.company import audit_log, seat_limit
from services.membership.flows.ground import auth_sync, locking
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import invitation, registration
from services.membership.flows.upkeep import (
    approval_upkeep,
    member_search,
    retention,
    suspension_reminder,
)
from services.membership.resources import SERVICE, open_context
from services.membership.settings import MembershipSettings
from services.membership.tasks import activity as activity_tasks
from services.membership.tasks import audit as audit_tasks
from services.membership.tasks import distrust as distrust_tasks
from services.membership.tasks import registration as registration_tasks
from shared import process
from shared.contracts.auth import SyncAccount
from shared.contracts.base import Message
from shared.contracts.membership import Distrust, RecordActivity, RecordAudit, StartRegistration
from shared.messaging.consumer import Task
from shared.messaging.periodic import Job
from shared.messaging.settlement import AfterReceipt
from shared.messaging.worker import WorkerSpec, run

TASKS: dict[type[Message], Task] = {
    StartRegistration: registration_tasks.start,
    RecordActivity: activity_tasks.record,
    RecordAudit: audit_tasks.record,
    Distrust: distrust_tasks.take,
}
RECEIPTS: dict[type[Message], AfterReceipt] = {SyncAccount: auth_sync.confirm}


def spec(settings: MembershipSettings) -> WorkerSpec[Context]:
    """The worker's components."""
    return WorkerSpec(
        service=SERVICE,
        settings=settings,
        dsn=settings.dsn,
        listen=settings.membership_worker_listen,
        open=lambda on_commit: open_context(settings, on_commit),
        tasks=TASKS,
        receipts=RECEIPTS,
        lock=locking.take,
        periodic=(
            Job("purge_what_is_over", 60, retention.purge),
            Job("send_waiting_registrations", 20, registration.send_waiting),
            Job("send_waiting_invitations", 20, invitation.send_waiting),
            Job("sweep_invitations", 60, invitation.sweep),
            Job("lapse_approvals", 60, approval_upkeep.lapse),
            Job("end_withdrawn_approvals", 60, approval_upkeep.end_withdrawn),
            Job("tell_approvers", 60, approval_upkeep.tell_approvers),
            Job("tell_operators", 60, approval_upkeep.tell_operators),
            Job("log_audit_heads", 24 * 3600, audit_log.log_heads),
            Job("lapse_raised_limits", 60, seat_limit.lapse_raises),
            Job("tell_of_seat_limits", 60, seat_limit.tell),
            Job("remind_of_suspensions", 60, suspension_reminder.remind),
            Job("search_anew", 60, member_search.renew),
            Job("renew_stale_accounts", 3600, auth_sync.renew_stale),
            Job("tell_older_accounts", 20, auth_sync.tell_older),
        ),
    )


def main() -> None:
    """Run until SIGTERM."""
    process.run(
        MembershipSettings,
        service=SERVICE,
        process="worker",
        work=lambda settings: run(spec(settings)),
    )


if __name__ == "__main__":
    main()
