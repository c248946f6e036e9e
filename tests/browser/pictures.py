"""Writes docs/screens.md with pictures of the screens of the customers' site: `make screens`.

Clock, numbers and people are the same in each run, so that a screen that did not change gives the
same file.
"""

import asyncio
import base64
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Route, async_playwright

from tests.browser.conftest import BROWSERS, PHONE, WIDE, Desk, find_browser
from tests.browser.screens import SCREENS, Sample, Screen, find_colleague, make_sample
from tests.e2e.test_main_job import pass_check
from tests.product import ASKED_AT_EVERY_SIGN_IN, ROOT, Product, running

FOLDER = ROOT / "docs" / "screens"
NOW = datetime(2026, 11, 30, 1, 14, tzinfo=UTC)
PORT = "8480"
"""Always the same, because a picture shows the site's address."""
SIZES = {WIDE: (860, 0.45), PHONE: (844, 0.5)}
"""Height of the window and scale of the picture, by the window's width."""
MOST_BYTES, AT_ONCE = 16_384, 2
OTHERS = (("sign-in", "en", False), ("members", "en", False), ("members", "ja", True))
"""Pictures besides those in Japanese and light: the screen, the language, whether it is dark."""
PICTURED = [screen for screen in SCREENS if screen.shows != "[role=alert]"]
"""All but those that only say what is wrong in a form."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_STILL = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { caret-color: transparent !important }");
    document.adoptedStyleSheets.push(sheet);
    return document.fonts.ready.then(() => true);
}"""


async def main() -> None:
    """Start the product, fill it, and take every picture anew."""
    path = find_browser()
    if path is None:
        raise SystemExit(f"None of {', '.join(BROWSERS)} is on PATH.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        async with (
            running(state, PORT=PORT, RATE_LIMITS="off", **ASKED_AT_EVERY_SIGN_IN) as product,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--font-render-hinting=none"]
            )
            owner = await sign_in_owner(product)
            sample = await make_sample(product)
            sample = replace(sample, owner=owner, member=await find_colleague(owner))
            await take_pictures(browser, product, sample)
    (ROOT / "docs" / "screens.md").write_text(page())
    big = [file.name for file in sorted(FOLDER.iterdir()) if file.stat().st_size > MOST_BYTES]
    if big:
        raise SystemExit(f"More than {MOST_BYTES} bytes: {', '.join(big)}")


async def sign_in_owner(product: Product) -> Any:
    """The owner of the company that `zaiseki demo` fills."""
    done = product.command("demo", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    made = json.loads(done.stdout)
    owner = product.browser()
    count = len([m for m in await product.mails(made["email"]) if "在席確認" in m["Subject"]])
    await pass_check(product, owner, made["email"], made["password"], count=count + 1)
    return owner


async def take_pictures(browser: Browser, product: Product, sample: Sample) -> None:
    room = asyncio.Semaphore(AT_ONCE)

    async def take(screen: Screen, name: str, width: int, **look: Any) -> None:
        async with room, sitting(browser, product, width, **look) as person:
            await take_picture(person, sample, screen, name)

    by_name = {screen.name: screen for screen in PICTURED}
    await asyncio.gather(
        *(
            take(screen, f"{name}-{width}", width)
            for name, screen in by_name.items()
            for width in SIZES
        ),
        *(
            take(
                by_name[name],
                other_name(name, language, dark=dark),
                WIDE,
                language=language,
                dark=dark,
            )
            for name, language, dark in OTHERS
        ),
    )


@asynccontextmanager
async def sitting(
    browser: Browser,
    product: Product,
    width: int,
    *,
    language: str = "ja",
    dark: bool = False,
) -> AsyncIterator[Desk]:
    """A browser in which it is always the same minute."""
    context = await browser.new_context(
        viewport={"width": width, "height": SIZES[width][0]},
        locale="ja-JP" if language == "ja" else "en-GB",
        timezone_id="Asia/Tokyo",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=width < 720,
    )
    await context.clock.set_fixed_time(NOW)
    await context.route("**/api/**", answer_in_time)
    person = Desk(await context.new_page(), product)
    person.page.on("pageerror", lambda error: print(f"{person.page.url}: {error}"))
    yield person
    await context.close()


async def answer_in_time(route: Route) -> None:
    """Pass an answer on with its times as they would be at NOW, and with one number."""
    answer = await route.fetch()
    text = _MOMENT.sub(lambda found: move_moment(found[0]), await answer.text())
    if route.request.url.endswith("/presence-check"):
        text = re.sub(r'"number": ?[0-9]{2}\b', '"number": 42', text)
    await route.fulfill(response=answer, body=text)


def move_moment(text: str) -> str:
    """The same time as seen from NOW, rounded so that a slow run has the same."""
    distance = datetime.fromisoformat(text) - datetime.now(UTC)
    grain = timedelta(minutes=10) if abs(distance) < timedelta(hours=1) else timedelta(hours=1)
    return (NOW + round(distance / grain) * grain).isoformat().replace("+00:00", "Z")


async def take_picture(person: Desk, sample: Sample, screen: Screen, name: str) -> None:
    await screen.reach(person, sample)
    await person.page.evaluate(_STILL)
    (FOLDER / f"{name}.webp").write_bytes(await shoot(person.page))


async def shoot(page: Page) -> bytes:
    """The window as a small WebP, which only Chromium's own protocol makes."""
    size = page.viewport_size
    assert size is not None
    scale = SIZES[size["width"]][1]
    session = await page.context.new_cdp_session(page)
    taken = await session.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": 30, "clip": {"x": 0, "y": 0, **size, "scale": scale}},
    )
    return base64.b64decode(taken["data"])


def other_name(name: str, language: str, *, dark: bool) -> str:
    return f"{name}-{language}{'-dark' if dark else ''}"


def page() -> str:
    """The text of docs/screens.md."""
    rows = [
        f"| {screen.caption}<br>`{screen.path}` | ![](screens/{screen.name}-{WIDE}.webp) |"
        f" ![](screens/{screen.name}-{PHONE}.webp) |"
        for screen in PICTURED
    ]
    others = [
        f"![](screens/{other_name(name, language, dark=dark)}.webp)"
        for name, language, dark in OTHERS
    ]
    return "\n".join(
        (
            "# Screens of the customers' site",
            "",
            "Each screen in its main states, on a PC (1280 px) and on a phone (390 px). The people"
            " and the companies are made up. `make screens` takes the pictures anew.",
            "",
            "| screen | PC | phone |",
            "| --- | --- | --- |",
            *rows,
            "",
            "In English, and dark:",
            "",
            *others,
            "",
        )
    )


if __name__ == "__main__":
    asyncio.run(main())
