"""What travels through Redis is believed only with our signature over its name and text."""

import json
from uuid import UUID

import pytest

from shared.crypto import new_id
from shared.messaging.envelope import Failure, Item, Receipt, Refused, Signer

CURRENT, PREVIOUS, OTHER = b"c" * 32, b"p" * 32, b"o" * 32


def item(**change: object) -> Item:
    fields = {"id": new_id(), "attempt": 1, "sender": "auth", "request_id": "", "body": "{}"}
    return Item.model_validate({**fields, **change})


def test_what_was_signed_is_read_in_the_order_of_ids() -> None:
    items = [item(), item()]
    text, signature = Signer([CURRENT]).pack("a.b", items[::-1])
    assert Signer([CURRENT]).unpack("a.b", text, signature) == sorted(items, key=lambda i: i.id)


def test_a_previous_key_is_still_accepted_and_a_strange_one_never() -> None:
    text, signature = Signer([PREVIOUS]).pack("a.b", [item()])
    assert Signer([CURRENT, PREVIOUS]).unpack("a.b", text, signature)
    with pytest.raises(Refused, match="bad_signature"):
        Signer([CURRENT, OTHER]).unpack("a.b", text, signature)


def test_another_name_another_text_and_no_text_are_refused() -> None:
    signer = Signer([CURRENT])
    text, signature = signer.pack("a.b", [item()])
    for name, changed, signed in (
        ("a.c", text, signature),
        ("a.b", text.replace('"attempt":1', '"attempt":2'), signature),
        ("a.b", text, signature[:-1]),
        ("a.b", text, ""),
        ("a.b", text, "é"),
    ):
        with pytest.raises(Refused, match="bad_signature"):
            signer.unpack(name, changed, signed)
    for strange in (None, 1, ["x"], {"a": 1}):
        with pytest.raises(Refused, match="malformed"):
            signer.unpack("a.b", strange, signature)


def test_a_receipt_is_no_message_and_a_message_no_receipt() -> None:
    signer = Signer([CURRENT])
    text, signature = signer.pack_receipt("a.b", Receipt(ids=(new_id(),)))
    with pytest.raises(Refused, match="malformed"):
        signer.unpack("a.b", text, signature)
    text, signature = signer.pack("a.b", [item()])
    with pytest.raises(Refused, match="malformed"):
        signer.unpack_receipt("a.b", text, signature)


def test_what_is_older_than_the_inbox_remembers_is_refused() -> None:
    now = new_id().int >> 80
    signer = Signer([CURRENT])
    for days, accepted in ((29, True), (31, False)):
        id = UUID(int=((now - days * 86_400_000) << 80) | (7 << 76) | (2 << 62))
        text, signature = signer.pack("a.b", [item(id=id)])
        if accepted:
            assert signer.unpack("a.b", text, signature)
        else:
            with pytest.raises(Refused, match="too_old"):
                signer.unpack("a.b", text, signature)


def test_the_text_is_json_with_the_body_as_it_was_put() -> None:
    text, _ = Signer([CURRENT]).pack("a.b", [item(body='{"x":"あ"}')])
    assert json.loads(text)[0]["body"] == '{"x":"あ"}'


ID = UUID("01a20c7c-9595-7800-874a-d9d72585dfdf")


def test_golden_what_two_releases_say_to_each_other_does_not_change() -> None:
    """During an upgrade the old release reads what the new one sends, and the other way round."""
    signer = Signer([CURRENT])
    sent = Item(id=ID, attempt=2, sender="auth", request_id="r-1", body='{"email":"あ@x.example"}')
    assert signer.pack("auth.start_password_reset", [sent]) == (
        '[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":2,"sender":"auth",'
        '"request_id":"r-1","body":"{\\"email\\":\\"あ@x.example\\"}"}]',
        "228d31fb10a83cb3a46d723aa1ed02c0c1f84ae870f10ab78f23cfe58ef3ad6c",
    )
    span = "00-01a20c7c95957800874ad9d72585dfdf-00f067aa0ba902b7-01"
    traced = sent.model_copy(update={"traceparent": span})
    text, signature = signer.pack("auth.start_password_reset", [traced])
    assert text == (
        '[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":2,"sender":"auth",'
        f'"request_id":"r-1","traceparent":"{span}","body":"{{\\"email\\":\\"あ@x.example\\"}}"}}]'
    )
    assert signer.unpack("auth.start_password_reset", text, signature) == [traced]
    receipt = Receipt(ids=(ID,), failed=(Failure(id=ID, attempt=3, code="broken"),))
    assert signer.pack_receipt("auth.confirm_messages", receipt) == (
        '{"ids":["01a20c7c-9595-7800-874a-d9d72585dfdf"],'
        '"failed":[{"id":"01a20c7c-9595-7800-874a-d9d72585dfdf","attempt":3,"code":"broken"}]}',
        "04bccff04593d171c29b86c336a6bd728ffff09705689ad4b7f3af2e49edd02d",
    )
