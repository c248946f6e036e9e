"""Linux system calls that the standard library lacks: death signals, namespaces, capabilities.

Most of them are made between fork and exec, so nothing here starts a thread or takes a lock.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534
SUPPORTED = sys.platform == "linux" and hasattr(os, "pidfd_open")

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_SET_CHILD_SUBREAPER = 36
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _prctl(option: int, *values: int) -> None:
    padded = [*values, 0, 0, 0, 0][:4]
    _check(_libc.prctl(option, *(ctypes.c_ulong(value) for value in padded)))


def die_with(parent: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send `number` to this process when `parent` ends or has already ended.

    A change of credentials resets this, so it must be the last call before exec.
    """
    _prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def adopt_orphans() -> None:
    """Make this process the new parent of descendants whose parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def enter_user_namespace() -> None:
    """Become `nobody` in a new user namespace; outside of it, files keep their owner.

    Raises OSError if the machine does not allow it (Docker's default, hardened kernels).
    """
    uid, gid = os.geteuid(), os.getegid()
    _check(_libc.unshare(_CLONE_NEWUSER))
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1", encoding="ascii")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySet(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def drop_to_nobody() -> None:
    """Become `nobody`, keeping only the capability to enter directories that are closed to others.

    Raises OSError if this process may not change its user.
    """
    os.setgroups([])
    os.setgid(NOBODY)
    _prctl(_PR_SET_KEEPCAPS, 1)
    os.setuid(NOBODY)
    mask = 1 << _CAP_DAC_OVERRIDE
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    sets = (_CapabilitySet * 2)(_CapabilitySet(mask, mask, mask), _CapabilitySet(0, 0, 0))
    _check(_libc.capset(ctypes.byref(header), sets))
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE)


SURRENDERS: dict[str, Callable[[], None]] = {
    "enter_user_namespace": enter_user_namespace,
    "drop_to_nobody": drop_to_nobody,
}


def permits(surrender: Callable[[], None]) -> bool:
    """Try in a child process whether a way of giving up root's rights works."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            surrender()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0
