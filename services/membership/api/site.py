"""GET /site: the vendor's details, which pages show."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from services.membership.api.keys import CONTEXT
from services.membership.settings import MembershipSettings
from shared.contracts.base import Locale
from shared.web.routing import Answer, Call, NoBody, answer


class SiteAnswer(Answer):
    """The vendor's details, in the language of `Accept-Language`; a setting without a value is "".

    `accent`: `#rrggbb`, with a contrast of at least 4.5:1 on white and on light grey.
    `mail_from`: the address that mails come from, for a list of allowed senders.
    """

    vendor_name: Annotated[str, Field(examples=["株式会社ケイアイ"])]
    service_name: Annotated[str, Field(examples=["ケイアイWEBサービス"])]
    contact_phone: Annotated[str, Field(examples=["03-1234-5678"])]
    contact_url: Annotated[str, Field(examples=["https://kei.example/contact"])]
    contact_hours: Annotated[str, Field(examples=["平日 9:00〜17:00"])]
    terms_url: Annotated[str, Field(examples=["https://kei.example/terms"])]
    privacy_url: Annotated[str, Field(examples=["https://kei.example/privacy"])]
    accent: Annotated[str, Field(examples=["#0a58ca"])]
    mail_from: Annotated[str, Field(examples=["no-reply@kei.example"])]


async def show(call: Call[NoBody]) -> web.Response:
    """Return the vendor's details; they are the same for every caller."""
    return answer(_site(call.request.app[CONTEXT].settings, call.locale))


def _site(settings: MembershipSettings, locale: Locale) -> SiteAnswer:
    vendor = settings.vendor
    return SiteAnswer(
        vendor_name=vendor.name_for(locale),
        service_name=vendor.service,
        contact_phone=vendor.phone,
        contact_url=vendor.url,
        contact_hours=vendor.hours_for(locale),
        terms_url=settings.terms_url,
        privacy_url=settings.privacy_url,
        accent=settings.accent_color,
        mail_from=settings.mail_from.address,
    )
