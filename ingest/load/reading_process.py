"""One reading process as its owner sees it: started, asked, listened to, ended with all it started."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TESSDATA_PREFIX")
"""Nothing else is passed on: keys and passwords live in the environment."""
_MARK = "HJEMMEL_READING"
_SWEEPS = 50


class SilentError(Exception):
    """No answer came in time."""


class OverflowingError(Exception):
    """The answers to one request are larger than allowed."""


class GoneError(Exception):
    """The process has ended, or says what cannot be understood."""


class ReadingProcess:
    def __init__(self, loader: str, scratch: Path, search: tuple[Path, ...], most: int) -> None:
        self._mark = uuid.uuid4().hex
        self._most = most
        self._heard = 0
        self._is_ready = False
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.load.child", loader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=self._environment(scratch, search),
            start_new_session=sys.platform != "win32",
        )
        self.served = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self, seconds: float) -> None:
        """Returns once the process has loaded its libraries; at once from then on."""
        if not self._is_ready and "ready" not in self.answer(time.monotonic() + seconds):
            raise GoneError
        self._is_ready = True

    def ask(self, request: dict[str, Any]) -> None:
        """Raises `GoneError` when there is no one to ask."""
        self._heard = 0
        self.served += 1
        stream = self._process.stdin
        assert stream is not None
        try:
            stream.write(json.dumps(request).encode("ascii") + b"\n")
            stream.flush()
        except OSError as error:
            raise GoneError(str(error)) from error

    def answer(self, deadline: float) -> dict[str, Any]:
        """The next answer, waited for until `deadline` on the monotonic clock."""
        try:
            line = self._answers.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty as error:
            raise SilentError from error
        if line is None:
            raise OverflowingError if self._heard > self._most else GoneError
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise GoneError from error
        if not isinstance(record, dict):
            raise GoneError
        return record

    def ended_by(self) -> int:
        """The signal that ended the process, 0 when it ended by itself; waits for its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return max(-self._process.wait(timeout=2), 0)
        return 0

    def end(self) -> None:
        """Ends the process and whatever it started, at once."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._sweep()
        self._process.wait()
        self._listener.join(timeout=5)
        # A pipe that the listener still reads cannot be closed from here without waiting for it.
        unused = [self._process.stdin, None if self._listener.is_alive() else self._process.stdout]
        for stream in unused:
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            line = stream.readline(self._most + 1)
            self._heard += len(line)
            if not line.endswith(b"\n") or self._heard > self._most:
                self._answers.put(None)
                return
            self._answers.put(line)

    def _sweep(self) -> None:
        """Ends what left the process group, known by the mark that it inherited."""
        for _ in range(_SWEEPS):
            left = list(_marked(self._mark))
            if not left:
                return
            for process in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.01)

    def _environment(self, scratch: Path, search: tuple[Path, ...]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join(map(str, (_ROOT, *search))),
            # A folder of documents may hold a file called `docx.py`: never import from where we are.
            "PYTHONSAFEPATH": "1",
            "TMPDIR": str(scratch),
            "TEMP": str(scratch),
            "OMP_THREAD_LIMIT": "1",
            _MARK: self._mark,
        }


def _marked(mark: str) -> Iterator[int]:
    """Living processes whose environment carries the mark, as far as this user may see."""
    wanted = f"{_MARK}={mark}".encode("ascii")
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # What has ended but is not yet fetched by its parent has an empty environment.
            if wanted in (place / "environ").read_bytes():
                yield int(place.name)
