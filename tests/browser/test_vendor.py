"""The vendor's details on the pages of the customers' site, from its settings."""

import re
from typing import Any

import pytest
from playwright.async_api import Route, expect

from embedded.environment import TRIAL_VENDOR
from shared.colours import contrast
from tests.browser.conftest import PHONE, PRIVACY_URL, TERMS_URL, WIDE, Desk

SITE = "/api/membership/site"
NAME, TELEPHONE = TRIAL_VENDOR["VENDOR_NAME"], TRIAL_VENDOR["CONTACT_PHONE"]
SURFACES = ("--canvas", "--sunken", "--raised", "--accent-wash")


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_pages_name_the_vendor_and_say_how_to_reach_it(desk: Any, width: int) -> None:
    async with desk(width=width) as visitor:
        await visitor.open("/help")
        aside = visitor.page.locator("aside")
        await expect(aside.get_by_role("link", name=TELEPHONE)).to_have_attribute(
            "href", "tel:0300000000"
        )
        await expect(aside).to_contain_text(TRIAL_VENDOR["CONTACT_HOURS"])
        await expect(visitor.page.get_by_role("banner")).to_contain_text(NAME)
        foot = visitor.page.get_by_role("contentinfo")
        await expect(foot).to_contain_text(f"© {NAME}")
        await expect(foot.get_by_role("link", name=TELEPHONE)).to_be_visible()
        assert await visitor.find_faults() == []
        await visitor.press("English")
        await expect(foot).to_contain_text(f"© {TRIAL_VENDOR['VENDOR_NAME_EN']}")
        await expect(aside).to_contain_text(TRIAL_VENDOR["CONTACT_HOURS_EN"])


async def test_the_registration_leads_to_the_terms_and_keeps_what_was_typed(desk: Any) -> None:
    async with desk(width=PHONE) as visitor:
        await visitor.open("/register")
        await visitor.fill(customer_code="A-1001")
        form = visitor.page.locator("form")
        for name, address in (("利用規約", TERMS_URL), ("個人情報の取り扱い", PRIVACY_URL)):
            link = form.get_by_role("link", name=name)
            await expect(link).to_have_attribute("href", address)
            await expect(link).to_have_attribute("target", "_blank")
        assert await visitor.find_faults() == []


async def test_a_detail_that_is_not_set_is_not_shown(desk: Any) -> None:
    """Of a site without any, which no settings allow: every place of a page has to bear it."""
    async with desk(width=PHONE) as visitor:
        await answer_with(visitor, **dict.fromkeys(FIELDS, ""))
        await visitor.open("/register")
        await expect(visitor.page.get_by_role("contentinfo").get_by_role("link")).to_have_count(1)
        await expect(visitor.page.locator("form").get_by_role("link")).to_have_count(0)
        assert await visitor.find_faults() == []


@pytest.mark.parametrize(
    "name", ["株式会社" + "試用版サンプル商事" * 4, "Trial Sample Trading Company " * 2]
)
async def test_a_long_name_fits_the_narrowest_screen(desk: Any, name: str) -> None:
    async with desk(width=320) as visitor:
        await answer_with(visitor, vendor_name=name, service_name="WebService" * 4)
        await visitor.open("/register")
        await expect(visitor.page.get_by_role("banner")).to_contain_text(name.strip())
        assert await visitor.find_faults() == []


@pytest.mark.parametrize("colour", ["#6e6e6e", "#b00020", "#0a58ca", "#7a5900", "#000000"])
async def test_pages_have_the_vendors_colour_and_text_stays_legible(desk: Any, colour: str) -> None:
    """In light as it is, in dark lighter; also if its contrast is the lowest that is allowed."""
    for dark in (False, True):
        async with desk(dark=dark) as visitor:
            await answer_with(visitor, accent=colour)
            await visitor.open("/help")
            await expect(visitor.page.locator("html")).to_have_attribute("data-vendor-colour", "")
            found = await colours(visitor, "--accent", "--ink-on-accent", *SURFACES)
            accent, ink, *surfaces = found
            assert (accent == colour) is not dark
            assert [round(contrast(accent, one), 2) for one in surfaces if low(accent, one)] == []
            assert contrast(accent, ink) >= 4.5
            assert await visitor.find_faults() == []


FIELDS = (
    "vendor_name",
    "service_name",
    "contact_phone",
    "contact_url",
    "contact_hours",
    "terms_url",
    "privacy_url",
    "accent",
    "mail_from",
)


def low(colour: str, surface: str) -> bool:
    return contrast(colour, surface) < 4.5


async def answer_with(visitor: Desk, **details: str) -> None:
    """Let the site have these details instead of its own."""

    async def change(route: Route) -> None:
        response = await route.fetch()
        await route.fulfill(response=response, json={**await response.json(), **details})

    await visitor.page.route(re.compile(f"{SITE}$"), change)


async def colours(visitor: Desk, *tokens: str) -> list[str]:
    """What is painted for these tokens, as `#rrggbb`."""
    return [
        await visitor.page.evaluate(
            """token => {
                const spot = document.body.appendChild(document.createElement("p"));
                spot.style.color = `var(${token})`;
                const canvas = new OffscreenCanvas(1, 1).getContext("2d");
                canvas.fillStyle = getComputedStyle(spot).color;
                spot.remove();
                canvas.fillRect(0, 0, 1, 1);
                const shares = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
                return "#" + shares.map((share) => share.toString(16).padStart(2, "0")).join("");
            }""",
            token,
        )
        for token in tokens
    ]
