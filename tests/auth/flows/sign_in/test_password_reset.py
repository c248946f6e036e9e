"""A reset link for which an owner or admin asked (B17): mailed to the account's own address."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services.auth.flows.sign_in import password_reset
from shared.contracts.auth import SendPasswordReset, Suspension
from shared.crypto import new_id
from shared.messaging.envelope import NotYet
from tests.auth.conftest import Auth, Mail

TARO = "taro@yamato.example"
NEW = "another long enough passphrase"
ASKED_AT = datetime(2026, 11, 24, 4, 5, tzinfo=UTC)


async def _ask(auth: Auth, member_id: UUID) -> list[Mail]:
    message = SendPasswordReset(
        member_id=member_id, asked_by_name="鈴木 一郎", asked_by_role="admin", asked_at=ASKED_AT
    )
    async with auth.context.db.transaction("test") as connection:
        await password_reset.send_asked(connection, auth.context, message)
    return await auth.mails()


async def test_b17_the_link_goes_to_the_stored_address_and_the_mail_names_the_asker(
    auth: Auth,
) -> None:
    """R8: only the holder of the mailbox sets a password; until then nothing changes."""
    member = await auth.member()
    [mail] = await _ask(auth, member.member_id)
    assert (mail.template, mail.to, mail.locale) == ("password_reset_asked", TARO, "ja")
    token = mail.params.pop("token")
    assert mail.params["asked_by_name"] == "鈴木 一郎"
    assert mail.params["asked_by_role"] == "admin"
    assert mail.params["asked_at"] == "2026-11-24T04:05:00Z"
    assert (await auth.browser().sign_in(TARO)).body == {"next": "done"}
    body = {"token": token, "password": NEW}
    for status in (204, 422):
        reply = await auth.browser().post("/password-reset/confirm", body)
        assert reply.status == status
    assert (await auth.browser().sign_in(TARO, NEW)).body == {"next": "done"}


async def test_b17_a_stranger_who_used_up_the_mails_does_not_stop_it(auth: Auth) -> None:
    member = await auth.member()
    for _ in range(6):
        await auth.browser().post("/password-reset", {"email": TARO})
    assert len(await auth.mails()) == 5
    assert len(await _ask(auth, member.member_id)) == 1


@pytest.mark.parametrize(
    "state",
    [
        {"state": "suspended", "suspension": Suspension(reason="left", note="", since=ASKED_AT)},
        {"state": "closed", "email": ""},
    ],
)
async def test_b17_an_account_that_is_not_active_any_more_gets_none(
    auth: Auth, state: dict[str, Any]
) -> None:
    member = await auth.member()
    await auth.sync(member_id=member.member_id, customer_id=member.customer_id, version=2, **state)
    assert await _ask(auth, member.member_id) == []


async def test_b17_a_message_about_an_account_that_has_not_arrived_comes_again(auth: Auth) -> None:
    with pytest.raises(NotYet):
        await _ask(auth, new_id())
