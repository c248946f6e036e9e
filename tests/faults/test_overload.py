"""ASVS-15.2.2: with more passwords than can be hashed only sign-ins are delayed."""

import asyncio
from pathlib import Path

from tests.e2e.test_main_job import PASSWORD, form, import_customer, join
from tests.e2e.test_watching import ask, metrics
from tests.product import ASKED_AT_EVERY_SIGN_IN, Product, running

AT_ONCE = 200


async def test_asvs_15_2_2_a_full_hash_pool_sheds_only_sign_ins(
    tmp_path: Path,
) -> None:
    limits = {"RATE_LIMITS": "off", "HASH_THREADS": "1", "HASH_WAITING": "4"}
    async with running(tmp_path / "state", **limits, **ASKED_AT_EVERY_SIGN_IN) as product:
        import_customer(product, tmp_path, "O-1", "overload.example")
        member = await join(product, form("overload.example", "O-1"))
        crowd = product.browser()
        flood = [
            asyncio.create_task(crowd.sign_in(f"nobody{number}@overload.example", PASSWORD))
            for number in range(AT_ONCE)
        ]
        beside = []
        while not all(task.done() for task in flood):
            beside.append(await member.get("/api/auth/session"))
            beside.append(await member.get("/api/membership/me"))
            assert (await ask(product, "auth-api", "/health/live"))[0] == 200
            assert (await ask(product, "auth-api", "/health/ready"))[0] == 200
        answers = [task.result() for task in flood]
        assert len(beside) >= 4, "the flood ended before the requests"
        assert {reply.status for reply in beside} == {200}

        shed = [reply for reply in answers if reply.status != 401]
        assert {(reply.status, reply.code) for reply in shed} == {(503, "hashing_busy")}
        assert {reply.headers["Retry-After"] for reply in shed} == {"2"}
        assert len(shed) < AT_ONCE, "sign-ins with a place in the pool were served"
        measured = await metrics(product, "auth-api")
        assert measured["zaiseki_hashes_refused_total"] == len(shed)
        assert measured["zaiseki_hash_slots_used"] == 0
        await still_signs_in(product)


async def still_signs_in(product: Product) -> None:
    reply = await product.browser().sign_in("taro@overload.example", PASSWORD)
    assert (reply.status, reply.body) == (200, {"next": "presence_check"})
