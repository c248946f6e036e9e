"""The canonical form of a mail address (R4): all spellings of an address are one address."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.addresses import LONGEST, PATTERN, Address, InvalidAddress, mask, parse_domain

LOCAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~.-"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

locals_ = st.text(LOCAL, min_size=1, max_size=64)
labels = st.from_regex(r"[a-z]([a-z0-9]{0,8})", fullmatch=True)
japanese = st.sampled_from(["日本語", "ドメイン", "例え", "ﾄﾞﾒｲﾝ", "株式会社"])
domains = st.lists(st.one_of(labels, japanese), min_size=1, max_size=3).map(
    lambda parts: ".".join([*parts, "jp"])
)


@pytest.mark.parametrize(
    ("text", "mailed", "key"),
    [
        ("Taro.Yamada@Example.JP", "Taro.Yamada@example.jp", "taro.yamada@example.jp"),
        ("  taro@example.jp\t", "taro@example.jp", "taro@example.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp", "taro@example.jp"),
        ("taro@example。jp", "taro@example.jp", "taro@example.jp"),
        ("taro@example.jp.", "taro@example.jp", "taro@example.jp"),
        ("taro@example.jp。", "taro@example.jp", "taro@example.jp"),
        ("taro@example.jp｡", "taro@example.jp", "taro@example.jp"),
        ("taro@日本語.jp", "taro@xn--wgv71a119e.jp", "taro@xn--wgv71a119e.jp"),
        ("taro@XN--WGV71A119E.jp", "taro@xn--wgv71a119e.jp", "taro@xn--wgv71a119e.jp"),
        ("taro+sale@example.co.jp", "taro+sale@example.co.jp", "taro+sale@example.co.jp"),
        ("taro@sub-domain.example.jp", "taro@sub-domain.example.jp", "taro@sub-domain.example.jp"),
    ],
)
def test_r4_spellings_of_one_address_have_one_key(text: str, mailed: str, key: str) -> None:
    address = Address.parse(text)
    assert (address.mailed, address.key) == (mailed, key)
    assert address.domain == key.partition("@")[2]


@pytest.mark.parametrize(
    "text", ["foo.@docomo.ne.jp", ".foo@docomo.ne.jp", "a..b@ezweb.ne.jp", "-a-@softbank.ne.jp"]
)
def test_r3_carriers_unusual_addresses_are_kept_as_they_are(text: str) -> None:
    assert Address.parse(text).mailed == text


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "taro", "taro@", "@example.jp", "taro@jp", "taro@localhost", "taro@example..jp",
        "taro@.example.jp", "taro@-example.jp", "taro@exam ple.jp", "ta ro@example.jp",
        "taro@hanako@example.jp", "太郎@example.jp", '"taro"@example.jp', "taro@[127.0.0.1]",
        "taro@127.0.0.1", "taro@example.jp\nBcc: x@example.jp", "taro\r@example.jp",
        "taro\x00@example.jp", "taro@exam_ple.jp", "taro@example.jp>", "<taro@example.jp",
        "taro,x@example.jp", "a" * 65 + "@example.jp", "a@" + "b" * 64 + ".jp",
        "a@" + ".".join(["b" * 60] * 5) + ".jp", "taro@xn--.jp", "taro@xn--a.jp",
    ],
)  # fmt: skip
def test_an_address_that_no_mail_can_reach_is_refused(text: str) -> None:
    with pytest.raises(InvalidAddress):
        Address.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "tаro@example.jp",  # Cyrillic а
        "adm\u0131n@example.jp",  # dotless i, which a case-insensitive match finds among a to z
        "\u0130nfo@example.jp",
        "taro@ex\u0430mple\u2024.jp.\u202e",
    ],
)
def test_r4_a_local_part_that_only_looks_like_ascii_is_refused(text: str) -> None:
    with pytest.raises(InvalidAddress):
        Address.parse(text)


def test_a_domain_in_another_script_is_another_domain() -> None:
    assert parse_domain("ex\u0430mple.jp") == "xn--exmple-4nf.jp"
    assert parse_domain("example.jp") == "example.jp"
    assert parse_domain("ſtarK.jp") == "stark.jp", "letters that are the same after NFKC"


@given(local=locals_, domain=domains)
def test_r4_reading_a_canonical_address_changes_nothing(local: str, domain: str) -> None:
    address = Address.parse(f"{local}@{domain}")
    assert Address.parse(address.mailed) == address
    assert Address.parse(address.key).key == address.key
    assert address.mailed.partition("@")[0] == local
    assert address.key.isascii()


@given(local=locals_, domain=domains)
def test_r4_case_and_width_make_no_difference(local: str, domain: str) -> None:
    text = f"{local}@{domain}"
    key = Address.parse(text).key
    for spelling in (text.upper(), text.translate(FULL_WIDTH), unicodedata.normalize("NFD", text)):
        assert Address.parse(spelling).key == key


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_an_error(text: str) -> None:
    for candidate in (text, f"taro@{text}", f"{text}@example.jp", f"taro@{text}.jp"):
        try:
            address = Address.parse(candidate)
        except InvalidAddress:
            continue
        assert address.key.isascii()
        assert Address.parse(address.mailed) == address
        assert not any(character.isspace() for character in address.mailed)
        assert not address.domain.endswith(".")


@given(st.from_regex(PATTERN.strip("^$"), fullmatch=True).filter(lambda a: len(a) <= LONGEST))
def test_every_text_that_matches_the_pattern_is_an_address(text: str) -> None:
    assert Address.parse(text).key == text.lower()


@pytest.mark.parametrize(
    ("text", "masked"),
    [("taro@example.jp", "t***@example.jp"), ("@x", "***@x"), ("nothing", "***"), ("", "***")],
)
def test_logs_show_only_the_domain(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("Taro+list@Example.jp", "taro@example.jp"),
        ("ｔａｒｏ＋１＋２＠example.jp", "taro@example.jp"),
        ("taro@example.jp", "taro@example.jp"),
        ("+taro@example.jp", "+taro@example.jp"),
    ],
)
def test_a_plus_part_makes_no_other_mailbox(text: str, mailbox: str) -> None:
    assert Address.parse(text).mailbox == mailbox
