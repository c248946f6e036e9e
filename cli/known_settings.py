"""Collects all settings: the services' from their classes, and the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from shared.settings import ServiceSettings

GIVEN_ALL_THE_SAME = "REDIS_URL"
"""It has a default only because BROKER_URL and CACHE_URL can be set instead."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, or several with one meaning, as displayed; without a default it is required."""

    name: str
    default: str | None
    readers: str
    meaning: str
    unit: str = ""
    secret: bool = False


CONVENTIONS = (
    Setting(
        "NOTIFY_SOCKET",
        "",
        "every process",
        "The socket to notify when the process is ready (sd_notify).",
    ),
    Setting(
        "ZAISEKI_BY",
        "",
        "`zaiseki`",
        "The handle of the person who runs a command, if `--by HANDLE` is not given; the command's"
        " record has it.",
    ),
    Setting("NO_COLOR", "", "`zaiseki up`", "No colours on the terminal."),
    Setting(
        "LC_ALL, LC_MESSAGES, LANG",
        "",
        "`zaiseki`",
        "The output is in Japanese if the first one that is set begins with `ja`.",
    ),
)
"""Variables that other programs use by the same names."""


def classes() -> "Mapping[str, type[ServiceSettings]]":
    """The settings class of each service."""
    from services.auth.settings import AuthSettings
    from services.membership.settings import MembershipSettings
    from services.notifier.settings import NotifierSettings

    return {"auth": AuthSettings, "membership": MembershipSettings, "notifier": NotifierSettings}


def of_services() -> dict[str, list[Setting]]:
    """The settings of every service, those about the vendor, then each service's own; each is
    listed only once."""
    from shared.settings import ServiceSettings
    from shared.vendor import VendorSettings

    fields = {"Every service": ServiceSettings.model_fields}
    fields |= {"The vendor": VendorSettings.model_fields}
    fields |= {service: settings.model_fields for service, settings in classes().items()}
    shown: set[str] = set()
    sections: dict[str, list[Setting]] = {}
    for title, read in fields.items():
        sections[title] = [_setting(name, read[name]) for name in read if name not in shown]
        shown |= read.keys()
    return sections


def of_the_embedded_run() -> list[Setting]:
    """The settings of `zaiseki up`; other commands find the run by some of them."""
    from cli.up import SETTINGS

    return [Setting(*setting, secret=setting[0].endswith("_URL")) for setting in SETTINGS]


def _setting(field_name: str, field: "FieldInfo") -> Setting:
    from shared.settings import is_secret

    name = field_name.upper()
    required = field.is_required() or name == GIVEN_ALL_THE_SAME
    readers = [name for name, settings in classes().items() if field_name in settings.model_fields]
    return Setting(
        name,
        default=None if required else _shown(field.default),
        readers="all" if len(readers) == len(classes()) else ", ".join(readers),
        meaning=field.description or "",
        unit=_unit(field),
        secret=is_secret(field),
    )


def _shown(default: object) -> str:
    from pydantic import SecretStr

    text = default.get_secret_value() if isinstance(default, SecretStr) else default
    return "" if text in (None, ()) else str(text)


def _unit(field: "FieldInfo") -> str:
    """The unit and the range of a number, or the allowed words."""
    from shared.setting_types import Unit

    units = [mark.name for mark in field.metadata if isinstance(mark, Unit)]
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    least, most = _limit(field, "ge", "min_length"), _limit(field, "le", "max_length")
    if most is not None:
        words = [f"up to {most}" if least is None else f"{least} to {most}"]
    elif least:
        words = [f"{least} or more"]
    return ", ".join(units + words)


def _limit(field: "FieldInfo", *names: str) -> int | None:
    values = (getattr(mark, name, None) for mark in field.metadata for name in names)
    return next((value for value in values if value is not None), None)
