"""The caller's identity, signed for the other services."""

from services.auth.flows.accounts import session
from services.auth.flows.ground.context import Context
from shared.errors import Problem


async def sign(context: Context, token: str | None, *, audience: str, realm: str) -> str:
    """An identity of 60 seconds for one service: the member of an active session, or anonymous.

    Every caller gets one, because the services' route tables decide permissions. A session is valid
    only on the site of its realm.
    """
    try:
        found = await session.find(context, token, used=True)
    except Problem:
        found = None
    if found is not None and (found.stage != "active" or realm != "member"):
        found = None
    return context.signer.sign(found, audience=audience, now=context.clock.now())
