"""PATCH and DELETE /me: members change or delete their own account (R10, R11)."""

from typing import Any
from uuid import UUID

import pytest

from shared.contracts.auth import SyncAccount
from shared.contracts.notifier import ForgetPerson
from tests.membership.company import accept, ask, audited, invite, invited, only, person, promote
from tests.membership.conftest import Membership, applicant
from tests.replies import Reply

TRACES = ("社員2", "花子", "person2", "09000000002", "neu2")


async def _leave(membership: Membership, by: UUID) -> Reply:
    async with membership.auth():
        return await ask(membership, by, "DELETE", "/me")


async def _everything(membership: Membership) -> dict[str, str]:
    """The whole contents of membership's tables, by table."""
    async with membership.context.db.connection() as connection:
        tables = await connection.fetch(
            "select tablename from pg_tables where schemaname = 'membership'"
        )
        return {
            row["tablename"]: await connection.fetchval(
                f"select coalesce(string_agg(t::text, ' '), '') from {row['tablename']} as t"
            )
            for row in tables
        }


async def test_a_change_shows_at_once_and_reaches_auth(yamato: Membership) -> None:
    """R10: fields that are not sent stay as they are; the search finds the new name."""
    owner, me = await yamato.join(), await yamato.join(**applicant(2))
    changes = {
        "family_name": " 髙﨑　",
        "family_name_kana": "たかさき",
        "phone": "+81 90 1234 5678",
        "locale": "en",
    }
    reply = await ask(yamato, me, "PATCH", "/me", changes)
    expected = {
        "family_name": "髙﨑",
        "given_name": "花子",
        "family_name_kana": "タカサキ",
        "phone": "09012345678",
        "locale": "en",
    }
    assert reply.status == 200
    assert {name: reply.body[name] for name in expected} == expected
    assert (await yamato.get("/me", me)).body == reply.body
    found = await yamato.get("/company/members?q=髙﨑", owner)
    assert [row["phone"] for row in found.body["items"]] == ["09012345678"]
    told = (await yamato.synced())[-1]
    assert (told.member_id, told.name, told.locale) == (me, "髙﨑 花子", "en")
    assert await audited(yamato, "account") == ["staff:account:details_changed"]


async def test_a_request_without_a_change_writes_no_row_and_no_entry(yamato: Membership) -> None:
    me = await yamato.join()
    before = await yamato.fetchval("select version from members")
    for body in ({}, {"family_name": "山田"}):
        assert (await ask(yamato, me, "PATCH", "/me", body)).status == 200
    assert await yamato.fetchval("select version from members") == before
    assert await audited(yamato, "account") == []


@pytest.mark.parametrize("body", [{"family_name": ""}, {"phone": "1"}, {"role": "owner"}])
async def test_an_invalid_change_is_refused(yamato: Membership, body: dict[str, Any]) -> None:
    """R10: members cannot change their own role here."""
    me = await yamato.join()
    assert (await ask(yamato, me, "PATCH", "/me", body)).status == 422


async def test_the_last_active_owner_has_to_hand_over_before_leaving(yamato: Membership) -> None:
    """R12, R16: a suspended owner does not count; the only member of a company may leave."""
    owner, second = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, second, "owner")
    await yamato.suspend(second)
    reply = await _leave(yamato, owner)
    assert (reply.status, reply.code) == (409, "last_owner")
    await yamato.delete(second)
    assert (await _leave(yamato, owner)).status == 200
    assert await yamato.fetchval("select count(*) from members where state <> 'closed'") == 0


async def test_a_member_who_leaves_is_gone_from_every_table(yamato: Membership) -> None:
    """R11: name, address and phone; the farewell mail is sealed and sent once."""
    owner, me = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, me, "admin")
    await ask(yamato, me, "PUT", "/me/email", {"email": "neu2@docomo.ne.jp"})
    token = (await only(yamato, "email_change_confirmation")).params["token"]
    await yamato.send("POST", "/me/email/confirm", {"token": token})
    await yamato.register(**applicant(2))
    await yamato.mails()
    unsent = await ask(yamato, me, "PUT", "/me/email", {"email": "neu2@yamato.example"})
    assert unsent.status == 202
    before = await _everything(yamato)
    assert {table for table, text in before.items() if any(t in text for t in TRACES)} == {
        "members",
        "registrations",
        "email_changes",
        "outbox",
    }
    reply = await _leave(yamato, me)
    assert (reply.status, reply.body["state"]) == (200, "closed")
    farewell = await only(yamato, "account_deleted")
    assert (farewell.to, farewell.params["by_self"]) == ("person2@yamato.example", True)
    forgotten = [ForgetPerson.model_validate_json(one) for one in await _forgotten(yamato)]
    assert me in [one.subject_id for one in forgotten]
    await yamato.execute("update outbox set payload = null where confirmed_at is not null")
    after = await _everything(yamato)
    assert {table for table, text in after.items() if any(t in text for t in TRACES)} == set()
    assert (await yamato.get("/me", me)).code == "account_not_active"
    assert (await audited(yamato, "member"))[-1] == "admin:member:deleted"
    assert (await yamato.get("/company/members", owner)).body["found"] == 1


async def _forgotten(membership: Membership) -> list[str]:
    return await membership.take(ForgetPerson.NAME)


async def test_an_invited_member_who_registered_is_deleted_with_the_invitation(
    yamato: Membership,
) -> None:
    """R11: notifier forgets the invitation's mail too, although it has another id."""
    owner = await yamato.join()
    await invited(yamato, owner, "person2@yamato.example")
    me = await yamato.join(**applicant(2))
    assert (await _leave(yamato, me)).status == 200
    forgotten = [ForgetPerson.model_validate_json(one) for one in await _forgotten(yamato)]
    invitation = await yamato.fetchval("select id from invitations")
    assert {me, invitation} <= {one.subject_id for one in forgotten}
    assert await yamato.fetchval("select email from invitations") == ""


async def test_the_address_of_a_deleted_member_is_free_again(yamato: Membership) -> None:
    """R11, A31: a person who registers again begins as staff, with a new account."""
    owner, me = await yamato.join(), await yamato.join(**applicant(2))
    await promote(yamato, me, "admin")
    await _leave(yamato, me)
    again = await yamato.join(**applicant(2))
    row = await yamato.fetchrow("select role, state from members where id = $1", again)
    assert (again == me, row) == (False, {"role": "staff", "state": "active"})
    assert (await invite(yamato, again, "x@yamato.example")).code == "role_required"
    assert (await yamato.get("/company/members", owner)).body["found"] == 2


@pytest.mark.parametrize("membership", [{"receipt_wait_seconds": 0}], indirect=True)
@pytest.mark.parametrize("way", ["registration", "invitation"])
async def test_a_delayed_deletion_does_not_delete_a_rehired_member(
    yamato: Membership, way: str
) -> None:
    """T10: auth hears of the deletion only after the same address has joined again."""
    owner, me = await yamato.join(), await yamato.join(**applicant(2))
    await yamato.delete(me, confirmed=False)
    late = await yamato.take(SyncAccount.NAME)
    if way == "registration":
        again = await yamato.join(**applicant(2))
    else:
        token = await invited(yamato, owner, "person2@yamato.example")
        assert (await accept(yamato, token, **person(2))).body["status"] == "approved"
        again = await yamato.fetchval("select id from members where family_name = '社員2'")
    [deletion] = [SyncAccount.model_validate_json(one) for one in late]
    assert (deletion.member_id, deletion.state) == (me, "closed")
    forgotten = [ForgetPerson.model_validate_json(one) for one in await _forgotten(yamato)]
    assert again not in [one.subject_id for one in forgotten]
    assert (await yamato.get("/me", again)).body["state"] == "active"


async def test_a_registration_from_before_the_deletion_opens_no_account(yamato: Membership) -> None:
    """T10, A20: it ended with the account; the person has to register again."""
    await yamato.join()
    early = await yamato.link(**applicant(2), customer_phone="0300009999")
    await yamato.confirm(early)
    me = await yamato.join(**applicant(2))
    assert (await _leave(yamato, me)).status == 200
    assert (await yamato.confirm(early)).code == "registration_link_invalid"
    await yamato.join(**applicant(2))
