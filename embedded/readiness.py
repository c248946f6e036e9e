"""Receives from a part that it is ready or stopping, by the protocol of sd_notify."""

import asyncio
import socket
from pathlib import Path


class ReadySocket:
    """The socket at which a part reports READY=1 and STOPPING=1; a new one for each start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)  # noqa: FBT003 - as it is called
        self._socket.bind(str(path))

    async def heard(self, word: bytes) -> None:
        """Wait until the part has reported this."""
        loop = asyncio.get_running_loop()
        while word not in (await loop.sock_recv(self._socket, 4096)).splitlines():
            pass

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
        self.path.unlink(missing_ok=True)
