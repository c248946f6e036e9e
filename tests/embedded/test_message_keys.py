"""The keys that sign messages: one for each service, their rotation, and older releases' keys."""

import base64
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from embedded import environment, keys, message_keys
from embedded.environment import Surroundings
from embedded.refusal import Refused
from embedded.settings import SERVICES, read
from embedded.state import StateDirectory
from shared.setting_types import PublicKeys
from tests.signing import public_key

OLD = base64.b64encode(b"o" * 32).decode()


def start(secrets: Path) -> str:
    """Prepare the keys as a run does; the public ones."""
    keys.forget_shared_key(secrets)
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


def test_each_service_has_its_own_key_and_all_public_keys(
    secrets: Path,
) -> None:
    parts = [f"{service}:{public_key(private(secrets, service))}" for service in SERVICES
             if start(secrets)]  # fmt: skip
    assert start(secrets) == " ".join(parts)
    assert len({private(secrets, service) for service in SERVICES}) == 3
    assert not (secrets / keys.MESSAGE_KEYS).exists(), "no two secrets are equal"
    for path in secrets.glob("*-message-key"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_removed_key_is_replaced_and_the_old_one_stays_accepted(
    secrets: Path,
) -> None:
    start(secrets)
    first = public_key(private(secrets, "auth"))
    for _ in range(2):
        before = public_key(private(secrets, "auth"))
        (secrets / keys.message_key("auth")).unlink()
        public = start(secrets)
        assert public.split()[0] == f"auth:{public_key(private(secrets, 'auth'))},{before}"
        assert start(secrets) == public, "another start changes no key"
    assert first not in public, "older keys are removed"


def test_the_shared_key_of_the_previous_release_is_kept_for_one_start(secrets: Path) -> None:
    (secrets / keys.MESSAGE_KEYS).write_text(OLD)
    start(secrets)
    assert keys.read_keys(secrets, keys.MESSAGE_KEYS) == OLD
    start(secrets)
    assert not (secrets / keys.MESSAGE_KEYS).exists()


def test_a_key_of_two_services_is_replaced_for_both(secrets: Path) -> None:
    """Otherwise the setting would name a key twice, and no service would start."""
    start(secrets)
    auth, membership = (secrets / keys.message_key(one) for one in ("auth", "membership"))
    membership.write_text(auth.read_text())
    start(secrets)
    membership.unlink()
    public = start(secrets)
    assert load_public(public)["auth"][0].hex() == decoded(public_key(private(secrets, "auth")))
    auth.unlink()
    assert load_public(start(secrets))


@pytest.mark.parametrize(
    "damaged", ["", "\n", "auth", "auth:", "auth:x membership:AAAA,=", "\u3042:\u3042 auth:\u3042"]
)
def test_damaged_public_keys_are_derived_again_from_the_private_ones(
    secrets: Path, damaged: str
) -> None:
    public = start(secrets)
    (secrets / keys.MESSAGE_PUBLIC_KEYS).write_text(damaged, encoding="utf-8")
    assert start(secrets) == public
    assert load_public(public)


def test_a_file_with_two_private_keys_is_refused_with_its_name(secrets: Path) -> None:
    start(secrets)
    path = secrets / keys.message_key("auth")
    path.write_text(f"{OLD},{OLD}\n")
    with pytest.raises(Refused, match=f"{path} is damaged: it has more than one key."):
        message_keys.write_public(secrets)


def load_public(text: str) -> dict[str, tuple[bytes, ...]]:
    """The public keys, read as a service reads them."""
    return TypeAdapter(PublicKeys).validate_python(text)


def decoded(text: str) -> str:
    return base64.b64decode(text).hex()


def test_no_service_gets_the_private_key_of_another(tmp_path: Path) -> None:
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
