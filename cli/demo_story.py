"""What happens in the sample company of `zaiseki demo`: ten people, in all states."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

from cli.demo_people import Name, Person, Run, arriving

_CODE, _PHONE, _DOMAIN = "A-1004", "076-000-1004", "hokuriku-logi.example"
_LEAVE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person who accepts an invitation; `signs_in` afterwards or has only set a password."""

    mailbox: str
    name: Name
    phone: str
    department: str
    role: str = "staff"
    signs_in: bool = False
    locale: str = "ja"

    @property
    def email(self) -> str:
        """The address at the company."""
        return f"{self.mailbox}@{_DOMAIN}"


OWNER = Colleague(
    "keiko.sato", Name("佐藤", "恵子", "サトウ", "ケイコ"), "076-000-1004", "総務部", "owner",
    signs_in=True,
)  # fmt: skip
ADMIN = Colleague(
    "ichiro.suzuki", Name("鈴木", "一郎", "スズキ", "イチロウ"), "090-0000-0102", "総務部", "admin",
    signs_in=True,
)  # fmt: skip
PROMOTED = Colleague(
    "yumi.takahashi", Name("高橋", "由美", "タカハシ", "ユミ"), "090-0000-0103", "総務部",
    signs_in=True,
)  # fmt: skip
MOVES = Colleague(
    "sakura.ito", Name("伊藤", "さくら", "イトウ", "サクラ"), "090-0000-0104", "営業部"
)
ON_LEAVE = Colleague(
    "hiroshi.watanabe", Name("渡辺", "浩", "ワタナベ", "ヒロシ"), "090-0000-0105", "営業部"
)
LEFT = Colleague(
    "naoko.yamamoto", Name("山本", "直子", "ヤマモト", "ナオコ"), "090-0000-0106", "経理部"
)
DELETED = Colleague(
    "sho.nakamura", Name("中村", "翔", "ナカムラ", "ショウ"), "090-0000-0107", "営業部"
)
COLLEAGUES = (
    ADMIN,
    PROMOTED,
    MOVES,
    ON_LEAVE,
    LEFT,
    DELETED,
    Colleague(
        "ken.tanaka",
        Name("田中", "健", "タナカ", "ケン"),
        "090-0000-0108",
        "倉庫管理課",
        signs_in=True,
    ),
    Colleague(
        "ai.kobayashi", Name("小林", "愛", "コバヤシ", "アイ"), "090-0000-0109", "総務部", "owner"
    ),
    Colleague(
        "daisuke.inoue", Name("井上", "大輔", "イノウエ", "ダイスケ"), "090-0000-0110", "倉庫管理課"
    ),
    Colleague("grace.miller", Name("Miller", "Grace"), "090-0000-0111", "海外営業課", locale="en"),
)
INVITED = (
    {"email": f"makoto.kato@{_DOMAIN}", "role": "staff"},
    {"email": f"oliver.brown@{_DOMAIN}", "role": "staff", "locale": "en"},
)
WITHDRAWN = {"email": f"makoto.katou@{_DOMAIN}", "role": "staff"}
APPLICANTS = (
    (Name("松本", "梓", "マツモト", "アズサ"), "azusa.matsumoto@gmail.com", "090-0000-0112"),
    (Name("田中", "健", "タナカ", "ケン"), "tanaka.ken@gmail.com", "090-0000-0108"),
)
"""One with a personal address; the other probably has an account already."""


async def play(run: Run, password: str, today: date) -> str:
    """Let it all happen; the address of the owner to sign in with.

    Raises:
        Stuck: The product refused a step, or a mail did not arrive.
    """
    async with arriving(run, OWNER.email) as owner, arriving(run, ADMIN.email) as admin:
        await owner.ignore_older_mails()
        await _found(owner, password)
        invitations = [
            {"email": one.email, "role": one.role, "locale": one.locale} for one in COLLEAGUES
        ]
        body = {"invitations": invitations}
        await owner.ask("POST", "/membership/company/invitations", body)
        await asyncio.gather(
            _accept(admin, ADMIN, password),
            *(_join(run, one, password) for one in COLLEAGUES if one is not ADMIN),
        )
        await asyncio.gather(_administer(admin), *(_apply(run, *one) for one in APPLICANTS))
        await _decide(owner, today)
    return OWNER.email


async def _found(owner: Person, password: str) -> None:
    """Register as the company's first person."""
    await _register(owner, OWNER.name, OWNER.phone, OWNER.department)
    opened = await owner.open_link("/membership/registrations/confirm", "メールアドレスの確認")
    await owner.set_password(opened["password_token"], password)
    await owner.sign_in(password)


async def _register(person: Person, name: Name, phone: str, department: str = "") -> None:
    company = {"customer_code": _CODE, "customer_phone": _PHONE}
    form = {"email": person.email, "phone": phone, "department": department}
    await person.ask("POST", "/membership/registrations", company | form | name.fields)


async def _join(run: Run, one: Colleague, password: str) -> None:
    async with arriving(run, one.email) as person:
        await _accept(person, one, password)


async def _accept(person: Person, one: Colleague, password: str) -> None:
    subject = "Invitation" if one.locale == "en" else "招待"
    answer = await person.open_link(
        "/membership/invitations/accept",
        subject,
        one.name.fields | {"phone": one.phone, "department": one.department},
    )
    await person.set_password(answer["password_token"], password)
    if one.signs_in:
        await person.sign_in(password)


async def _apply(run: Run, name: Name, email: str, phone: str) -> None:
    """Register with an address that needs an approval."""
    async with arriving(run, email) as person:
        await _register(person, name, phone)
        await person.open_link("/membership/registrations/confirm", "メールアドレスの確認")


async def _administer(admin: Person) -> None:
    """Invite some, withdraw one that was mistyped, and ask for another address for oneself."""
    path = "/membership/company/invitations"
    mistyped = await admin.ask("POST", path, {"invitations": [WITHDRAWN]})
    await admin.ask("DELETE", f"{path}/{mistyped['invitations'][0]['id']}")
    await admin.ask("POST", path, {"invitations": INVITED})
    await admin.ask("PUT", "/membership/me/email", {"email": f"suzuki@{_DOMAIN}"})


async def _decide(owner: Person, today: date) -> None:
    """Change roles, suspend, delete, and move an account to another address."""
    path = "/membership/company/members"
    members = (await owner.ask("GET", f"{path}?limit=100"))["items"]
    ids = {one["email"]: one["id"] for one in members}
    leave = {
        "reason": "on_leave",
        "until": f"{today + _LEAVE}",
        "notes": {"member": "復職の手続きは総務部の佐藤までご連絡ください。", "company": "休職"},
    }
    left = {"reason": "left", "notes": {"company": "貸与端末は返却済み"}}
    await owner.ask("PATCH", f"{path}/{ids[PROMOTED.email]}", {"role": "admin"})
    await owner.ask("POST", f"{path}/{ids[ON_LEAVE.email]}/suspend", leave)
    await owner.ask("POST", f"{path}/{ids[LEFT.email]}/suspend", left)
    await owner.ask("DELETE", f"{path}/{ids[DELETED.email]}")
    new = {"email": f"sakura.itou@{_DOMAIN}"}
    await owner.ask("PUT", f"{path}/{ids[MOVES.email]}/email", new)
