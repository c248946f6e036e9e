"""`zaiseki up`: everything on this machine. It imports the standard library only."""

import argparse
import textwrap
from collections.abc import Sequence

_UP, _ALL = "`zaiseki up`", "`zaiseki`"
_LAW = "The gaps between presence checks, as auth reads them; all three 0: at every sign-in."

SETTINGS = (
    ("PORT", "8080", _UP, "The customers' site, on 127.0.0.1."),
    ("OPERATOR_PORT", "8090", _UP, "The vendor staff's site, on 127.0.0.1."),
    ("MAILBOX_PORT", "8025", _UP, "The mailbox, on 127.0.0.1."),
    ("SMTP_PORT", "1025", _UP, "The mailbox's SMTP server, on 127.0.0.1."),
    ("STATE_DIR", ".zaiseki", _ALL, "Data, keys and logs; commands find the run there."),
    (
        "DATABASE_URL",
        "",
        _ALL,
        "A PostgreSQL to use instead of the embedded one, as a role that may create roles and"
        " schemas.",
    ),
    (
        "AUTH_DATABASE_URL, MEMBERSHIP_DATABASE_URL, NOTIFIER_DATABASE_URL",
        "",
        _ALL,
        "A service's database as its own role; without DATABASE_URL it creates its schema itself.",
    ),
    ("REDIS_URL", "", _UP, "A Redis or Valkey to use instead of the embedded one."),
    ("SMTP_URL", "", _UP, "A mail server to use instead of the mailbox."),
    ("OPERATORS_MAIL", "operators@vendor.test", _UP, "The address for mails to the vendor."),
    (
        "VENDOR_NAME, CONTACT_URL, CONTACT_PHONE",
        "",
        _UP,
        "The company that 弊社 means in mails and on pages, and how to reach it; trial values if"
        " VENDOR_NAME is not set.",
    ),
    ("PRESENCE_MIN_GAP, PRESENCE_MEAN_GAP, PRESENCE_MAX_GAP", "", _UP, _LAW),
    ("RATE_LIMITS", "on", _UP, "`off` is for trials; startup prints a warning."),
    ("TIME_ZONE", "Asia/Tokyo", _ALL, "The time zone of days and times that people type or read."),
    (
        "TRIAL_CLOCK",
        "off",
        _ALL,
        "`on` enables `zaiseki clock advance`, for trials; startup prints a warning.",
    ),
)
"""Settings that the run reads itself: names, default, reader, meaning. It passes the others on."""


def main(arguments: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="zaiseki up",
        description="Run everything on this machine, until Ctrl-C.",
        epilog="settings, from the environment:\n" + "\n".join(map(_described, SETTINGS)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when the parent process ends"
    )
    options = parser.parse_args(arguments)

    from embedded import supervisor

    return supervisor.main(with_parent=options.with_parent)


def _described(setting: tuple[str, str, str, str]) -> str:
    names, default, _, meaning = setting
    text = f"{meaning} [{default}]" if default else meaning
    indent = " " * 6
    text = textwrap.fill(text.replace("`", ""), initial_indent=indent, subsequent_indent=indent)
    return f"  {names}\n{text}"
