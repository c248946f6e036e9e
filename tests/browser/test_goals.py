"""The goals for each screen of the customers' site: sizes, edges, targets, width, focus, and axe.

`goals.js` has the checks that axe lacks. `make browser-full` looks at every combination of screen,
width, language and theme; otherwise each pair of them is looked at.
"""

import asyncio
import os
from collections.abc import Iterator
from itertools import chain, combinations
from itertools import product as every
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import PHONE, WIDE, Desk
from tests.browser.screens import ROUTES, SCREENS, Sample, Screen, make_sample
from tests.product import ROOT, Product

FIRST, FIRST_BYTES, ADDED_BYTES = "/sign-in", 40_000, 15_000
ABOVE_THE_GOAL = {
    FIRST: 41_500,
    "/members": 17_500,
    "/members/invitations": 20_100,
    "/members/audit-log": 16_700,
}
"""Screens that are heavier than the goal as yet, and may not grow."""
WIDTHS = (WIDE, PHONE, 320)
LANGUAGES: tuple[Literal["ja", "en"], ...] = ("ja", "en")
GOALS = (Path(__file__).parent / "goals.js").read_text()
DIST = ROOT / "web" / "dist" / "members"
NO_FOCUS = "nothing has the focus"


class View(NamedTuple):
    """How a person looks at a screen."""

    screen: Screen
    language: Literal["ja", "en"]
    width: int
    dark: bool


def all_views() -> Iterator[View]:
    yield from (View(*row) for row in every(SCREENS, LANGUAGES, WIDTHS, (False, True)))


def some_views() -> Iterator[View]:
    """Each screen at each width, in each language, light and dark; and each pair of these."""
    for number, screen in enumerate(SCREENS):
        for place, width in enumerate(WIDTHS):
            language = LANGUAGES[(number + place) % 2]
            yield View(screen, language, width, dark=bool((number // 2 + place) % 2))


VIEWS = list(all_views() if os.environ.get("LONG") else some_views())


@pytest_asyncio.fixture(scope="module")
async def sample(product: Product) -> Sample:
    return await make_sample(product)


async def look(person: Desk, view: View) -> list[str]:
    """The faults of a view. A page that was just opened has no focus yet."""
    await person.page.set_viewport_size({"width": view.width, "height": 860})
    await person.page.emulate_media(color_scheme="dark" if view.dark else "light")
    found = await person.page.evaluate(GOALS)
    if view.screen.step is None:
        found = [fault for fault in found if fault != NO_FOCUS]
    where = f"{view.language}, {view.width}{', dark' if view.dark else ''}"
    return [f"{where}: {fault}" for fault in found + await person.find_faults()]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_has_no_fault(desk: Any, sample: Sample, screen: Screen) -> None:
    async def look_in(language: Literal["ja", "en"]) -> list[str]:
        views = [view for view in VIEWS if (view.screen, view.language) == (screen, language)]
        async with desk(language=language, width=views[0].width) as person:
            await screen.reach(person, sample)
            return [fault for view in views for fault in await look(person, view)]

    found = await asyncio.gather(*map(look_in, LANGUAGES))
    assert list(chain(*found)) == []


def test_every_address_has_a_screen() -> None:
    assert set(ROUTES) <= {screen.path for screen in SCREENS}


def test_each_pair_is_looked_at() -> None:
    looked_at, wished = list(some_views()), list(all_views())
    for one, other in combinations(range(len(View._fields)), 2):
        pairs = {(view[one], view[other]) for view in wished}
        assert pairs == {(view[one], view[other]) for view in looked_at}


async def test_no_screen_is_heavier_than_its_goal(desk: Any, sample: Sample) -> None:
    """What every signed-in screen needs is loaded with the first of them, and counts as one."""
    ways = {screen.path: screen for screen in reversed(SCREENS) if screen.path in ROUTES}
    loaded = {path: await load_files(desk, sample, screen) for path, screen in ways.items()}
    first = loaded[FIRST]
    inside = [loaded[path] for path, screen in ways.items() if screen.who == "owner"]
    frame = set.intersection(*inside) - first
    files = {path: found - first - frame for path, found in loaded.items()}
    sizes = {
        path: sum(map(packed_size, found))
        for path, found in (files | {FIRST: first, "signed in": frame}).items()
    }
    print(sizes)
    assert find_heavy(sizes, ABOVE_THE_GOAL) == []


async def load_files(desk: Any, sample: Sample, screen: Screen) -> set[str]:
    """The files of the site that a browser loads for a screen."""
    files: set[str] = set()

    def note(request: Any) -> None:
        if request.is_navigation_request():
            files.clear()
        files.add(urlsplit(request.url).path)

    async with desk() as person:
        person.page.on("request", note)
        await screen.reach(person, sample)
        await person.page.wait_for_load_state("networkidle")
    return {"/index.html"} | {path for path in files if (DIST / path.strip("/")).is_file()}


def packed_size(path: str) -> int:
    """The bytes of a file as gzip packs it."""
    file = DIST / path.strip("/")
    packed = file.with_name(f"{file.name}.gz")
    return (packed if packed.exists() else file).stat().st_size


def find_heavy(sizes: dict[str, int], above: dict[str, int] | None = None) -> list[str]:
    limits = {path: FIRST_BYTES if path == FIRST else ADDED_BYTES for path in sizes}
    limits |= above or {}
    return [f"{path}: {size} bytes" for path, size in sizes.items() if size > limits[path]]


def test_a_heavy_screen_is_found() -> None:
    assert find_heavy({FIRST: FIRST_BYTES + 1, "/help": ADDED_BYTES}) == ["/sign-in: 40001 bytes"]
    assert find_heavy({FIRST: FIRST_BYTES, "/help": ADDED_BYTES + 1}) == ["/help: 15001 bytes"]


async def test_the_focus_follows_to_each_screen(desk: Any) -> None:
    async with desk() as visitor:
        await visitor.open("/faq")
        for path in ROUTES:
            await visitor.page.evaluate(
                """(path) => {
                    document.activeElement.blur();
                    history.pushState(null, "", path);
                    dispatchEvent(new PopStateEvent("popstate"));
                }""",
                path,
            )
            await expect(visitor.page.locator("h1")).to_be_focused()


BIG = "display: block; width: 60px; height: 60px"
PLANTED = (
    ("edge 1.", f'<input autofocus style="{BIG}; border: 1px solid #ddd">'),
    ("edge 1.", f'<button autofocus style="{BIG}; border: 1px solid #ccc; background: #fff">a'),
    (
        "edge 1.",
        f'<div style="background: #111"><input autofocus style="{BIG}; border: 1px solid #333;'
        ' background: #181818">',
    ),
    ("target 40 x 40", '<button autofocus style="width: 40px; height: 40px">a'),
    ("less than 44: a", "<input autofocus style='height: 60px'><p><a href='/'>alone</a></p>"),
    ("less than 44: input", "<label><input type=checkbox autofocus></label>"),
    ("px wider", f'<button autofocus style="{BIG}">a</button><div style="width: 400px">a'),
    (
        "ends within 管理者",
        f'<button autofocus style="{BIG}">a</button><p style="width: 1em">管理者',
    ),
    (NO_FOCUS, "<p>a"),
)
FAULTLESS = f"""<h1 tabindex=-1 autofocus>2026/12/01 10:00</h1>
    <p>In a sentence <a href="/">a link</a> may be small.</p>
    <label style="{BIG}"><input type=checkbox></label>
    <button style="{BIG}; border: 0; background: none">a</button>
    <input style="{BIG}; border: 1px solid #767676">"""


async def test_planted_faults_are_found(chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": PHONE, "height": 860})

    async def find(html: str) -> list[str]:
        await page.set_content(f"<!doctype html>{html}")
        await page.evaluate("document.querySelector('[autofocus]')?.focus()")
        return list(await page.evaluate(GOALS))

    for fault, html in PLANTED:
        found = await find(html)
        assert len(found) == 1, (fault, found)
        assert fault in found[0]
    assert await find(FAULTLESS) == []
    await page.set_viewport_size({"width": WIDE, "height": 860})
    for size, faults in ((24, 0), (23, 1)):
        style = f"width: {size}px; height: {size}px"
        assert len(await find(f'<button autofocus style="{style}">a')) == faults
    await page.close()
