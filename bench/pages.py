"""How fast the customers' site appears on a slow phone, and how fast it draws a long list.

Slow 4G (1.6 Mbit/s, 150 ms) and a processor four times slower, by Chromium's own protocol; medians
of 5 loads with an empty cache. Baselines in the same run: a bare HTML page with the same text, and
a plain table of the same members written with innerHTML.
"""

import asyncio
import html
import json
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Page, Route, async_playwright

from tests.browser.conftest import find_browser
from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import ASKED_AT_EVERY_SIGN_IN, Product, running
from tests.product import Browser as Client

LOADS, MEMBERS, ROWS = 5, 10, 200
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
GOALS = {"FCP": 1200.0, "LCP": 1800.0, "TBT": 150.0, "CLS": 0.02}
DRAWN_GOAL = 200.0
WATCH = """
    window.seen = { LCP: 0, CLS: 0, tasks: [] };
    const watch = (type, note) => new PerformanceObserver(
        (list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("largest-contentful-paint", ({ startTime }) => { seen.LCP = startTime; });
    watch("layout-shift", ({ value }) => { seen.CLS += value; });
    watch("longtask", ({ startTime, duration }) => { seen.tasks.push([startTime, duration]); });
"""
READ = """() => {
    const FCP = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const blocking = seen.tasks.filter(([start]) => start >= FCP).map(([, time]) => time - 50);
    return { FCP, LCP: seen.LCP, TBT: blocking.reduce((sum, one) => sum + one, 0), CLS: seen.CLS };
}"""
TIME_TABLE = """
    const read = Response.prototype.text;
    Response.prototype.text = async function () {
        const text = await read.call(this);
        if (new URL(this.url).pathname.endsWith("/company/members")) performance.mark("answered");
        return text;
    };
    window.drawn = new Promise((done) => new MutationObserver((_, rows) => {
        if (document.querySelectorAll("tbody tr").length < %d) return;
        rows.disconnect();
        requestAnimationFrame(() => setTimeout(
            () => done(performance.measure("drawn", "answered").duration)));
    }).observe(document, { childList: true, subtree: true }));
"""
PLAIN_TABLE = """(text) => new Promise((done) => {
    performance.mark("answered");
    const cells = ({ family_name, given_name, email, role, last_used_at, state }) =>
        `<tr><th>${family_name} ${given_name}<td>`
            + [email, role, last_used_at, state].join("<td>");
    document.body.innerHTML = `<table>${JSON.parse(text).items.map(cells).join("")}</table>`;
    requestAnimationFrame(() => setTimeout(
        () => done(performance.measure("drawn", "answered").duration)));
})"""


async def main() -> None:
    """Fill a company, and measure both screens and the list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        async with (
            running(path / "state", RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN) as product,
            async_playwright() as playwright,
        ):
            owner = await _fill(product, path)
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), args=["--no-sandbox"]
            )
            await _measure_loads(browser, product, owner)
            await _measure_table(browser, product, owner)


async def _fill(product: Product, folder: Path) -> Client:
    """A company of ten; its owner."""
    import_customer(product, folder, "B-2", "pages.example", limit=MEMBERS)
    owner = await join(product, form("pages.example", "B-2"))
    for number in range(1, MEMBERS):
        entered = form("pages.example", "B-2", f"person{number}", phone=f"090{number:08d}")
        await register(product, product.browser(), entered)
    return owner


async def _measure_loads(browser: Browser, product: Product, owner: Client) -> None:
    print(f"{'':<24}" + "".join(f"{name:>9}" for name in GOALS))
    for path, who in (("/sign-in", None), ("/members", owner)):
        async with _sitting(browser, product, who) as page:
            await _open(page, product.origin + path)
            text = await page.inner_text("body")
        _print(path, await _medians(browser, product, who, product.origin + path))
        async with _bare_site(text) as bare:
            _print("  bare page, same text", await _medians(browser, product, None, bare))
    _print("goal", GOALS)


async def _medians(
    browser: Browser, product: Product, who: Client | None, url: str
) -> dict[str, float]:
    found: list[dict[str, float]] = []
    for _ in range(LOADS):
        async with _sitting(browser, product, who) as page:
            await page.add_init_script(WATCH)
            session = await page.context.new_cdp_session(page)
            await session.send("Network.enable")
            await session.send("Network.emulateNetworkConditions", NETWORK)
            await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            await _open(page, url)
            await page.wait_for_timeout(1000)
            found.append(await page.evaluate(READ))
    return {name: statistics.median(one[name] for one in found) for name in GOALS}


async def _open(page: Page, url: str) -> None:
    await page.goto(url)
    await page.locator("h1").wait_for()
    if url.endswith("/members"):
        await page.locator("tbody tr").first.wait_for()


async def _measure_table(browser: Browser, product: Product, owner: Client) -> None:
    answer = (await owner.get("/api/membership/company/members")).body
    people = [answer["items"][at % MEMBERS] | {"id": f"member-{at}"} for at in range(ROWS)]
    text = json.dumps(answer | {"items": people, "found": ROWS})

    async def answer_all(route: Route) -> None:
        await route.fulfill(body=text, content_type="application/json")

    drawn, plain = [], []
    for _ in range(LOADS):
        async with _sitting(browser, product, owner) as page:
            await page.route("**/api/membership/company/members?*", answer_all)
            await page.add_init_script(TIME_TABLE % ROWS)
            await (await page.context.new_cdp_session(page)).send(
                "Emulation.setCPUThrottlingRate", {"rate": 4}
            )
            await page.goto(f"{product.origin}/members")
            drawn.append(await page.evaluate("drawn"))
        async with _bare_site("") as bare, _sitting(browser, product, None) as page:
            await (await page.context.new_cdp_session(page)).send(
                "Emulation.setCPUThrottlingRate", {"rate": 4}
            )
            await page.goto(bare)
            plain.append(await page.evaluate(PLAIN_TABLE, text))
    print(f"\n{ROWS} members, from the answer to the drawn table")
    print(f"/members                {statistics.median(drawn):6.0f} ms")
    print(f"  plain innerHTML table {statistics.median(plain):6.0f} ms")
    print(f"goal                    {DRAWN_GOAL:6.0f} ms")


@asynccontextmanager
async def _sitting(browser: Browser, product: Product, who: Client | None) -> AsyncIterator[Page]:
    """A phone with an empty cache, signed in as a client is."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True
    )
    page = await context.new_page()
    if who is not None:
        await context.add_init_script("localStorage.setItem('session', '1')")
        await context.add_cookies(
            [
                {"name": name, "value": value, "url": product.origin}
                for name, value in who.named_cookies.items()
            ]
        )
    yield page
    await context.close()


@asynccontextmanager
async def _bare_site(text: str) -> AsyncIterator[str]:
    """A page of HTML alone; its address."""
    first, *lines = text.splitlines() or [""]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    document = (
        '<!doctype html><html lang="ja"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>a</title>'
        f"<h1>{html.escape(first)}</h1>{paragraphs}"
    )

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=document, content_type="text/html")

    application = web.Application()
    application.router.add_get("/", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/"
    await runner.cleanup()


def _print(name: str, found: dict[str, Any]) -> None:
    shown = (f"{v:9.2f}" if key == "CLS" else f"{v:6.0f} ms" for key, v in found.items())
    print(f"{name:<24}" + "".join(shown))


if __name__ == "__main__":
    asyncio.run(main())
