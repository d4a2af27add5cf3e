"""What the reading process gives up before it opens a stranger's file.

Each step is skipped where the system does not have it: the wall clock and the size of the answer are watched
from outside in any case.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1 << 30
"""Address space beyond what the process has once its libraries are loaded."""
WRITTEN_BYTES = 64 << 20
"""Of one file: a page picture for text recognition is a tenth of it."""

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_DUMPABLE = 4  # PR_SET_DUMPABLE
_NEW_USER = 0x10000000  # CLONE_NEWUSER
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_STARTS_PROCESS = frozenset(
    {"os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"}
)
_ALLOWED_PROGRAMS = frozenset({"tesseract", "tesseract.exe"})


def confine(scratch: Path) -> None:
    """Confines this process for good; only `scratch` stays writable."""
    _die_with_parent()
    _leave_network()
    _limit_resources()
    sys.addaudithook(_Watch(scratch))


def allow_cpu(seconds: int) -> None:
    """Ends this process when it has used so many more CPU seconds."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))


class _Watch:
    """Refuses what Python code asks of the system: network, processes, writing elsewhere."""

    def __init__(self, scratch: Path) -> None:
        self._writable = str(scratch.resolve()) + os.sep

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            self._opening(*args)
        elif event.startswith("socket."):
            raise PermissionError("a reading process has no network")
        elif event in _STARTS_PROCESS:
            raise PermissionError("a reading process starts no other")
        elif event == "subprocess.Popen" and Path(str(args[0])).name not in _ALLOWED_PROGRAMS:
            raise PermissionError(f"a reading process does not start {args[0]!r}")

    def _opening(self, path: object, _mode: object, flags: object) -> None:
        if not isinstance(flags, int) or not flags & _WRITING or isinstance(path, int):
            return
        place = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
        if place != os.devnull and not f"{place}{os.sep}".startswith(self._writable):
            raise PermissionError(f"a reading process does not write to {place!r}")


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource

    wanted = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_AS, _address_space() + MEMORY_BYTES),
    ]
    for kind, value in wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def _address_space() -> int:
    """Bytes of address space in use; a guess where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 1 << 30
    return pages * os.sysconf("SC_PAGE_SIZE")


def _die_with_parent() -> None:
    for libc in _libc():
        parent = os.getppid()
        libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if parent != os.getppid():
            sys.exit(0)


def _leave_network() -> None:
    """A network namespace with nothing in it, where the system lets this user make one."""
    for libc in _libc():
        user, group = os.getuid(), os.getgid()
        if user == 0:
            libc.unshare(_NEW_NETWORK)
        elif libc.unshare(_NEW_USER | _NEW_NETWORK) == 0:
            with contextlib.suppress(OSError):
                Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
                Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
                Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
            # The outside must still see whose process this is, to end what it may leave behind.
            libc.prctl(_DUMPABLE, 1, 0, 0, 0)


def _libc() -> Iterator[Any]:
    if sys.platform == "linux":
        import ctypes

        yield ctypes.CDLL(None, use_errno=True)
