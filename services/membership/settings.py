"""What membership reads from the environment."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from shared import days
from shared.addresses import Address, InvalidAddress
from shared.setting_types import (
    DatabaseUrl,
    Days,
    Key,
    Listen,
    PublicKey,
    ServiceUrl,
    TimeZone,
    Wait,
)
from shared.settings import ServiceSettings


def _check_address(text: str) -> str:
    try:
        return Address.parse(text).mailed
    except InvalidAddress as error:
        raise ValueError(f"has to be a mail address: {error}") from error


class MembershipSettings(ServiceSettings):
    """What membership reads beside what every service reads."""

    membership_database_url: DatabaseUrl = Field(
        description="Membership's database, as membership's own role."
    )
    membership_listen: Listen = Field(
        "127.0.0.1:8082", description="Where membership's API listens."
    )
    membership_worker_listen: Listen = Field(
        "127.0.0.1:8182", description="Where membership's worker answers for its health."
    )
    membership_message_key: Key = Field(
        description="Membership's private key (Ed25519): signs its messages and receipts."
    )
    auth_url: ServiceUrl = Field(
        "http://127.0.0.1:8081",
        description="Where auth publishes its keys: `http://host:port`, or `unix:/path`.",
    )
    mail_public_key: PublicKey = Field(
        description="The notifier's public key (X25519), which seals what mails say."
    )
    first_password_key: Key = Field(description="Links for first passwords follow from it.")
    operators_mail: Annotated[str, AfterValidator(_check_address)] = Field(
        "", description="Where mails for the vendor go; without it none are sent."
    )
    time_zone: TimeZone = Field(
        days.JAPAN, description="In which days begin and end, where people type or read one."
    )
    ended_kept_days: Days = Field(
        30,
        ge=1,
        description="Until registrations, invitations and changes of address that are over are"
        " deleted.",
    )
    receipt_wait_seconds: Wait = Field(
        2.0,
        description="How long a request waits for another service to confirm what it was told;"
        " without the confirmation the answer is 202.",
    )
    opening_wait_seconds: Wait = Field(
        5.0,
        description="How long a confirmed registration or an accepted invitation waits for auth to"
        " confirm the account, so that the password page works at once; else the answer is 202.",
    )

    @property
    def zone(self) -> ZoneInfo:
        """The zone of days."""
        return days.zone_of(self.time_zone)

    @property
    def message_key(self) -> bytes:
        """Signs membership's messages and receipts."""
        return self.membership_message_key

    @property
    def dsn(self) -> str:
        """The database of membership's own role."""
        return self.membership_database_url.get_secret_value()
