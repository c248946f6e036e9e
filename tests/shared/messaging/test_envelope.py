"""A message is accepted only with a valid signature over its name and text."""

import hmac
import json
from typing import ClassVar
from uuid import UUID

import pytest

from shared.contracts.auth import StartPasswordReset
from shared.contracts.base import Message
from shared.crypto import new_id, public_half
from shared.messaging.envelope import Failure, Item, Receipt, Refused, Signer
from tests.signing import signers


class Ping(Message):
    """A message of auth, for these tests."""

    NAME: ClassVar[str] = "a.b"
    QUEUE: ClassVar[str] = "a"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth", "notifier"})


class Pong(Ping):
    """Another message of the same shape."""

    NAME: ClassVar[str] = "a.c"


KEYS = {"auth": [b"a" * 32], "membership": [b"m" * 32], "notifier": [b"n" * 32]}
SIGNERS = signers(KEYS)
AUTH, MEMBERSHIP = SIGNERS["auth"], SIGNERS["membership"]
SHARED = b"s" * 32


def item(**change: object) -> Item:
    fields = {"id": new_id(), "attempt": 1, "sender": "auth", "request_id": "", "body": "{}"}
    return Item.model_validate({**fields, **change})


def test_a_signed_task_is_read_in_the_order_of_ids() -> None:
    items = [item(), item()]
    text, signature = AUTH.pack("a.b", items[::-1])
    assert MEMBERSHIP.unpack(Ping, text, signature) == sorted(items, key=lambda i: i.id)


def test_a_previous_key_is_accepted_and_an_unknown_one_is_not() -> None:
    text, signature = AUTH.pack("a.b", [item()])
    rotated = signers({**KEYS, "auth": [b"new" + b"a" * 29, *KEYS["auth"]]})
    assert rotated["membership"].unpack(Ping, text, signature)
    strange = signers({**KEYS, "auth": [b"x" * 32]})
    with pytest.raises(Refused, match="bad_signature"):
        strange["membership"].unpack(Ping, text, signature)


@pytest.mark.parametrize("thief", ["membership", "notifier"])
def test_no_service_can_sign_for_another(thief: str) -> None:
    """`notifier` may send the message too, but not as auth."""
    text, signature = SIGNERS[thief].pack("a.b", [item()])
    with pytest.raises(Refused, match="wrong_sender"):
        MEMBERSHIP.unpack(Ping, text, signature)
    with pytest.raises(Refused, match="bad_signature"):
        MEMBERSHIP.unpack(Ping, text, signature.replace(thief, "auth"))
    assert MEMBERSHIP.unpack(Ping, *SIGNERS["notifier"].pack("a.b", [item(sender="notifier")]))


def with_shared(*keys: bytes) -> Signer:
    public = {service: [public_half(own[0])] for service, own in KEYS.items()}
    return Signer("membership", KEYS["membership"][0], public, shared_keys=keys)


def of_the_previous_release(name: str, text: str) -> tuple[str, str]:
    return text, hmac.digest(SHARED, f"{name}\n{text}".encode(), "sha256").hex()


def test_a_task_signed_with_a_shared_key_needs_that_key_to_be_set() -> None:
    text, _ = AUTH.pack("a.b", [item()])
    old = of_the_previous_release("a.b", text)
    assert with_shared(b"o" * 32, SHARED).unpack(Ping, *old)
    for signer in (with_shared(), with_shared(b"o" * 32), MEMBERSHIP):
        with pytest.raises(Refused, match="bad_signature"):
            signer.unpack(Ping, *old)
    foreign, _ = AUTH.pack("a.b", [item(sender="membership")])
    with pytest.raises(Refused, match="wrong_sender"):
        with_shared(SHARED).unpack(Ping, *of_the_previous_release("a.b", foreign))
    receipt, _ = AUTH.pack_receipt("a.c", Receipt(ids=(new_id(),)))
    taken = with_shared(SHARED).unpack_receipt("a.c", *of_the_previous_release("a.c", receipt))
    assert taken.reader is None


def test_p2_a_task_with_the_same_message_twice_is_refused() -> None:
    """The inbox detects repetitions across tasks, not within one."""
    twice = item()
    for signer in (AUTH, with_shared(SHARED)):
        text, signature = AUTH.pack("a.b", [twice, item(), twice])
        signed = (text, signature) if signer is AUTH else of_the_previous_release("a.b", text)
        with pytest.raises(Refused, match="malformed"):
            signer.unpack(Ping, *signed)


def test_another_name_another_text_and_no_text_are_refused() -> None:
    signer = AUTH
    text, signature = signer.pack("a.b", [item()])
    for message, changed, signed in (
        (Pong, text, signature),
        (Ping, text.replace('"attempt":1', '"attempt":2'), signature),
        (Ping, text, signature[:-1]),
        (Ping, text, signature[:-4]),
        (Ping, text, f"{signature}AAAA"),
        (Ping, text, ""),
        (Ping, text, "é"),
        (Ping, text, "auth:é"),
        (Ping, text, "auth:"),
        (Ping, text, "\udfff:\udfff"),
    ):
        with pytest.raises(Refused, match="bad_signature"):
            signer.unpack(message, changed, signed)


def test_a_receipt_is_refused_as_a_message_and_a_message_as_a_receipt() -> None:
    signer = AUTH
    text, signature = signer.pack_receipt("a.b", Receipt(ids=(new_id(),)))
    with pytest.raises(Refused, match="malformed"):
        signer.unpack(Ping, text, signature)
    text, signature = signer.pack("a.b", [item()])
    with pytest.raises(Refused, match="malformed"):
        signer.unpack_receipt("a.b", text, signature)


def test_a_message_older_than_the_inboxs_memory_is_refused() -> None:
    now = new_id().int >> 80
    signer = AUTH
    for days, accepted in ((29, True), (31, False)):
        id = UUID(int=((now - days * 86_400_000) << 80) | (7 << 76) | (2 << 62))
        text, signature = signer.pack("a.b", [item(id=id)])
        if accepted:
            assert signer.unpack(Ping, text, signature)
        else:
            with pytest.raises(Refused, match="too_old"):
                signer.unpack(Ping, text, signature)


@pytest.mark.parametrize("senders", [("membership",), ("auth", "notifier"), ("",)], ids=str)
def test_a_task_has_one_sender_which_the_contract_names(senders: tuple[str]) -> None:
    text, signature = AUTH.pack("a.b", [item(sender=one) for one in senders])
    with pytest.raises(Refused, match="wrong_sender"):
        AUTH.unpack(Ping, text, signature)


@pytest.mark.parametrize("count", [0, 26])
def test_a_task_has_1_to_25_messages(count: int) -> None:
    text, signature = AUTH.pack("a.b", [item() for _ in range(count)])
    with pytest.raises(Refused, match="malformed"):
        AUTH.unpack(Ping, text, signature)


def test_the_text_is_json_with_the_unchanged_body() -> None:
    text, _ = AUTH.pack("a.b", [item(body='{"x":"あ"}')])
    assert json.loads(text)[0]["body"] == '{"x":"あ"}'


ID = UUID("01a20c7c-9595-7800-874a-d9d72585dfdf")


def test_golden_the_wire_form_is_the_same_in_all_releases() -> None:
    """During an upgrade the old and the new release read each other's messages."""
    signer = AUTH
    sent = Item(id=ID, attempt=2, sender="auth", request_id="r-1", body='{"email":"あ@x.example"}')
    assert signer.pack("auth.start_password_reset", [sent]) == (
        '[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":2,"sender":"auth",'
        '"request_id":"r-1","body":"{\\"email\\":\\"あ@x.example\\"}"}]',
        "auth:jtiA9Seu5XnUMkj9uD5b22rp0CJvNY1nnsSUhMbr8GXh1"
        "5naGvjKJN9zOr5Jt8s58sBvarm5MSuNtXZHjgoBCg==",
    )
    span = "00-01a20c7c95957800874ad9d72585dfdf-00f067aa0ba902b7-01"
    traced = sent.model_copy(update={"traceparent": span})
    text, signature = signer.pack("auth.start_password_reset", [traced])
    assert text == (
        '[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":2,"sender":"auth",'
        f'"request_id":"r-1","traceparent":"{span}","body":"{{\\"email\\":\\"あ@x.example\\"}}"}}]'
    )
    assert signer.unpack(StartPasswordReset, text, signature) == [traced]
    receipt = Receipt(ids=(ID,), failed=(Failure(id=ID, attempt=3, code="broken"),))
    assert signer.pack_receipt("auth.confirm_messages", receipt) == (
        '{"ids":["01a20c7c-9595-7800-874a-d9d72585dfdf"],'
        '"failed":[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":3,"code":"broken"}]}',
        "auth:ffb6SX8OzgV2UpgxubLf7E4jxcvGKo5Q1uH5aaC/rhhH5"
        "WSg6i2Gv/nPfQ51KxVR7vHpC6DAwMi3VQRvldHgCg==",
    )
