"""The numbers of waiting mails, for operators and alarms."""

from prometheus_client import REGISTRY

from services.notifier.flows import mail_backlog, mail_delivery
from services.notifier.flows.context import Context
from shared.crypto import new_id
from tests.notifier.conftest import Keys, lease, make_due
from tests.notifier.smtp_server import SmtpDouble


async def try_once(context: Context) -> None:
    for mail in await lease(context):
        await mail_delivery.deliver(context, mail)
    await make_due(context)


async def test_mails_refused_for_a_fault_of_the_vendor_count_as_blocked(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """The alarm MailsBlocked uses it; a mail counts while it is being tried again too."""
    async with context.db.transaction("test") as connection:
        for _ in range(3):
            await mail_delivery.accept(
                context, connection, new_id(), keys.message(), request_id="r"
            )
    blocked, later = "550 5.7.1 blocked using zen.spamhaus.org", "450 4.2.0 later"
    smtp.rcpt = [blocked, blocked, later]
    await try_once(context)
    facts = await mail_backlog.count(context)
    assert (facts["queued"], facts["blocked"]) == (3, 2)
    assert REGISTRY.get_sample_value("zaiseki_mails_blocked") == 2
    leased = await lease(context)
    facts = await mail_backlog.count(context)
    assert (facts["sending"], facts["blocked"]) == (3, 2)
    smtp.rcpt = [later, "250 ok", "250 ok"]
    for mail in leased:
        await mail_delivery.deliver(context, mail)
    assert (await mail_backlog.count(context))["blocked"] == 0
