"""Forks workers from a process that has imported everything, so that a new one is ready at once.

A line of JSON on stdin starts a worker and prints its pid. Workers end with this process.
"""

import json
import os
import signal
import sys
from typing import Any

import celery.apps.worker
import celery.concurrency.thread
import celery.worker.consumer
import celery.worker.worker
import kombu.transport.redis

from embedded import kernel
from shared import logging
from shared.messaging import worker
from tests.faults import parcels

_IMPORTED = (celery.apps.worker, celery.concurrency.thread, kombu.transport.redis)


def main() -> None:
    """Fork until stdin is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps ended children
    parent = os.getpid()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            kernel.die_with(parent)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work(**json.loads(line))
        print(pid, flush=True)


def _work(*, log: str, naive: bool, environment: dict[str, str], **of_the_spec: Any) -> None:
    null, file = (
        os.open(os.devnull, os.O_RDWR),
        os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT),
    )
    for target, source in ((0, null), (1, null), (2, file)):
        os.dup2(source, target)
    os.environ.update(environment)
    if naive:
        parcels.be_naive()
    try:
        spec = parcels.spec(**of_the_spec)
        logging.configure(service=spec.service, process="worker")
        worker.run(spec)
    finally:
        sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
