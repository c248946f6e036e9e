"""Imports the product once and forks each Python part, which saves startup time and memory.

No thread, event loop or connection exists before a fork; each part creates its own.
"""

import gc
import importlib
import json
import os
import selectors
import socket
import sys
from dataclasses import dataclass
from typing import NoReturn

import setproctitle

from embedded import kernel
from embedded.settings import SERVICES

_PRELOADED = (
    "embedded.first_start",
    "embedded.mailbox.app",
    "embedded.preparation",
    *(f"services.{name}.{process}" for name in SERVICES for process in ("app", "worker")),
    # Modules that a Celery worker imports only when it starts.
    "celery.apps.worker",
    "celery.concurrency.thread",
    "celery.worker.consumer",
    "celery.worker.strategy",
    "celery.worker.worker",
    "kombu.transport.redis",
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order to fork: `target` is `module:function`."""

    name: str
    target: str
    environment: dict[str, str]
    log: str


class Spawner:
    """Forks on command, and reports each fork and each end to the supervisor."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)
        self._unread = b""

    def run(self) -> None:
        """Work until the other end closes; the forked processes end with this one."""
        self._say({"ready": True})
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is not self._control:
                    self._bury(key.fd, key.data)
                elif received := self._control.recv(1 << 16):
                    self._obey(received)
                else:
                    return

    def _obey(self, received: bytes) -> None:
        *lines, self._unread = (self._unread + received).split(b"\n")
        for line in lines:
            match json.loads(line):
                case {"ask": question}:
                    self._say({"well": question})
                case order:
                    self._fork(Order(**order))

    def _fork(self, order: Order) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._forget()
            _become(order, parent)
        self._selector.register(os.pidfd_open(pid), selectors.EVENT_READ, pid)
        self._say({"name": order.name, "pid": pid})

    def _bury(self, descriptor: int, pid: int) -> None:
        self._selector.unregister(descriptor)
        os.close(descriptor)
        self._say({"ended": pid, "status": os.waitpid(pid, 0)[1]})

    def _say(self, message: dict[str, object]) -> None:
        self._control.sendall(json.dumps(message).encode() + b"\n")

    def _forget(self) -> None:
        for key in list(self._selector.get_map().values()):
            os.close(key.fd)
        self._selector.close()
        self._control.detach()


def _become(order: Order, parent: int) -> NoReturn:
    code = 1
    try:
        _prepare(order, parent)
        module, _, function = order.target.partition(":")
        getattr(importlib.import_module(module), function)()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        if isinstance(leaving.code, str):
            print(leaving.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())  # a part that logs lines converts it to one
    finally:
        sys.stderr.flush()
        os._exit(code)


def _prepare(order: Order, parent: int) -> None:
    os.setsid()
    kernel.die_with(parent)
    log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.environ.clear()
    os.environ.update(order.environment)
    setproctitle.setproctitle(f"zaiseki: {order.name}")


def main() -> None:
    """Import everything, then serve the socket whose number is the only argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    setproctitle.setproctitle("zaiseki: spawner")
    for module in _PRELOADED:
        importlib.import_module(module)
    threads = os.listdir("/proc/self/task")
    assert len(threads) == 1, f"an import started a thread: {len(threads)}"
    gc.collect()
    gc.freeze()
    Spawner(control).run()


if __name__ == "__main__":
    main()
