"""Where a process listens: `unix:/path` behind a gateway on the same machine, or `host:port`."""

from aiohttp import web


def site_of(runner: web.AppRunner, listen: str) -> web.BaseSite:
    """The place that an application is served at."""
    if listen.startswith("unix:"):
        return web.UnixSite(runner, listen.removeprefix("unix:"))
    host, _, port = listen.rpartition(":")
    return web.TCPSite(runner, host.strip("[]"), int(port))
