"""Ended rows are purged after their time; younger and waiting ones stay (R11)."""

from services.membership.flows.joining import invitation
from services.membership.flows.upkeep import approval_upkeep, retention
from tests.membership.conftest import Membership, applicant


async def left(membership: Membership, table: str) -> list[str]:
    states: list[str] = await membership.fetchval(
        f"select coalesce(array_agg(state order by id), '{{}}') from {table}"
    )
    return states


async def test_an_unconfirmed_registration_is_purged_and_a_waiting_one_stays(
    yamato: Membership,
) -> None:
    """R3: a waiting registration stays until it is decided or lapses."""
    await yamato.join()
    await yamato.confirm(await yamato.link(**{**applicant(2), "email": "two@gmail.com"}))
    await yamato.link(**applicant(3))
    await yamato.advance("25 hours")
    await retention.purge(yamato.context)
    assert await left(yamato, "registrations") == ["waiting"]
    await yamato.advance("14 days")
    await approval_upkeep.lapse(yamato.context)
    await retention.purge(yamato.context)
    assert await left(yamato, "registrations") == ["lapsed"]
    await yamato.advance("29 days 23 hours")
    await retention.purge(yamato.context)
    assert await left(yamato, "registrations") == ["lapsed"]
    await yamato.advance("1 hour")
    await retention.purge(yamato.context)
    assert await left(yamato, "registrations") == []


async def test_invitations_stay_for_30_days_after_their_end(yamato: Membership) -> None:
    owner = await yamato.join()
    for name in ("first", "second"):
        reply = await yamato.send(
            "POST",
            "/company/invitations",
            {"invitations": [{"email": f"{name}@yamato.example"}]},
            **{"Test-Caller": str(owner)},
        )
        assert reply.status == 201, reply.body
        await yamato.advance("6 days")
    await yamato.advance("2 days")
    await invitation.sweep(yamato.context)
    assert await left(yamato, "invitations") == ["lapsed", "lapsed"]
    await yamato.execute("update invitations set ended_at = ended_at - interval '1 day' "
                         "where email = 'first@yamato.example'")  # fmt: skip
    await yamato.advance("29 days 1 hour")
    await retention.purge(yamato.context)
    assert await left(yamato, "invitations") == ["lapsed"]
    await yamato.advance("1 day")
    await retention.purge(yamato.context)
    assert await left(yamato, "invitations") == []


async def test_changes_of_address_stay_for_30_days_after_their_link(yamato: Membership) -> None:
    owner = await yamato.join()
    reply = await yamato.send(
        "PUT", "/me/email", {"email": "new@yamato.example"}, **{"Test-Caller": str(owner)}
    )
    assert reply.status == 202, reply.body
    await yamato.advance("30 days")
    await retention.purge(yamato.context)
    assert await left(yamato, "email_changes") == ["unconfirmed"]
    await yamato.advance("2 days")
    await retention.purge(yamato.context)
    assert await left(yamato, "email_changes") == []
