"""/me/email/preview and /me/email/stop: the link in the notice to the current address."""

from datetime import datetime

from aiohttp import web

from services.membership.api.keys import CONTEXT
from services.membership.api.links import TokenBody
from services.membership.flows.members import email_stop
from services.membership.flows.members.email_stop import Kind, Requested, State
from shared.web.routing import Answer, Call, answer


class StopAnswer(Answer):
    """The request that the link stops. `done`: the address has changed, and the company's
    administrators or the vendor have to help; `ended`: the request has ended without effect."""

    kind: Kind
    state: State
    requested_at: datetime


async def preview(call: Call[TokenBody]) -> web.Response:
    """Show the request that the link stops, without changing it."""
    return _answer(await email_stop.preview(call.request.app[CONTEXT], call.body.token))


async def stop(call: Call[TokenBody]) -> web.Response:
    """Stop a change of address, or the move of an account, by the mailed link."""
    return _answer(await email_stop.stop(call.request.app[CONTEXT], call.body.token))


def _answer(requested: Requested) -> web.Response:
    shown = StopAnswer(
        kind=requested.kind, state=requested.state, requested_at=requested.requested_at
    )
    return answer(shown)
