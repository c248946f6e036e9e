"""A person at the customers' site: the running product, in a real browser.

A browser is chromium, chrome or edge on PATH; where there is none these tests are skipped, and with
`REQUIRE_BROWSER` set they fail.
"""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.product import ASKED_AT_EVERY_SIGN_IN, ROOT, Product, running
from tests.product import Browser as Client

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
WIDE, PHONE = 1280, 390
TERMS_URL, PRIVACY_URL = "https://vendor.test/terms", "https://vendor.test/privacy"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

expect.set_options(timeout=30_000)


def find_browser() -> str | None:
    """The path of Chromium or one of its kind."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest_asyncio.fixture(scope="session")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """It asks for presence at every sign-in, and limits no rates."""
    state: Path = tmp_path_factory.mktemp("browser") / "state"
    pages = {"TERMS_URL": TERMS_URL, "PRIVACY_URL": PRIVACY_URL}
    async with running(state, RATE_LIMITS="off", **pages, **ASKED_AT_EVERY_SIGN_IN) as started:
        yield started


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = find_browser()
    if path is None:
        assert not os.environ.get("REQUIRE_BROWSER"), f"none of {', '.join(BROWSERS)} is on PATH"
        pytest.skip("the browser tests did not run: no chromium, chrome or edge is on PATH")
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@dataclass
class Desk:
    """Where one person sits: a browser with its own cookies, and what went wrong in it."""

    page: Page
    product: Product
    troubles: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        """Type an address of the site."""
        await self.page.goto(self.product.origin + path)
        await expect(self.page.locator("h1")).to_be_visible()

    async def take_session(self, client: Client) -> None:
        """Be signed in as a client is that signed in without a page."""
        cookies = client.named_cookies.items()
        await self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.product.origin} for name, value in cookies]
        )
        await self.open("/")
        await self.page.evaluate("localStorage.setItem('session', '1')")

    async def open_mailed(self, mail: dict[str, Any]) -> None:
        """Press the link in a mail."""
        found = re.search(r"https?://\S+#token=\S+", mail["Text"])
        assert found, mail["Text"]
        await self.page.goto(found[0])
        await expect(self.page.locator("h1")).to_be_visible()

    async def press(self, name: str) -> None:
        """Press the button or link of this name."""
        control = self.page.get_by_role("button", name=name, exact=True)
        await control.or_(self.page.get_by_role("link", name=name, exact=True)).first.click()

    async def fill(self, **values: str) -> None:
        """Fill fields, given by their labels' ids."""
        for name, value in values.items():
            await self.page.locator(f"#{name}").fill(value)

    async def sees(self, heading: str) -> None:
        """The page has this heading."""
        await expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    async def reads(self, text: str) -> None:
        """This text stands somewhere on the page."""
        await expect(self.page.get_by_text(text).first).to_be_visible()

    async def find_faults(self) -> list[str]:
        """What axe finds, and whether the page scrolls sideways."""
        await self.page.evaluate(AXE.read_text())
        found = await self.page.evaluate(
            """async () => (await axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            })).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))"""
        )
        sideways = await self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return found + (["the page scrolls sideways"] if sideways else [])


@pytest.fixture
def desk(chromium: Browser, product: Product) -> Any:
    """Make a `Desk`: `async with desk(width=390) as person`. At its end nothing may have gone wrong
    in the browser: no error on the console, no refused policy, no request to another host."""

    @asynccontextmanager
    async def sitting(
        *, width: int = WIDE, language: Literal["ja", "en"] = "ja", dark: bool = False
    ) -> AsyncIterator[Desk]:
        context = await chromium.new_context(
            viewport={"width": width, "height": 860},
            locale="ja-JP" if language == "ja" else "en-GB",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=width < 720,
        )
        person = Desk(await context.new_page(), product)
        _watch(person)
        yield person
        await context.close()
        assert person.troubles == []

    return sitting


def _watch(person: Desk) -> None:
    host = urlsplit(person.product.origin).netloc

    def note_console(message: Any) -> None:
        # A refusal of a service is an answer like others; Chromium reports each on the console.
        refused = "Failed to load resource: the server responded with a status of 4" in message.text
        if message.type in ("error", "warning") and not refused:
            person.troubles.append(f"console: {message.text}")

    def note_request(request: Any) -> None:
        if urlsplit(request.url).netloc not in ("", host):
            person.troubles.append(f"request to another host: {request.url}")

    person.page.on("console", note_console)
    person.page.on("pageerror", lambda error: person.troubles.append(f"error: {error}"))
    person.page.on("request", note_request)
