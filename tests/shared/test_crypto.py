"""Ids, digests and sealed boxes."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from nacl.public import PrivateKey

from shared import crypto


def test_an_id_is_a_uuid7_with_the_present_time() -> None:
    """RFC 9562, section 5.7."""
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    id = crypto.new_id()
    assert (id.version, id.variant) == (7, "specified in RFC 4122")
    assert before <= crypto.created_at(id) <= datetime.now(UTC)


def test_the_example_of_the_standard_has_its_time() -> None:
    """RFC 9562, appendix A.6."""
    id = UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    moment = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    assert crypto.created_at(id) == moment
    assert crypto.age(id) > datetime(2026, 1, 1, tzinfo=UTC) - moment


def test_ids_of_a_process_sort_by_creation_and_keep_the_layout() -> None:
    """RFC 9562, section 6.2, method 2; thousands fall into one millisecond."""
    with ThreadPoolExecutor(4) as pool:
        each = list(pool.map(lambda _: [crypto.new_id() for _ in range(5000)], range(4)))
    assert all(ids == sorted(ids) for ids in each)
    ids = [id for part in each for id in part]
    assert len(set(ids)) == 20_000
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}
    varied = 0
    for id in ids:
        varied |= id.int ^ ids[0].int
    assert (varied & ((1 << 80) - 1)).bit_count() == 73, "without version, variant and carry"


def test_after_a_fork_parent_and_child_give_different_ids() -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        made = [str(crypto.new_id())[-17:] + crypto.random_token() for _ in range(20)]
        os.write(writing, "\n".join(made).encode())
        os._exit(0)
    ours = {str(crypto.new_id())[-17:] + crypto.random_token() for _ in range(20)}
    os.waitpid(pid, 0)
    theirs = set(os.read(reading, 65536).decode().split("\n"))
    os.close(reading)
    os.close(writing)
    assert len(theirs) == 20
    assert not ours & theirs


def test_a_token_has_256_bits() -> None:
    assert len(crypto.random_token()) == 43
    assert len({crypto.random_token() for _ in range(1000)}) == 1000


def test_digests_are_sha256_and_hmac() -> None:
    """FIPS 180-4, and the length before each part of an HMAC."""
    assert crypto.sha256("abc").hex() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert crypto.hmac_sha256(b"k", "ab", "c") != crypto.hmac_sha256(b"k", "a", "bc")
    assert crypto.hmac_sha256(b"k", "ab") != crypto.hmac_sha256(b"k", "ab", "")
    assert crypto.hmac_sha256(b"k", "あ").hex() == (
        "dce7206e1e2f2eb63326b28c234785423475f5d76b86db202a9f0a2165894c1f"
    )
    assert crypto.base64url(b"\xfb\xff") == "-_8"


def test_only_the_private_key_opens_a_box_the_newest_or_an_older_one() -> None:
    old, new, other = (PrivateKey.generate() for _ in range(3))
    sealer = crypto.Sealer(bytes(old.public_key))
    sealed = sealer.seal("秘密".encode())
    assert "秘密" not in sealed
    assert sealed != sealer.seal("秘密".encode()), "two boxes of one text differ"
    opener = crypto.Opener([bytes(new), bytes(old)])
    assert opener.open(sealer.key_id, sealed).decode() == "秘密"
    with pytest.raises(crypto.KeyMissing):
        crypto.Opener([bytes(other)]).open(sealer.key_id, sealed)


@pytest.mark.parametrize("damaged", ["", "AAAA", "not base64!", "é"])
def test_a_damaged_box_is_a_value_error(damaged: str) -> None:
    key = PrivateKey.generate()
    sealer = crypto.Sealer(bytes(key.public_key))
    with pytest.raises(ValueError):  # noqa: PT011 - base64 and NaCl word it differently
        crypto.Opener([bytes(key)]).open(sealer.key_id, damaged)
