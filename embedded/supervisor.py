"""`zaiseki up`: starts, supervises and stops the embedded run. Standard library only."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping

from embedded import kernel, keys, ports, postgres, settings
from embedded.environment import Surroundings
from embedded.parts import logged
from embedded.refusal import Refused
from embedded.run import STEPS, Run
from embedded.state import StateDirectory
from embedded.terminal import Terminal

_STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_IMPATIENT_AFTER = 1.0
"""Seconds: a second Ctrl-C stops the run immediately only if it comes later than this, because a
terminal can deliver one Ctrl-C twice."""


def main(*, with_parent: bool = False) -> int:
    """Run until SIGTERM, SIGINT, or the end of the terminal (SIGHUP, unless it is ignored).

    Returns 0 after a stop, and 1 if the run could not start or continue; the reason is on the
    terminal.

    With `with_parent` the run also stops when its parent process ends.
    """
    terminal = Terminal()
    try:
        if not kernel.SUPPORTED:
            raise Refused("The embedded run needs Linux; use docker-compose.yml elsewhere.")
        if with_parent:
            kernel.die_with(os.getppid(), signal.SIGTERM)
        kernel.adopt_orphans()
        around = _take_state(os.environ)
        try:
            return asyncio.run(_run(around, terminal))
        finally:
            around.state.release()
    except Refused as refused:
        terminal.failure(refused.sentences)
    except OSError as error:  # a full disk, a folder that was taken away
        terminal.failure([f"{error.filename or 'The run cannot continue'}: {error.strerror}."])
    return 1


def _take_state(environ: Mapping[str, str]) -> Surroundings:
    """Read the settings, lock the state directory, check it, create missing keys, rotate the logs.

    Raises:
        Refused: A setting is invalid, the directory or a port is in use, or a password is missing.
    """
    wanted = settings.read(environ)
    around = Surroundings(wanted, StateDirectory(wanted.state_dir), dict(environ))
    around.state.take()
    try:
        if problems := ports.problems(wanted.listening_ports()):
            raise Refused(*problems)
        _check_owner_password(around)
        keys.forget_shared_key(around.state.secrets)
        keys.make_missing(around.state.secrets)
        around.state.rotate_logs(logged(STEPS))
    except BaseException:
        around.state.release()
        raise
    return around


def _check_owner_password(around: Surroundings) -> None:
    state = around.state
    if not around.settings.embeds_postgres or not postgres.check(state.postgres):
        return
    password = state.secrets / keys.OWNER_PASSWORD
    if not password.exists():
        raise Refused(
            f"{password} is missing, but the database in {state.postgres} was created with it:"
            " put it back, or choose another STATE_DIR."
        )


async def _run(around: Surroundings, terminal: Terminal) -> int:
    _print_title(around, terminal)
    run = Run(around, terminal)
    stopping = _handle_signals(run, terminal)
    starting = asyncio.create_task(run.start())
    waiting = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            _print_addresses(around, terminal)
            await stopping.wait()
        return 0
    finally:
        starting.cancel()
        waiting.cancel()
        await run.stop()
        # The loop's end restores Python's handler of SIGINT; Ctrl-C must print no traceback then.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        terminal.line("zaiseki has stopped.")


def _handle_signals(run: Run, terminal: Terminal) -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    asked_at = 0.0

    def ask(number: signal.Signals) -> None:
        nonlocal asked_at
        if not stopping.is_set():
            asked_at = loop.time()
            stopping.set()
            terminal.line("Stopping …")
        elif number is signal.SIGINT and loop.time() - asked_at > _IMPATIENT_AFTER:
            run.hurry.set()

    for number in _STOPS:
        nohup = number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN
        if not nohup:
            loop.add_signal_handler(number, ask, number)
    return stopping


def _print_title(around: Surroundings, terminal: Terminal) -> None:
    terminal.title(f"zaiseki starts in {around.state.path}")
    if not around.settings.rate_limits:
        terminal.warning(
            "RATE_LIMITS=off: requests are not limited, only wrong passwords and codes."
            " For trials only."
        )
    if around.settings.trial_clock:
        terminal.warning("TRIAL_CLOCK=on: the product's clock can be moved. For trials only.")
    if around.environ.get("PRESENCE_MODE", "").strip() == "off":
        terminal.warning("PRESENCE_MODE=off: sign-ins need no presence check.")


def _print_addresses(around: Surroundings, terminal: Terminal) -> None:
    wanted = around.settings
    terminal.done(f"Ready after {terminal.seconds:.1f} s. Ctrl-C stops it; the data is kept.")
    rows = [
        ("Customers' site", wanted.origin, ""),
        ("Vendor staff's site", wanted.operator_origin, ""),
        ("Mailbox", wanted.mailbox or wanted.smtp_place, "every mail that is sent"),
        ("Logs", str(around.state.logs), ""),
    ]
    terminal.table(rows)
    if wanted.mailbox:
        terminal.line(
            f"  First account: register at {wanted.origin}/register with お客様コード A-1001,"
            " telephone 03-0000-1001 and an address at yamato-shoji.example; its mails are in the"
            " mailbox."
        )
        terminal.line("  Or, in another terminal: .venv/bin/zaiseki demo   fills a sample company.")


if __name__ == "__main__":
    sys.exit(main())
