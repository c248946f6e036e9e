"""Response times for known and unknown addresses at sign-in, reset and registration, and for known
and unknown customer codes when a registration is confirmed, all through the gateway.

200 samples of each kind, shuffled, one after another. The baseline of each kind is the other one:
the medians should differ by less than 5 %, and a rank test should find no difference (ASVS-6.3.8).

    python -m bench.uniform_answers
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from shared.crypto import new_id, random_token, sha256
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import ASKED_AT_EVERY_SIGN_IN, Browser, Product, running

SAMPLES = 200
DOMAIN = "bench.example"
KNOWN = f"taro@{DOMAIN}"

Request = Callable[[Browser, str], Awaitable[object]]


async def sign_in(browser: Browser, email: str) -> object:
    return await browser.sign_in(email, "certainly not the password")


async def reset(browser: Browser, email: str) -> object:
    return await browser.post("/api/auth/password-reset", {"email": email})


async def register(browser: Browser, email: str) -> object:
    body = form(DOMAIN, "B-1", email=email)
    return await browser.post("/api/membership/registrations", body)


async def compare(product: Product, name: str, request: Request) -> None:
    """Send both kinds shuffled, and report the times."""
    product.query("truncate auth.failures")
    known, unknown = (
        [(True, KNOWN)] * SAMPLES,
        [(False, f"unknown{number}@{DOMAIN}") for number in range(SAMPLES)],
    )
    rounds = known + unknown
    random.shuffle(rounds)
    times: dict[bool, list[float]] = {True: [], False: []}
    browser = product.browser()
    for is_known, email in rounds:
        if name == "sign-in":
            product.query(
                "truncate auth.failures"
            )  # the tenth wrong password in a row would be delayed
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        await request(browser, email)
        times[is_known].append(time.perf_counter() - started)
    report(name, times)


async def compare_codes(product: Product, name: str) -> None:
    """Confirm registrations with a known and an unknown code, both with a wrong phone."""
    times: dict[bool, list[float]] = {True: [], False: []}
    browser = product.browser()
    rounds = [True, False] * SAMPLES
    random.shuffle(rounds)
    for number, is_known in enumerate(rounds):
        token = random_token()
        code = "B-1" if is_known else "B-9"
        product.query(
            f"""
            delete from membership.registrations where state in ('waiting', 'dropped');
            insert into membership.registrations (
                id, token_sha256, customer_code, customer_phone, family_name, given_name,
                family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at
            ) values (
                '{new_id()}', '\\x{sha256(token).hex()}', '{code}', '0300009999', '山田', '花子',
                '', '', 'n{number}@{DOMAIN}', 'n{number}@{DOMAIN}', '09000000002', 'ja',
                '2100-01-01'
            )
            """
        )
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        reply = await browser.post("/api/membership/registrations/confirm", {"token": token})
        times[is_known].append(time.perf_counter() - started)
        assert reply.body == {"status": "awaiting_approval"}, reply.body
    report(name, times)


def fill_company(product: Product) -> None:
    """Give the known customer 300 members."""
    product.query(
        """
        insert into membership.members select (jsonb_populate_record(null::membership.members,
            to_jsonb(first) || jsonb_build_object('id', uuidv7(), 'email', n || '@many.example',
                'email_key', n || '@many.example', 'role', 'staff',
                'searched', '社員' || n || ' 花子')
        )).* from membership.members as first, generate_series(1, 300) as n
        """
    )


def report(name: str, times: dict[bool, list[float]]) -> None:
    """Print medians, their ratio and the rank test's z."""
    ratio = median(times[True]) / median(times[False])
    print(
        f"{name:12} known {median(times[True]) * 1e3:7.2f} ms   "
        f"unknown {median(times[False]) * 1e3:7.2f} ms   ratio {ratio:.3f}   "
        f"rank test z {rank_z(times[True], times[False]):+.2f}"
    )


def rank_z(left: list[float], right: list[float]) -> float:
    """Mann-Whitney's U in standard deviations; beyond ±2.58 it is below p = 0.01."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    ranks = sum(rank for rank, (_, side) in enumerate(ranked, start=1) if side == 0)
    n, m = len(left), len(right)
    u = ranks - n * (n + 1) / 2
    deviation: float = (n * m * (n + m + 1) / 12) ** 0.5
    return (u - n * m / 2) / deviation


async def main() -> None:
    """Start a product for this benchmark and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(
            Path(folder) / "state", RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN
        ) as product:
            import_customer(product, Path(folder), "B-1", DOMAIN)
            await join(product, form(DOMAIN, "B-1"))
            for name, request in (
                ("reset", reset),
                ("registration", register),
                ("sign-in", sign_in),
            ):
                await compare(product, name, request)
            await compare_codes(product, "confirmation")
            fill_company(product)
            await compare_codes(product, "of 300")


if __name__ == "__main__":
    asyncio.run(main())
