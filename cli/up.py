"""`zaiseki up`: everything on this machine. It imports the standard library only."""

import argparse
import textwrap
from collections.abc import Sequence

_UP, _ALL = "`zaiseki up`", "`zaiseki`"
_LAW = "The law of the presence check, as auth reads it; all three 0 asks at every sign-in."

SETTINGS = (
    ("PORT", "8080", _UP, "The customers' site, on 127.0.0.1."),
    ("OPERATOR_PORT", "8090", _UP, "The operators' site, on 127.0.0.1."),
    ("MAILBOX_PORT", "8025", _UP, "The mailbox, on 127.0.0.1."),
    ("SMTP_PORT", "1025", _UP, "Where the mailbox takes mails, on 127.0.0.1."),
    ("STATE_DIR", ".zaiseki", _ALL, "Where data, keys and logs lie, and a command finds the run."),
    (
        "DATABASE_URL",
        "",
        _ALL,
        "An owner's, instead of the embedded PostgreSQL: roles and schemas are made by it.",
    ),
    (
        "AUTH_DATABASE_URL, MEMBERSHIP_DATABASE_URL, NOTIFIER_DATABASE_URL",
        "",
        _ALL,
        "A service's own role in its database; without an owner it makes its schema itself.",
    ),
    ("REDIS_URL", "", _UP, "Instead of the embedded Valkey."),
    ("SMTP_URL", "", _UP, "Instead of the mailbox."),
    ("OPERATORS_MAIL", "operators@vendor.test", _UP, "Where mails for the vendor go."),
    (
        "VENDOR_NAME, CONTACT_URL, CONTACT_PHONE",
        "",
        _UP,
        "Whom mails name as 弊社, and how to reach it; a trial's where VENDOR_NAME is not set.",
    ),
    ("PRESENCE_MIN_GAP, PRESENCE_MEAN_GAP, PRESENCE_MAX_GAP", "", _UP, _LAW),
    ("RATE_LIMITS", "on", _UP, "`off` is for trials, and said loudly."),
    ("TIME_ZONE", "Asia/Tokyo", _ALL, "In which days begin and end, where people read them."),
    ("TRIAL_CLOCK", "off", _ALL, "`on` is for trials, and said loudly: `zaiseki clock advance`."),
)
"""What the run reads itself: names, default, who reads it, meaning. It hands the rest on."""


def main(arguments: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM; the exit code."""
    parser = argparse.ArgumentParser(
        prog="zaiseki up",
        description="Run everything on this machine, until Ctrl-C.",
        epilog="settings, from the environment:\n" + "\n".join(map(_described, SETTINGS)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when whoever started it ends"
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
