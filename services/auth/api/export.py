"""GET /me/export: the caller's data in auth; membership's export has the rest."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.auth.api.keys import CONTEXT
from services.auth.flows.accounts import export
from services.auth.flows.accounts.export import Export
from shared.contracts.base import Locale, Role
from shared.web.routing import Answer, Call, NoBody, answer


class AccountExport(Answer):
    """The account."""

    member_id: UUID
    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]
    name: Annotated[str, Field(examples=["山田 太郎"])]
    family_name: Annotated[str, Field(examples=["山田"])]
    given_name: Annotated[str, Field(examples=["太郎"])]
    reading: Annotated[str, Field(examples=["ヤマダ タロウ"])]
    role: Role
    locale: Locale
    customer_code: Annotated[str, Field(examples=["A-1001"])]
    customer_name: Annotated[str, Field(examples=["株式会社ヤマト商事"])]
    customer_reading: Annotated[str, Field(examples=["ヤマトショウジ"])]
    password_set_at: datetime | None


class SessionExport(Answer):
    """A session."""

    browser: Annotated[str, Field(examples=["Chrome (Windows)"])]
    network: Annotated[str, Field(examples=["192.0.2.1"])]
    created_at: datetime
    last_used_at: datetime
    ended_at: datetime | None
    end_reason: Annotated[str, Field(examples=["signed_out"])] | None


class DeviceExport(Answer):
    """A browser that signed in fully once."""

    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class CheckExport(Answer):
    """A presence check."""

    browser: Annotated[str, Field(examples=["Chrome (Windows)"])]
    state: Annotated[str, Field(examples=["passed"])]
    method: Annotated[str, Field(examples=["code"])] | None
    created_at: datetime
    ended_at: datetime | None


class ExportAnswer(Answer):
    """All of it."""

    account: AccountExport
    sessions: list[SessionExport]
    devices: list[DeviceExport]
    presence_checks: list[CheckExport]


async def take(call: Call[NoBody]) -> web.Response:
    """The caller's data in auth."""
    return answer(_of(await export.take(call.request.app[CONTEXT], call.member.id)))


def _of(taken: Export) -> ExportAnswer:
    account = taken.account
    return ExportAnswer(
        account=AccountExport(
            member_id=account.member_id,
            email=account.email,
            name=account.name,
            family_name=account.family_name,
            given_name=account.given_name,
            reading=account.reading,
            role=account.role,
            locale=account.locale,
            customer_code=account.customer_code,
            customer_name=account.customer_name,
            customer_reading=account.customer_reading,
            password_set_at=account.password_set_at,
        ),
        sessions=[SessionExport(**asdict(one)) for one in taken.sessions],
        devices=[DeviceExport(**asdict(one)) for one in taken.devices],
        presence_checks=[CheckExport(**asdict(one)) for one in taken.checks],
    )
