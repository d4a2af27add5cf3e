"""Reads documents in a process of its own, which can hang, swell or die without harm to its caller.

The process is started ahead, used again for document after document, and replaced after a number of them
or after any trouble. It speaks lines of JSON: nothing it sends is ever run.
"""

from __future__ import annotations

import mimetypes
import signal
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingest.errors import IngestError
from ingest.load import ocr, outcome, serial
from ingest.load.reading_process import (
    GoneError,
    OverflowingError,
    ReadingProcess,
    SilentError,
)
from ingest.plans import LoadedDocument, Page, Reading

_SPLIT = "split it, or open it in its own program and save it again"
_SAVE_AGAIN = "open it in its own program and save it again"
_CPU_SECONDS = 600
"""Only for a process whose owner is gone or stopped: the wall clock ends all others sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost. Memory is set in `confine.py`, where the process confines itself."""

    seconds: float = 20.0
    seconds_per_megabyte: float = 5.0
    seconds_per_page: float = 0.2
    recognition_seconds_per_page: float = 40.0
    """Added where text recognition is installed: it takes seconds where plain reading takes 0.01."""
    output_bytes: int = 100_000_000
    """A 2,000-page document with all its lines takes about a tenth of it."""
    documents: int = 50
    """After so many the process is replaced: what leaks in a parser stays small."""
    start_seconds: float = 60.0


@dataclass(slots=True)
class _Received:
    """What has come of one document so far."""

    pages: list[Page] = field(default_factory=list)
    of: int = 0

    def kept(self) -> tuple[Page, ...]:
        return tuple(self.pages) if outcome.has_visible_text(self.pages) else ()

    def missing(self) -> tuple[int, ...]:
        """Physical numbers of the pages that never came; none for formats without pages."""
        read = {page.number for page in self.pages}
        if not self.kept() or None in read:
            return ()
        return tuple(number for number in range(1, self.of + 1) if number not in read)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a document was not read to its end."""

    reading: Reading
    what: str
    remedy: str = _SAVE_AGAIN


class Cage:
    """`with Cage() as cage: document = cage.load(path)`.

    `loader` names the function that the process calls, `search` folders to find its module in.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        loader: str = "ingest.load.formats:load",
        search: tuple[Path, ...] = (),
    ) -> None:
        self._limits = limits or Limits()
        self._loader = loader
        self._search = search
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._process: ReadingProcess | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        self._scratch = tempfile.TemporaryDirectory(prefix="hjemmel-", ignore_cleanup_errors=True)
        self._process = self._started()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def load(self, path: Path) -> LoadedDocument:
        """Reads one file; whatever is wrong with it or with its reading is in the outcome."""
        path = path.absolute()
        with self._turn:
            process = self._ready()
            received = _Received()
            found = self._read(process, path, received)
            if isinstance(found, _Trouble) or process.served >= self._limits.documents:
                process.end()
                self._process = self._started()
        return _cut_short(path, received, found) if isinstance(found, _Trouble) else found

    def _started(self) -> ReadingProcess:
        if self._scratch is None:
            raise IngestError("The cage is closed; open it with `with Cage() as cage:`.")
        scratch = Path(self._scratch.name)
        return ReadingProcess(self._loader, scratch, self._search, self._limits.output_bytes)

    def _ready(self) -> ReadingProcess:
        """The process, replaced if it ended while nothing was asked of it."""
        if self._process is not None and not self._process.is_alive:
            self._process.end()
            self._process = None
        self._process = self._process or self._started()
        try:
            self._process.wait_until_ready(self._limits.start_seconds)
        except (SilentError, GoneError) as error:
            self._process.end()
            raise IngestError(
                "The process that reads documents does not start; "
                f"see what `python -m ingest.load.child {self._loader}` says."
            ) from error
        return self._process

    def _read(self, process: ReadingProcess, path: Path, received: _Received) -> LoadedDocument | _Trouble:
        started = heard = time.monotonic()
        per_page = self._seconds_per_page()
        silence = self._seconds_for(path) + per_page
        try:
            process.ask({"path": str(path), "cpu_seconds": _CPU_SECONDS})
            while True:
                allowed = started + silence + received.of * per_page
                record = process.answer(min(heard + silence, allowed))
                heard = time.monotonic()
                found = _understood(record, received)
                if found is not None:
                    return found
        except SilentError:
            what = f"takes longer to read than {heard - started + silence:.0f} seconds"
            return _Trouble(Reading.LIMIT, what, _SPLIT)
        except OverflowingError:
            return _Trouble(Reading.LIMIT, "holds more text than any plan document", _SPLIT)
        except GoneError:
            return _death(process.ended_by())

    def _seconds_for(self, path: Path) -> float:
        try:
            megabytes = path.stat().st_size / 1_000_000
        except OSError:
            megabytes = 0.0
        return self._limits.seconds + megabytes * self._limits.seconds_per_megabyte

    def _seconds_per_page(self) -> float:
        extra = self._limits.recognition_seconds_per_page if ocr.is_available() else 0.0
        return self._limits.seconds_per_page + extra


def _understood(record: dict[str, Any], received: _Received) -> LoadedDocument | _Trouble | None:
    """The outcome, or None when the record was one page of many; nonsense counts as an end."""
    try:
        if "page" in record:
            received.pages.append(serial.page_from_record(record["page"]))
            received.of = int(record["of"])
            return None
        if "out_of_memory" in record:
            return _Trouble(Reading.LIMIT, "needs more than 1 GB of memory to read", _SPLIT)
        if "raised" in record:
            return _Trouble(Reading.REJECTED, f"cannot be read ({record['raised']})")
        pages = tuple(received.pages) if record["keeps_pages"] else ()
        return serial.document_from_record(record["done"], pages)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise GoneError from error


def _death(by: int) -> _Trouble:
    """What the signal that ended the process says; 0 when it simply ended."""
    if by == getattr(signal, "SIGXCPU", -1):
        return _Trouble(Reading.LIMIT, "takes too much processor time to read", _SPLIT)
    if by in (signal.SIGABRT, getattr(signal, "SIGKILL", -1)):
        return _Trouble(Reading.LIMIT, "was given up, most likely for want of memory", _SPLIT)
    what = f"makes its reader fail (signal {by})" if by else "makes its reader fail"
    return _Trouble(Reading.REJECTED, what)


def _cut_short(path: Path, received: _Received, trouble: _Trouble) -> LoadedDocument:
    """What came before the trouble is kept; a reader that failed half way has read a part."""
    pages = received.kept()
    reading = trouble.reading
    if pages and reading is Reading.REJECTED:
        reading = Reading.PARTIAL
    return LoadedDocument(
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        reading=reading,
        pages=pages,
        reason=outcome.reason(path, trouble.what, trouble.remedy),
        unread_pages=received.missing(),
    )
