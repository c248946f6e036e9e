"""Freezes one thread of a process by ptrace(2) until the process ends; the others keep running.

    python -m tests.embedded.freezing PID [THREAD]

Without a thread's name it freezes the main thread. Prints a line once the thread is frozen.
"""

import ctypes
import os
import sys
from pathlib import Path

_ATTACH = 16
_WAIT_ALL = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def main() -> None:
    """Attach, and wait: a thread continues when its tracer ends."""
    pid, name = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    thread = _thread(pid, name) if name else pid
    if _libc.ptrace(_ATTACH, thread, None, None) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    os.waitpid(thread, _WAIT_ALL)
    print("frozen", flush=True)
    while os.WIFSTOPPED(os.waitpid(thread, _WAIT_ALL)[1]):
        pass


def _thread(pid: int, name: str) -> int:
    for task in Path(f"/proc/{pid}/task").iterdir():
        if (task / "comm").read_text().strip() == name:
            return int(task.name)
    sys.exit(f"process {pid} has no thread {name}")


if __name__ == "__main__":
    main()
