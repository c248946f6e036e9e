"""The types of settings: which values they accept, and errors that do not repeat the value."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.setting_types import (
    DatabaseUrl,
    KeyFolder,
    Listen,
    Origin,
    RedisUrl,
    ServiceUrl,
    Wait,
    read_keys,
)

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OTHER = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

GOOD: list[tuple[Any, list[str]]] = [
    (
        Origin,
        ["https://accounts.example.jp", "https://x:8443", "http://localhost:8080",
         "http://127.0.0.1:1", "http://[::1]:8080"],
    ),
    (
        Listen,
        ["127.0.0.1:8081", "0.0.0.0:80", "[::]:8081", "localhost:1", "unix:/run/zaiseki/a.sock"],
    ),
    (
        ServiceUrl,
        ["http://127.0.0.1:8081", "http://auth-api:8081", "https://auth", "unix:/run/a.sock"],
    ),
    (
        DatabaseUrl,
        ["postgresql://u:p@db/x", "postgres://db", "postgresql:///x",
         "postgresql://u:p@a:5432,b:5432/x", "postgresql://u:p%40:w@[::1]:5432/x",
         "postgresql://u:p@/x?host=/run/postgresql"],
    ),
    (
        RedisUrl,
        ["redis://broker", "redis://:p@broker:6379/0", "rediss://u:p@broker", "unix:///run/v.sock",
         "unix://:p@/run/v.sock?db=0"],
    ),
]  # fmt: skip
BAD: list[tuple[Any, list[str]]] = [
    (
        Origin,
        ["localhost:8080", "http://localhost.example.jp", "http://127.0.0.1.example.jp",
         "http://localhost:8080@example.jp", "ftp://localhost", "https://", "https://x/",
         "https://x?y", "//x", "http://[::1", "javascript:alert(1)"],
    ),
    (
        Listen,
        ["8081", ":8081", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:65536", "::1:8081",
         "unix:relative", "http://127.0.0.1:8081", "127.0.0.1:8081 ", "127.0.0.1:8081/"],
    ),
    (
        ServiceUrl,
        ["auth:8081", "unix:a.sock", "ftp://auth", "http://", "http://auth:http", "http://:80"],
    ),
    (
        DatabaseUrl,
        ["host=db", "mysql://secret@db/x", "postgresql://u:secret@db:port/x", "postgresql:db",
         "postgresql://u:secret@[::1/x", "postgresql://u:secret@db℀/x"],
    ),
    (
        RedisUrl,
        ["broker:6379", "redis:///0", "http://secret@broker", "redis://:secret@broker:port",
         "redis://:sec/ret@broker"],
    ),
    (Wait, ["-1", "8.5", "nan", "inf", "2 s"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in GOOD for text in texts])
def test_a_valid_value_is_read(kind: Any, text: str) -> None:
    found = TypeAdapter[Any](kind).validate_python(text)
    assert (found if isinstance(found, str) else found.get_secret_value()) == text


@pytest.mark.parametrize("text", ["0", "0.5", "8"])
def test_a_wait_is_0_to_8_seconds(text: str) -> None:
    assert TypeAdapter(Wait).validate_python(text) == float(text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD for text in texts])
def test_an_invalid_value_is_refused_without_repeating_it(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter[Any](kind).validate_python(text)
    (fault,) = caught.value.errors(include_input=False)
    assert "sec" not in fault["msg"]


def test_keys_of_a_folder_are_read_newest_first(tmp_path: Path) -> None:
    (tmp_path / "2026-01.key").write_text(f"{KEY}\n")
    (tmp_path / "2026-02.key").write_text(OTHER)
    (tmp_path / "README").write_text("no key")
    assert TypeAdapter[Path](KeyFolder).validate_python(tmp_path) == tmp_path
    assert read_keys(tmp_path) == [b"\x01" * 32, b"\0" * 32]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (None, r"has to be a folder with at least one key in a file \*\.key"),
        ("secret", "has a file that is not base64 of 32 bytes, a.key"),
        ("c2VjcmV0", "has a file that is not base64 of 32 bytes, a.key"),
        ("", "has a file that is not base64 of 32 bytes, a.key"),
    ],
)
def test_a_folder_without_valid_keys_is_refused(
    tmp_path: Path, text: str | None, fault: str
) -> None:
    if text is not None:
        (tmp_path / "a.key").write_text(text)
    with pytest.raises(ValidationError, match=fault):
        TypeAdapter[Path](KeyFolder).validate_python(tmp_path)


def test_a_key_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.key").mkdir()
    with pytest.raises(ValueError, match=r"has a file that cannot be read, a\.key: Is a directory"):
        read_keys(tmp_path)
