"""R18: the duration of a suspension request under load, and whether sessions still work after it.

Baseline in the same run: reading one's own account, which takes the same way through the gateway.
A 202 would be a response that auth has not confirmed in time.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import ASKED_AT_EVERY_SIGN_IN, Browser, Product, running

PEOPLE = 150
SIGNED_IN = 10
READERS = 4


async def main() -> None:
    """Fill a company, create load, and suspend all members but the owner one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        async with running(path / "state", RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN) as product:
            import_customer(product, path, "B-1", "bench.example", limit=PEOPLE + 50)
            owner = await join(product, form("bench.example", "B-1"))
            staff = [await _join(product, number) for number in range(SIGNED_IN)]
            for start in range(SIGNED_IN, PEOPLE, 10):
                numbers = range(start, min(start + 10, PEOPLE))
                await asyncio.gather(*(_register(product, number) for number in numbers))
            await _measure(owner, staff)


def _entered(number: int) -> dict[str, str]:
    phone = f"090{number:08d}"
    return form("bench.example", "B-1", f"person{number}", phone=phone, family_name_kana="")


async def _join(product: Product, number: int) -> Browser:
    return await join(product, _entered(number))


async def _register(product: Product, number: int) -> None:
    await register(product, product.browser(), _entered(number))


async def _measure(owner: Browser, staff: list[Browser]) -> None:
    ids = await _ids(owner)
    over, reads, let_in = asyncio.Event(), [], []

    async def read() -> None:
        while not over.is_set():
            began = time.perf_counter()
            await owner.get("/api/membership/me")
            reads.append(time.perf_counter() - began)

    async def use(browser: Browser) -> None:
        while not over.is_set():
            began = time.perf_counter()
            if (await browser.get("/api/auth/session")).status == 200:
                let_in.append(began)
            await asyncio.sleep(0.01)

    load = [asyncio.create_task(read()) for _ in range(READERS)]
    load += [asyncio.create_task(use(browser)) for browser in staff]
    taken, late, answered = [], 0, 0.0
    for place, id in enumerate(ids):
        began = time.perf_counter()
        path = f"/api/membership/company/members/{id}/suspend"
        reply = await owner.post(path, {"reason": "left"})
        assert reply.status in (200, 202), reply.text
        taken.append(time.perf_counter() - began)
        late += reply.status == 202
        if place < len(staff):
            answered = time.perf_counter()
    over.set()
    await asyncio.gather(*load)
    after = max([0.0, *(1000 * (began - answered) for began in let_in)])
    print(f"{'suspend':<10} {_line(taken)}  n={len(taken)}, 202: {late}")
    print(f"{'read me':<10} {_line(reads)}  n={len(reads)}")
    print(f"last accepted request after the response to the last suspension: {after:.0f} ms")


async def _ids(owner: Browser) -> list[str]:
    """All members but the owner, the signed-in ones first."""
    found, cursor = [], ""
    while cursor is not None:
        path = f"/api/membership/company/members?limit=100&cursor={cursor}"
        page = (await owner.get(path)).body
        found += [item["id"] for item in page["items"] if item["role"] == "staff"]
        cursor = page["next_cursor"]
    return found


def _line(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {1000 * cuts[49]:6.1f} ms  p99 {1000 * cuts[98]:6.1f} ms"


if __name__ == "__main__":
    asyncio.run(main())
