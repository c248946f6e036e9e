"""A reset mail for a colleague (B17): auth is asked by id, and the asker sees no link."""

from uuid import UUID

import pytest

from shared.contracts.auth import SendPasswordReset
from tests.membership.company import ask, audited, promote
from tests.membership.conftest import Membership, applicant
from tests.replies import Reply


async def _ask(membership: Membership, by: UUID, id: UUID) -> Reply:
    return await ask(membership, by, "POST", f"/company/members/{id}/password-reset")


async def _sent(membership: Membership) -> list[SendPasswordReset]:
    payloads = await membership.take(SendPasswordReset.NAME)
    return [SendPasswordReset.model_validate_json(one) for one in payloads]


async def test_b17_auth_is_asked_for_the_link_and_told_by_whom(yamato: Membership) -> None:
    """R8: the response and the message have neither address nor link. The name is written as the
    recipient's language has it."""
    owner = await yamato.join(family_name="Yamada", given_name="Taro")
    other = await yamato.join(**applicant(2))
    await yamato.execute("update members set locale = 'en' where id = $1", other)
    reply = await _ask(yamato, owner, other)
    assert (reply.status, reply.body) == (202, {"status": "requested"})
    [message] = await _sent(yamato)
    assert (message.member_id, message.asked_by_role) == (other, "owner")
    assert message.asked_by_name == "Taro Yamada"
    assert "@" not in message.model_dump_json()
    assert await audited(yamato, "password") == ["owner:password:reset_asked"]
    entry = await yamato.fetchrow("select * from audit_log where subject = 'password'")
    assert (entry["actor_id"], entry["target_id"]) == (owner, other)


@pytest.mark.parametrize(
    ("by", "on", "code"),
    [
        ("staff", "owner", "role_required"),
        ("admin", "owner", None),
        ("admin", "staff", None),
        ("admin", "admin", "own_account"),
        ("owner", "owner", "own_account"),
    ],
)
async def test_b17_owners_and_admins_ask_for_others(
    yamato: Membership, by: str, on: str, code: str | None
) -> None:
    """An owner's too: the link goes to the owner's own address. The list says the same before."""
    ids = {"owner": await yamato.join()}
    for number, role in enumerate(("admin", "staff"), 2):
        ids[role] = await yamato.join(**applicant(number))
        await promote(yamato, ids[role], role)
    items = (await yamato.get("/company/members", ids[by])).body["items"]
    row = next(item for item in items if item["id"] == str(ids[on]))
    assert row["may_not"].get("send_password_reset") == code
    reply = await _ask(yamato, ids[by], ids[on])
    assert reply.status == {"role_required": 403, "own_account": 409}.get(code or "", 202)
    assert len(await _sent(yamato)) == (0 if code else 1)


async def test_b17_a_suspended_member_gets_none(yamato: Membership) -> None:
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    await yamato.suspend(other)
    reply = await _ask(yamato, owner, other)
    assert (reply.status, reply.code) == (409, "member_suspended")
    assert await _sent(yamato) == []


async def test_b17_a_mailbox_gets_one_in_60_seconds_and_three_an_hour(yamato: Membership) -> None:
    """The refusal says when; a refused request writes nothing."""
    owner, other = await yamato.join(), await yamato.join(**applicant(2))
    for _ in range(3):
        assert (await _ask(yamato, owner, other)).status == 202
        again = await _ask(yamato, owner, other)
        assert (again.status, again.code) == (429, "too_many_mails_to_address")
        assert 0 < int(again.headers["Retry-After"]) <= 3600
        await yamato.advance("61 seconds")
    assert (await _ask(yamato, owner, other)).code == "too_many_mails_to_address"
    assert len(await _sent(yamato)) == 3
    await yamato.advance("1 hour")
    assert (await _ask(yamato, owner, other)).status == 202
