"""membership.start_registration."""

from services.membership.domain.company import mail_budgets
from services.membership.domain.joining.registrations import Entry
from services.membership.domain.members.members import Person
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import registration
from shared.addresses import Address
from shared.contracts.membership import StartRegistration
from shared.db import Connection
from shared.messaging.envelope import Received


async def start(
    context: Context, connection: Connection, received: Received[StartRegistration]
) -> None:
    """Look up the address, and mail its holder."""
    await registration.start(connection, context, _entry(context, received.message))


def _entry(context: Context, message: StartRegistration) -> Entry:
    address = Address.parse(message.email)
    return Entry(
        customer_code=message.customer_code,
        customer_phone=message.customer_phone,
        email=address.mailed,
        email_key=address.key,
        locale=message.locale,
        mailbox=mail_budgets.mailbox(context.settings.first_password_key, message.email),
        network=bytes.fromhex(message.network),
        person=Person(
            family_name=message.family_name,
            given_name=message.given_name,
            family_name_kana=message.family_name_kana,
            given_name_kana=message.given_name_kana,
            phone=message.phone,
            department=message.department,
            job_title=message.job_title,
        ),
    )
