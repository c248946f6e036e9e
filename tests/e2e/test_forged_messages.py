"""Messages written to Redis by an attacker have no effect (abuse case 46)."""

import asyncio
import base64
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from embedded import keys
from shared.contracts.auth import SyncAccount
from shared.contracts.mails import PasswordChanged
from shared.contracts.notifier import SendMail
from shared.crypto import Sealer, new_id
from shared.messaging.envelope import Item, Receipt, Signer
from shared.messaging.transport.broker import Publisher, celery_app
from tests.product import Product
from tests.signing import new_signing_keys, signers

FORGER = signers(new_signing_keys())["auth"]


def genuine(product: Product, service: str = "auth") -> Signer:
    text = keys.read_keys(product.state / "secrets", keys.message_key(service))
    return Signer(service, base64.b64decode(text), {})


def mail_to(product: Product, address: str, *, message_id: UUID | None = None) -> Item:
    public = keys.read_keys(product.state / "secrets", keys.MAIL_PUBLIC_KEY)
    sealer = Sealer(base64.b64decode(public))
    now = datetime.now(UTC)
    params = PasswordChanged(name="山田 太郎", changed_at=now, browser="")
    message = SendMail(
        template="password_changed",
        subject_id=new_id(),
        to=address,
        locale="ja",
        expires_at=now + timedelta(hours=1),
        key_id=sealer.key_id,
        sealed_params=sealer.seal(params.model_dump_json().encode()),
    )
    return Item(
        id=message_id or new_id(),
        attempt=1,
        sender="auth",
        request_id="by-hand-0001",
        body=message.model_dump_json(),
    )


async def refused(product: Product, reason: str, count: int = 1) -> None:
    """Wait until this many messages were rejected for this reason."""
    async with asyncio.timeout(10):
        while product.logs().count(f'"reason": "{reason}"') < count:
            await asyncio.sleep(0.05)


async def test_a46_forged_changed_replayed_and_old_messages_have_no_effect(
    product: Product,
) -> None:
    app = celery_app("notifier", product.redis_url)
    name = SendMail.NAME
    signer = genuine(product)

    Publisher(app, FORGER).send("notifier", name, [mail_to(product, "forged@a46.example")])
    text, signature = signer.pack(name, [mail_to(product, "original@a46.example")])
    changed = text.replace("original@", "changed@")
    app.send_task(name, args=[changed, signature], queue="notifier")
    app.send_task(name, args=[{"not": "text"}, None], queue="notifier")
    app.send_task("auth.start_password_reset", args=[text, signature], queue="auth")
    await refused(product, "bad_signature", 3)
    await refused(product, "malformed", 1)

    old = UUID(int=(int((time.time() - 31 * 86400) * 1000) << 80) | (7 << 76) | (2 << 62))
    item = mail_to(product, "old@a46.example", message_id=old)
    Publisher(app, signer).send("notifier", name, [item])
    await refused(product, "too_old", 1)

    once = mail_to(product, "once@a46.example")
    for _ in range(5):
        Publisher(app, signer).send("notifier", name, [once])
    await product.mail("once@a46.example", "パスワード")
    await asyncio.sleep(1)
    to = [mail["To"][0]["Address"] for mail in await product.mails()]
    assert [address for address in to if address.endswith("@a46.example")] == ["once@a46.example"]


async def test_a_services_database_or_key_is_not_enough_to_send_for_another(
    product: Product,
) -> None:
    """An attacker with notifier's role writes to its outbox, one with its key signs messages."""
    member, row = new_id(), new_id()
    sync = SyncAccount(
        member_id=member, version=1, state="active", customer_id=new_id(), email="thief@x.example"
    )
    before = product.logs().count('"reason": "wrong_sender"')
    product.query(
        "insert into notifier.outbox (id, queue, name, payload, request_id) values "
        f"('{row}', 'auth.now', '{SyncAccount.NAME}', '{sync.model_dump_json()}', '')"
    )
    await refused(product, "wrong_sender", before + 1)
    item = Item(
        id=new_id(), attempt=1, sender="notifier", request_id="", body=sync.model_dump_json()
    )
    app = celery_app("notifier", product.redis_url)
    stolen = Publisher(app, genuine(product, "notifier"))
    stolen.send("auth.now", SyncAccount.NAME, [item])
    as_membership = item.model_copy(update={"sender": "membership"})
    stolen.send("auth.now", SyncAccount.NAME, [as_membership])
    await refused(product, "wrong_sender", before + 3)
    assert product.query(f"select count(*) from auth.accounts where member_id = '{member}'") == "0"
    assert (
        product.query(f"select failure from notifier.outbox where id = '{row}'") == "wrong_sender"
    )


async def test_a46_a_forged_receipt_closes_no_row(product: Product) -> None:
    row = new_id()
    product.query(
        "insert into membership.outbox "
        "(id, queue, name, subject, version, payload, request_id, parked_at) values "
        f"('{row}', 'auth.now', 'auth.sync_account', '{row}', 1, '{{}}', '', now())"
    )
    app = celery_app("auth", product.redis_url)
    before = product.logs().count('"reason": "bad_signature"')
    Publisher(app, FORGER).send_receipt("membership", Receipt(ids=(row,)))
    await refused(product, "bad_signature", before + 1)
    unconfirmed = f"select confirmed_at is null from membership.outbox where id = '{row}'"
    assert product.query(unconfirmed) == "t"

    before = product.logs().count('"reason": "wrong_sender"')
    for service in ("membership", "notifier"):  # the sender, and no reader of it
        forged = Publisher(app, genuine(product, service))
        forged.send_receipt("membership", Receipt(ids=(row,)))
    await refused(product, "wrong_sender", before + 2)
    assert product.query(unconfirmed) == "t"

    Publisher(app, genuine(product)).send_receipt("membership", Receipt(ids=(row,)))
    async with asyncio.timeout(10):
        while product.query(unconfirmed) == "t":
            await asyncio.sleep(0.1)
