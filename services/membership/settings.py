"""Membership's settings, read once from the environment."""

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
from shared.vendor import AccentColour, PageUrl, VendorSettings


def _check_address(text: str) -> str:
    try:
        return Address.parse(text).mailed
    except InvalidAddress as error:
        raise ValueError(f"has to be a mail address: {error}") from error


class MembershipSettings(VendorSettings):
    """Membership's own settings, in addition to those of every service."""

    membership_database_url: DatabaseUrl = Field(
        description="Membership's database, as membership's own role."
    )
    membership_listen: Listen = Field(
        "127.0.0.1:8082", description="Where membership's API listens."
    )
    membership_worker_listen: Listen = Field(
        "127.0.0.1:8182", description="Where membership's worker serves health and metrics."
    )
    membership_message_key: Key = Field(
        description="Membership's private key (Ed25519): signs its messages and receipts."
    )
    auth_url: ServiceUrl = Field(
        "http://127.0.0.1:8081",
        description="Where auth publishes its keys: `http://host:port`, or `unix:/path`.",
    )
    mail_public_key: PublicKey = Field(
        description="The notifier's public key (X25519), which seals the contents of mails."
    )
    first_password_key: Key = Field(
        description="The key from which links for first passwords are derived."
    )
    operators_mail: Annotated[str, AfterValidator(_check_address)] = Field(
        "", description="The address for mails to the vendor; without it none are sent."
    )
    terms_url: PageUrl = Field(
        "", max_length=200, description="The terms of use, linked from pages; https."
    )
    privacy_url: PageUrl = Field(
        "", max_length=200, description="The privacy policy, linked from pages; https."
    )
    accent_color: AccentColour = Field(
        "",
        description="The colour of buttons and links on pages: `#rrggbb`, with a contrast of at"
        " least 4.5:1 on the pages' light grey, `#f2f2f2`. On dark pages a lighter colour of the"
        " same hue is used. If empty, pages have a colour of their own.",
    )
    time_zone: TimeZone = Field(
        days.JAPAN, description="The time zone of days and times that people type or read."
    )
    ended_kept_days: Days = Field(
        30,
        ge=1,
        description="How long ended registrations, invitations and changes of address are kept.",
    )
    receipt_wait_seconds: Wait = Field(
        2.0,
        description="How long a request waits for another service to confirm a message; without"
        " the confirmation the response is 202.",
    )
    opening_wait_seconds: Wait = Field(
        5.0,
        description="How long a confirmed registration or an accepted invitation waits for auth to"
        " confirm the account, so that the password page works at once; otherwise the response is"
        " 202.",
    )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of days."""
        return days.zone_of(self.time_zone)

    @property
    def message_key(self) -> bytes:
        """Signs membership's messages and receipts."""
        return self.membership_message_key

    @property
    def dsn(self) -> str:
        """The database of membership's own role."""
        return self.membership_database_url.get_secret_value()
