"""For monitoring: the waiting mails, and whether the mail server can be reached."""

from prometheus_client import Gauge

from services.notifier.flows.context import Context
from services.notifier.storage import attempts, mails
from shared.health import Check, Facts

WAITING = Gauge("zaiseki_mails_waiting", "Mails that are neither sent nor given up", ("state",))
BLOCKED = Gauge(
    "zaiseki_mails_blocked", "Waiting mails, last rejected because of our server or domain"
)
OLDEST = Gauge("zaiseki_mails_oldest_seconds", "Age of the oldest of them")

_STATES = ("queued", "sending", "key_missing")


class ServerUnreachable(Exception):
    """The SMTP server sends no greeting."""


def checks(context: Context) -> tuple[Check, Check]:
    """Mails wait while the server is down; the process itself is still ready."""

    async def ask_mails() -> Facts:
        return await count(context)

    async def ask_server() -> Facts:
        if not await context.transport.reachable():
            raise ServerUnreachable
        return {}

    return Check("mails", ask_mails), Check("smtp", ask_server, required=False)


async def count(context: Context) -> Facts:
    """How many mails wait in each state, how many are blocked, and since when the oldest."""
    async with context.db.connection() as connection:
        found = {one.state: one for one in await mails.list_waiting(connection)}
        blocked = await attempts.count_blocked(connection)
    numbers = {state: found[state].mails if state in found else 0 for state in _STATES}
    for state, number in numbers.items():
        WAITING.labels(state).set(number)
    oldest = max((one.oldest_seconds for one in found.values()), default=0.0)
    OLDEST.set(oldest)
    BLOCKED.set(blocked)
    return {**numbers, "blocked": blocked, "oldest_seconds": oldest}
