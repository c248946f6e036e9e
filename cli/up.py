"""`zaiseki up`: everything on this machine. It imports the standard library only."""

import argparse
from collections.abc import Sequence

SETTINGS = """\
settings, from the environment:
  PORT, OPERATOR_PORT        the two sites (8080, 8090)
  MAILBOX_PORT, SMTP_PORT    the mailbox (8025, 1025)
  STATE_DIR                  where data, keys and logs lie (.zaiseki)
  DATABASE_URL               an owner's; or one for each service: AUTH_DATABASE_URL, …
  REDIS_URL, SMTP_URL        instead of the embedded Valkey and mailbox
  OPERATORS_MAIL             where mails for the vendor go
  PRESENCE_MIN_GAP, PRESENCE_MEAN_GAP, PRESENCE_MAX_GAP
                             the law of the presence check, in seconds; all 0: at every sign-in
  RATE_LIMITS=off            for trials
  TRIAL_CLOCK=on             for trials: `zaiseki clock advance 13h`
"""


def main(arguments: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM; the exit code."""
    parser = argparse.ArgumentParser(
        prog="zaiseki up",
        description="Run everything on this machine, until Ctrl-C.",
        epilog=SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when whoever started it ends"
    )
    options = parser.parse_args(arguments)

    from embedded import supervisor

    return supervisor.main(with_parent=options.with_parent)
