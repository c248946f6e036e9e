"""Where a process listens: `unix:/path` behind a gateway on the same machine, or `host:port`."""

import os

from aiohttp import web

from shared.refusal import Refusal


class CannotListen(Refusal):
    """The address is in use, or not on this machine."""


async def open_site(runner: web.AppRunner, listen: str) -> web.BaseSite:
    """Serve an application at an address.

    Raises:
        CannotListen: It is in use, or not on this machine.
    """
    site = _site(runner, listen)
    try:
        await site.start()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise CannotListen(f"Cannot listen on {listen}: {reason}.") from error
    return site


def _site(runner: web.AppRunner, listen: str) -> web.BaseSite:
    if listen.startswith("unix:"):
        return web.UnixSite(runner, listen.removeprefix("unix:"))
    host, _, port = listen.rpartition(":")
    return web.TCPSite(runner, host.strip("[]"), int(port))
