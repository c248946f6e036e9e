"""A process that is stopped loses no request: each process is restarted repeatedly under load."""

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path

from tests.e2e.test_main_job import form, import_customer, join
from tests.product import ASKED_AT_EVERY_SIGN_IN, PROCESSES, Browser, Product, running
from tests.replies import Reply

ROUNDS = 10


class Load:
    """Several active browsers: the answers that they got, and the accepted registrations."""

    def __init__(self, product: Product, member: Browser) -> None:
        self._product = product
        self._member = member
        self.answers: Counter[str] = Counter()
        self.taken: list[str] = []
        self.enough = asyncio.Event()

    async def read(self) -> None:
        while not self.enough.is_set():
            for path in ("/api/auth/session", "/api/membership/company/members"):
                await self._take(path, await self._member.get(path), expected=200)

    async def write(self, name: str) -> None:
        browser, number = self._product.browser(), 0
        while not self.enough.is_set():
            number += 1
            body = form("load.example", "R-1", f"{name}{number}")
            reply = await browser.post("/api/membership/registrations", body)
            await self._take("/api/membership/registrations", reply, expected=202)
            if reply.status == 202:
                self.taken.append(body["email"])
            await asyncio.sleep(0.02)

    async def _take(self, path: str, reply: Reply, *, expected: int) -> None:
        """Count an answer; on Retry-After wait that long and repeat the request."""
        if reply.status == 503:
            self.answers["told to come again"] += 1
            await asyncio.sleep(int(reply.headers["Retry-After"]))
        elif reply.status == expected:
            self.answers["served"] += 1
        else:
            self.answers[f"{path} {reply.status} {reply.text}"] += 1


async def restart(product: Product, name: str) -> None:
    """Ask a process to stop; the supervisor starts it again."""
    pid = product.pid(name)
    os.kill(pid, signal.SIGTERM)
    await product.replaced(name, pid)


async def test_p1_p5_ten_restarts_of_each_process_under_load_lose_no_request(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state", RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN) as product:
        import_customer(product, tmp_path, "R-1", "load.example")
        member = await join(product, form("load.example", "R-1"))
        load = Load(product, member)
        browsers = [load.read(), load.read(), *(load.write(name) for name in "ab")]
        working = [asyncio.create_task(browser) for browser in browsers]
        for _ in range(ROUNDS):
            await asyncio.gather(*(restart(product, name) for name in PROCESSES))
        load.enough.set()
        await asyncio.gather(*working)

        assert set(load.answers) <= {"served", "told to come again"}, load.answers
        assert load.answers["served"] > 10 * load.answers["told to come again"], load.answers
        async with asyncio.timeout(60):
            while await mailed(product) < set(load.taken):
                await asyncio.sleep(0.2)
        assert "is killed" not in product.output.read_text()
        assert "does not answer" not in product.output.read_text()


async def mailed(product: Product) -> set[str]:
    return {mail["To"][0]["Address"] for mail in await product.mails()}
