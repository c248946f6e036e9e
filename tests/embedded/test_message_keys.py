"""The keys that sign messages: one for each service, replaced, and those of the release before."""

import base64
from pathlib import Path

import pytest

from embedded import environment, keys, message_keys
from embedded.environment import Surroundings
from embedded.settings import SERVICES, read
from embedded.state import StateDirectory
from tests.signing import public_key

OLD = base64.b64encode(b"o" * 32).decode()


def start(secrets: Path) -> str:
    """What a run does with its keys; the public ones."""
    keys.make_missing(secrets)
    message_keys.write_public(secrets)
    return keys.read_public_keys(secrets)


def private(secrets: Path, service: str) -> str:
    return keys.read_keys(secrets, keys.message_key(service))


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    folder = tmp_path / "secrets"
    folder.mkdir()
    return folder


def test_each_service_has_a_key_of_its_own_and_all_public_halves_are_known(
    secrets: Path,
) -> None:
    parts = [f"{service}:{public_key(private(secrets, service))}" for service in SERVICES
             if start(secrets)]  # fmt: skip
    assert start(secrets) == " ".join(parts)
    assert len({private(secrets, service) for service in SERVICES}) == 3
    assert not (secrets / keys.MESSAGE_KEYS).exists(), "no secret is shared"
    for path in secrets.glob("*-message-key"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_taken_away_is_made_anew_and_the_one_before_stays_known(
    secrets: Path,
) -> None:
    start(secrets)
    first = public_key(private(secrets, "auth"))
    for _ in range(2):
        before = public_key(private(secrets, "auth"))
        (secrets / keys.message_key("auth")).unlink()
        public = start(secrets)
        assert public.split()[0] == f"auth:{public_key(private(secrets, 'auth'))},{before}"
        assert start(secrets) == public, "a further start changes nothing"
    assert first not in public, "of older ones none stays"


def test_what_the_release_before_signed_is_taken_until_the_second_start(secrets: Path) -> None:
    (secrets / keys.MESSAGE_KEYS).write_text(OLD)
    start(secrets)
    assert keys.read_keys(secrets, keys.MESSAGE_KEYS) == OLD
    start(secrets)
    assert not (secrets / keys.MESSAGE_KEYS).exists()


def test_no_service_is_told_the_key_of_another_one(tmp_path: Path) -> None:
    settings = read({"STATE_DIR": str(tmp_path)})
    state = StateDirectory(tmp_path)
    state.secrets.mkdir(parents=True, exist_ok=True)
    (state.secrets / keys.MESSAGE_KEYS).write_text(OLD)
    public = start(state.secrets)
    (state.secrets / keys.MAIL_PUBLIC_KEY).write_text(OLD)
    around = Surroundings(settings, state, {"AUTH_MESSAGE_KEY": OLD, "PATH": "/bin"})
    for service in SERVICES:
        told = environment.service(around, service)
        assert {name for name in told if name.endswith("_MESSAGE_KEY")} == {
            f"{service.upper()}_MESSAGE_KEY"
        }
        assert (told["MESSAGE_PUBLIC_KEYS"], told["MESSAGE_KEYS"]) == (public, OLD)
        others = [private(state.secrets, other) for other in SERVICES if other != service]
        assert not set(others) & set(told.values())
