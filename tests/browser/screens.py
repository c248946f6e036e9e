"""The screens of the customers' site in their main states, and how one gets to each.

One list for the checks of `test_goals` and for the pictures of docs/screens.md.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import Page, expect

from tests.browser.conftest import Desk
from tests.e2e.test_company_accounts import members
from tests.e2e.test_main_job import PASSWORD, form, join, register
from tests.product import ROOT, Browser, Product

Step = Callable[[Page], Awaitable[None]]
Who = Literal["visitor", "owner", "held"]
ROUTES = re.findall(r'^  "(/[^"]*)":', (ROOT / "web/src/members/routes.ts").read_text(), re.M)
"""The addresses of the site."""


@dataclass(frozen=True)
class Sample:
    """What the screens show: people of one company, and the links of their mails."""

    owner: Browser
    held: Browser
    """A person who has given the password, and is asked for the presence check."""
    member: str
    """The id of a colleague of the owner."""
    links: dict[str, str]


async def make_sample(product: Product) -> Sample:
    """Use the sample customer A-1001, in which no other test of the run has an account."""
    code, domain, phone = "A-1001", "yamato-shoji.example", "03-0000-1001"

    def typed(person: str, family_name: str, given_name: str) -> dict[str, str]:
        names = {"family_name": family_name, "given_name": given_name}
        return form(domain, code, person, customer_phone=phone, **names)

    owner = await join(product, typed("taro", "山田", "太郎"))
    held_address = typed("hanako", "佐藤", "花子")
    await join(product, held_address)
    await join(product, typed("jiro", "鈴木", "次郎"))
    held = product.browser()
    await held.sign_in(held_address["email"], PASSWORD)

    anonymous = product.browser()
    newcomer = typed("newcomer", "田中", "実")
    await anonymous.post("/api/membership/registrations", newcomer)
    unknown = typed("personal", "中村", "薫") | {"email": "kaoru.nakamura.zaiseki@gmail.com"}
    assert (await register(product, anonymous, unknown))["status"] == "awaiting_approval"
    invited = {"invitations": [{"email": f"guest@{domain}", "role": "staff"}]}
    await owner.post("/api/membership/company/invitations", invited)
    jiro = (await members(owner))[f"jiro@{domain}"]["id"]
    path = f"/api/membership/company/members/{jiro}/email"
    await owner.send("PUT", path, {"email": f"jiro.new@{domain}"})
    await owner.send("PUT", "/api/membership/me/email", {"email": f"taro.new@{domain}"})
    await anonymous.post("/api/auth/password-reset", {"email": f"taro@{domain}"})
    mails = {
        "registration": product.mail(newcomer["email"], "メールアドレスの確認"),
        "invitation": product.mail(f"guest@{domain}", "招待"),
        "move": product.mail(f"jiro.new@{domain}", "再作成のご案内"),
        "email": product.mail(f"taro.new@{domain}", "新しいメールアドレスの確認"),
        "email-stop": product.mail(f"taro@{domain}", "メールアドレス変更の受付"),
        "password": product.mail(f"taro@{domain}", "パスワード再設定"),
        "presence-check": product.mail(held_address["email"], "在席確認", count=2),
    }
    links = {name: _link(await mail) for name, mail in mails.items()}
    return Sample(owner, held, jiro, links)


async def find_colleague(owner: Browser) -> str:
    """The id of one of the staff in whose account the owner sees everything."""
    found = await members(owner)
    return str(
        min((email, one["id"]) for email, one in found.items() if "suspend" in one["may"])[1]
    )


def _link(mail: dict[str, Any]) -> str:
    found = re.search(r"https?://\S+#token=\S+", mail["Text"])
    assert found, mail["Text"]
    return found[0]


@dataclass(frozen=True)
class Screen:
    """A screen in one state."""

    name: str
    path: str
    caption: str
    query: str = ""
    who: Who = "visitor"
    link: str = ""
    """The mail whose link opens it."""
    step: Step | None = None
    """What the person does there."""
    shows: str = "h1"
    """What is there then."""

    async def reach(self, person: Desk, sample: Sample) -> None:
        """Open it as a person does who is signed in or not as the screen wants it."""
        if self.who != "visitor":
            await person.take_session(sample.owner if self.who == "owner" else sample.held)
        path = self.path.format(id=sample.member)
        url = sample.links[self.link] if self.link else person.product.origin + path + self.query
        await person.page.goto(url)
        await expect(person.page.locator("h1")).to_be_visible()
        if self.step:
            await self.step(person.page)
        await expect(person.page.locator(self.shows).first).to_be_visible()
        if self.link:
            await expect(person.page.locator("main .btn.fill").first).to_be_visible()


def press(selector: str) -> Step:
    async def step(page: Page) -> None:
        await page.locator(selector).first.click()

    return step


def fill(**values: str) -> Step:
    """Fill a form and send it."""

    async def step(page: Page) -> None:
        for name, value in values.items():
            await page.locator(f"#{name}").fill(value)
        await page.keyboard.press("Enter")

    return step


SENT = "main:not(:has(form)) h1"
SUBMIT = "main form button:not([type])"
STRANGER = form("nowhere.example", "Z-9999", "visitor")
SCREENS = (
    Screen("top", "/", "Top page"),
    Screen("sign-in", "/sign-in", "Sign in"),
    Screen(
        "sign-in-empty",
        "/sign-in",
        "Sign in: nothing is entered",
        step=press(SUBMIT),
        shows="[role=alert]",
    ),
    Screen(
        "sign-in-wrong",
        "/sign-in",
        "Sign in: a wrong password",
        step=fill(email="nobody@nowhere.example", password="wrong but long enough"),
        shows="[role=alert]",
    ),
    Screen(
        "presence", "/presence", "Presence check: waiting for the code", who="held", shows=".digits"
    ),
    Screen(
        "presence-wrong",
        "/presence",
        "Presence check: no code is entered",
        who="held",
        step=press(SUBMIT),
        shows="[role=alert]",
    ),
    Screen(
        "presence-check",
        "/presence-check",
        "Presence check: the link of its mail",
        link="presence-check",
    ),
    Screen(
        "presence-deny",
        "/presence-check",
        "Presence check: this was not me",
        link="presence-check",
        step=press("main form .btn.plain"),
        shows="dialog",
    ),
    Screen("help", "/help", "Help with signing in"),
    Screen(
        "help-sent",
        "/help",
        "Help: the mail for a new password is sent",
        step=fill(email="nobody@nowhere.example"),
        shows=SENT,
    ),
    Screen("password", "/password", "Set a password", link="password"),
    Screen(
        "password-short",
        "/password",
        "Set a password: it is too short",
        link="password",
        step=fill(password="short"),
        shows="[role=alert]",
    ),
    Screen("register", "/register", "Register"),
    Screen(
        "register-empty",
        "/register",
        "Register: nothing is entered",
        step=press(SUBMIT),
        shows="[role=alert]",
    ),
    Screen(
        "register-sent",
        "/register",
        "Register: the mail is sent",
        step=fill(**STRANGER),
        shows=SENT,
    ),
    Screen("registration", "/registration", "Confirm a registration", link="registration"),
    Screen("invitation", "/invitation", "Accept an invitation", link="invitation"),
    Screen("move", "/invitation", "Take over an account at another address", link="move"),
    Screen("email", "/email", "Confirm a new address", link="email"),
    Screen("email-stop", "/email", "Cancel a change of address", link="email-stop"),
    Screen("link-broken", "/invitation", "A link that cannot be used"),
    Screen("faq", "/faq", "FAQ"),
    Screen("faq-none", "/faq", "FAQ: nothing is found", step=fill(search="zzz")),
    Screen("account", "/account", "Account", who="owner", shows="table"),
    Screen(
        "account-menu",
        "/account",
        "Account: the menu",
        who="owner",
        step=press("[aria-controls=account-menu]"),
        shows="#account-menu",
    ),
    Screen(
        "account-edit",
        "/account",
        "Account: change the name",
        who="owner",
        step=press("#change-name"),
        shows="#family_name",
    ),
    Screen(
        "members",
        "/members",
        "Members of the company",
        query="?order=name",
        who="owner",
        shows="table",
    ),
    Screen(
        "suspend",
        "/members",
        "Suspend a colleague",
        query="?order=name",
        who="owner",
        step=press("td.act button"),
        shows="dialog",
    ),
    Screen("member", "/members/{id}", "A colleague's account", who="owner", shows="dl"),
    Screen(
        "invitations", "/members/invitations", "Invite colleagues", who="owner", shows="main form"
    ),
    Screen("invitations-file", "/members/invitations/file", "Invite from a CSV file", who="owner"),
    Screen("guide", "/members/guide", "A guide for a new colleague, to print", who="owner"),
    Screen("approvals", "/members/approvals", "Approvals", who="owner", shows="article"),
    Screen(
        "seats", "/members/seats", "Seats, and how each came and went", who="owner", shows="table"
    ),
    Screen("audit-log", "/members/audit-log", "Audit log", who="owner", shows="table"),
    Screen("not-found", "/nowhere", "An unknown address"),
)
