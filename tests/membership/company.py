"""Actions of owners and admins for their company, and of the people whom they invite."""

from typing import Any
from uuid import UUID

from tests.membership.conftest import Mail, Membership, applicant
from tests.replies import Reply

INVITED = "neu@yamato.example"


async def ask(
    membership: Membership, by: UUID, method: str, path: str, body: Any = None, **headers: str
) -> Reply:
    """Send as a member who is signed in."""
    return await membership.send(method, path, body, **{"Test-Caller": str(by), **headers})


async def invite(membership: Membership, by: UUID, *emails: str, **more: str) -> Reply:
    """Invite these addresses at once, as staff unless `role` says otherwise."""
    body = {"invitations": [{"email": email, **more} for email in emails]}
    return await ask(membership, by, "POST", "/company/invitations", body)


async def invited(membership: Membership, by: UUID, email: str = INVITED, **more: str) -> str:
    """Invite an address, and take the token out of the mail."""
    reply = await invite(membership, by, email, **more)
    assert reply.status == 201, reply.body
    return (await only(membership, "invitation")).params["token"]  # type: ignore[no-any-return]


async def only(membership: Membership, template: str) -> Mail:
    """The only mail of this template among those sent since the last call."""
    [mail] = [one for one in await membership.mails() if one.template == template]
    return mail


def person(number: int) -> dict[str, str]:
    """The details of a person, as the page of an invitation asks for them."""
    return {name: value for name, value in applicant(number).items() if name != "email"}


async def accept(membership: Membership, token: str, **entered: str) -> Reply:
    """Accept an invitation as a person who resembles no other member."""
    body = {"token": token, **person(99), **entered}
    async with membership.auth():
        return await membership.send("POST", "/invitations/accept", body)


async def seats(membership: Membership, by: UUID) -> dict[str, int]:
    """The seats as the company sees them."""
    return (await membership.get("/company", by)).body["seats"]  # type: ignore[no-any-return]


async def promote(membership: Membership, id: UUID, role: str) -> None:
    """Set an account's role directly in the database."""
    await membership.execute("update members set role = $2 where id = $1", id, role)


async def audited(membership: Membership, *subjects: str) -> list[str]:
    """The audit log's entries on these subjects, as `source:subject:action:reason`."""
    return await membership.fetchval(  # type: ignore[no-any-return]
        """
        select coalesce(array_agg(concat_ws(':', source, subject, action, nullif(reason, ''))
            order by id), '{}') from audit_log where subject = any($1)
        """,
        list(subjects),
    )


async def open_wait(membership: Membership, number: int, **entered: str) -> UUID:
    """Register from a foreign address and confirm it; the id of the waiting registration."""
    form = {**applicant(number), "email": f"person{number}@other.example", **entered}
    reply = await membership.confirm(await membership.link(**form))
    assert reply.body == {"status": "awaiting_approval"}
    return await membership.fetchval(  # type: ignore[no-any-return]
        "select id from registrations where state = 'waiting' order by id desc limit 1"
    )
