"""Sends due mails, several at once, as long as the process runs.

Each commit of the process wakes the sender, which also looks for due mails once a second. Several
processes can send from one table. While the mail server cannot be reached, no mail is tried: a
probe checks the server repeatedly, and all due mails continue once it answers.
"""

import asyncio
from contextlib import suppress

from services.notifier.domain import Mail
from services.notifier.flows import mail_delivery
from services.notifier.flows.context import Context
from services.notifier.flows.shares import Shares
from services.notifier.storage import mails
from shared import forever, tracing
from shared.logging import get_logger

log = get_logger("sender")

SWEEP_SECONDS = 1.0
FINISH_SECONDS = 4.0
_FIRST_PROBE_SECONDS = 0.25
_LONGEST_PROBE_SECONDS = 10.0


async def run(context: Context) -> None:
    """Send mails without end. After a cancellation, running attempts get `FINISH_SECONDS` to
    finish; then they are cancelled."""
    await _Sender(context).run()


class _Sender:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._shares = Shares(context.senders)
        self._under_way: dict[asyncio.Task[None], Mail] = {}
        self._probe: asyncio.Task[None] | None = None

    async def run(self) -> None:
        async with forever.running("notifier", {"lease_renewal": self._renew}):
            try:
                while True:
                    await self._start_due_and_wait()
            finally:
                await self._finish()

    async def _start_due_and_wait(self) -> None:
        self._context.awake.clear()  # before the check, so that a wake-up during it is not lost
        try:
            await self._begin_due()
        except Exception as error:
            log.warning("no mail could be leased", error=repr(error))
            await asyncio.sleep(SWEEP_SECONDS / 2)
        await self._sleep()

    async def _begin_due(self) -> None:
        self._context.transport.drop_idle()
        while self._probe is None and self._shares.free(self._under_way.values()):
            # A mail leased at the moment of a stop would wait for the end of its lease.
            if not await forever.uncut(self._begin_next(), seconds=FINISH_SECONDS):
                return

    async def _begin_next(self) -> bool:
        """Begin an attempt for the next due mail. Returns whether there was one."""
        mail = await self._take()
        if mail is None:
            return False
        self._shares.begun(mail)
        task = asyncio.create_task(self._deliver(mail))
        self._under_way[task] = mail
        task.add_done_callback(self._done)
        return True

    async def _take(self) -> Mail | None:
        under_way = self._under_way.values()
        without = self._shares.without(under_way)
        for tried in self._shares.turns(under_way):
            if mail := await mail_delivery.lease(self._context, tried=tried, without=without):
                return mail
        return None

    async def _renew(self) -> None:
        """Renew the leases of mails whose attempts are running.

        It is a task of its own, so that slow work elsewhere never lets another process send these
        mails.
        """
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            if not self._under_way:
                continue
            try:
                async with self._context.db.connection() as connection:
                    await mails.update_leases(connection, list(self._under_way.values()))
            except Exception as error:
                log.warning("leases were not renewed", error=repr(error))

    async def _deliver(self, mail: Mail) -> None:
        with tracing.following(mail):
            try:
                outcome = await mail_delivery.deliver(self._context, mail)
            except Exception as error:
                log.error("a mail will be sent again", mail=str(mail.id), error=repr(error))
                return
            if outcome.kind == "unreachable" and self._probe is None:
                log.error("the SMTP server cannot be reached", answer=outcome.answer)
                self._probe = asyncio.create_task(self._probe_server())
                self._probe.add_done_callback(self._probed)

    def _done(self, task: "asyncio.Task[None]") -> None:
        mail = self._under_way.pop(task)
        if task.cancelled():
            log.error("an attempt was cancelled; the mail will be sent again", mail=str(mail.id))
        self._context.awake.set()

    def _probed(self, task: "asyncio.Task[None]") -> None:
        """End the pause, however the probe ended. If the server is still unreachable, the next
        attempt begins another probe."""
        if task.cancelled() or task.exception():
            log.error("the probe of the SMTP server was interrupted", cancelled=task.cancelled())
        self._probe = None
        self._context.awake.set()

    async def _probe_server(self) -> None:
        pause = _FIRST_PROBE_SECONDS
        while not await self._reachable():
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PROBE_SECONDS)
        log.info("the SMTP server can be reached again")

    async def _reachable(self) -> bool:
        try:
            return await self._context.transport.reachable()
        except Exception as error:
            log.error("the probe of the SMTP server failed", error=repr(error))
            return False

    async def _sleep(self) -> None:
        # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._context.awake.wait()

    async def _finish(self) -> None:
        if self._probe is not None:
            self._probe.cancel()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
