"""PDF: page by page with pypdf, with pdfium for the pages it cannot read, and text recognition for scans.

One bad page never costs the document, and a page that could not be read is named.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.load import ocr
from ingest.load.outcome import (
    MAX_TEXT_CHARACTERS,
    TRY_AGAIN,
    Emit,
    empty,
    has_visible_text,
    keep_to_self,
    rejected,
)
from ingest.load.pdf_lines import Fonts
from ingest.load.pdf_outline import labels_of, outline_of, title_of
from ingest.load.pdf_page import has_large_picture, read_page
from ingest.load.pdf_speed import quick_pypdf
from ingest.load.pdfium import PasswordNeededError, PdfiumDocument
from ingest.plans import LoadedDocument, OutlineEntry, Page, Reading

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 2_000
_STREAM_BYTES = 20_000_000
"""Of one unpacked stream; pypdf's own limit is 75 MB. A page of text unpacks to far less than 1 MB."""
_STREAM_TOKENS = 1_000_000
"""Numbers, names and operators in one content stream; pypdf's own limit is twice that. A dense page of text
has 30,000; what has more is a drawing, and pdfium gets its text sooner."""
_TAIL_BYTES = 2048


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    second = PdfiumDocument(path)
    try:
        with _guarded_pypdf(), quick_pypdf():
            return _Reading(path, second, emit).document()
    except PasswordNeededError:
        remedy = "save a copy without the password"
        return rejected(path, "is protected by a password", remedy, MEDIA_TYPE)
    finally:
        second.close()


@contextlib.contextmanager
def _guarded_pypdf() -> Iterator[None]:
    """Smaller limits than pypdf's own, and no outside program for pictures."""
    from pypdf import apply_configuration

    with apply_configuration(
        array_based_stream_maximum_output_length=_STREAM_BYTES,
        lzw_maximum_output_length=_STREAM_BYTES,
        run_length_maximum_output_length=_STREAM_BYTES,
        zlib_maximum_output_length=_STREAM_BYTES,
        stream_parsing_work_maximum_count=_STREAM_TOKENS,
        jbig2dec_binary=None,
    ):
        yield


class _Reading:
    """The state of reading one document: what was read, and which pages were not."""

    def __init__(self, path: Path, second: PdfiumDocument, emit: Emit) -> None:
        self._path = path
        self._second = second
        self._emit = emit
        self._reader = _opened(path)
        self._count = _page_count(self._reader)
        if self._count == 0:
            self._reader = None
            self._count = second.page_count()
        self._fonts = Fonts()
        self._pages: list[Page] = []
        self._scanned: list[int] = []
        self._late: list[int] = []
        self._failed: list[int] = []
        self._beyond: list[int] = []

    def document(self) -> LoadedDocument:
        if self._count == 0:
            what = "is damaged, and no page of it can be read"
            return rejected(self._path, what, "get a new copy of it", MEDIA_TYPE)
        outline: tuple[OutlineEntry, ...] = ()
        title: str | None = None
        labels: list[str | None] = [None] * self._count
        if self._reader is not None:
            title, outline = title_of(self._reader), outline_of(self._reader)
            labels = labels_of(self._reader, self._count)
        self._read_pages(labels)
        return replace(self._outcome(), title=title, outline=outline)

    def _read_pages(self, labels: list[str | None]) -> None:
        characters = 0
        for number, label in enumerate(labels, start=1):
            if number > MAX_PAGES or characters > MAX_TEXT_CHARACTERS:
                self._beyond = list(range(number, self._count + 1))
                return
            page = self._page(number, label)
            characters += len(page.text)
            self._pages.append(page)
            self._emit(page, self._count)

    def _page(self, number: int, label: str | None) -> Page:
        """The page by whichever reader gets text from it; blank when none does."""
        page = self._first_try(number, label)
        if page is not None and page.text.strip():
            return page
        page = self._second.page(number, label) or page
        if page is not None and page.text.strip():
            return page
        if page is None:
            self._failed.append(number)
        elif self._has_large_picture(number):
            recognised = ocr.recognise(self._path, (number,)) or {}
            found = recognised.get(number)
            if found is not None:
                return replace(found, label=label)
            (self._late if number in recognised else self._scanned).append(number)
        return Page(number, label, "", ())

    def _first_try(self, number: int, label: str | None) -> Page | None:
        if self._reader is None:
            return Page(number, label, "", ()) if self._second.has_page(number) else None
        try:
            return read_page(self._reader.pages[number - 1], self._reader, number, label, self._fonts)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - damaged pages raise far more than pypdf's own errors
            return None

    def _has_large_picture(self, number: int) -> bool:
        if self._reader is None:
            return self._second.has_picture(number)
        try:
            return has_large_picture(self._reader.pages[number - 1])
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - as above
            return False

    def _outcome(self) -> LoadedDocument:
        unread = tuple(sorted((*self._scanned, *self._late, *self._failed, *self._beyond)))
        if not has_visible_text(self._pages):
            return self._without_text()
        complaints = list(self._complaints())
        return LoadedDocument(
            media_type=MEDIA_TYPE,
            reading=Reading.PARTIAL if complaints else Reading.OK,
            pages=tuple(self._pages),
            reason=f"{self._path.name}: {'. '.join(complaints)}" if complaints else None,
            unread_pages=unread,
        )

    def _without_text(self) -> LoadedDocument:
        if self._scanned:
            return empty(self._path, "is scanned, no text", _scan_remedy(), MEDIA_TYPE)
        if self._late:
            what = f"is scanned, and no page was recognised within {ocr.SECONDS} seconds"
            return empty(self._path, what, TRY_AGAIN, MEDIA_TYPE)
        if self._failed:
            what = "is damaged, and no page of it can be read"
            return rejected(self._path, what, "get a new copy of it", MEDIA_TYPE)
        what = "holds no text (blank, or its letters are drawn as shapes)"
        return empty(self._path, what, "save it as PDF with text, or add the original", MEDIA_TYPE)

    def _complaints(self) -> Iterator[str]:
        if self._scanned:
            yield f"{_named(self._scanned)} scanned, no text; {_scan_remedy()}"
        if self._late:
            yield f"{_named(self._late)} scanned, not recognised within {ocr.SECONDS} seconds; {TRY_AGAIN}"
        if self._failed:
            yield f"{_named(self._failed)} damaged; get a new copy of it"
        if self._beyond:
            yield f"{_named(self._beyond)} left out, it is too long; split it"
        if _is_cut_off(self._path):
            yield "the end of the file is missing; get a new copy of it"


def _opened(path: Path) -> Any:
    """pypdf's reader, or None for a file it cannot open."""
    from pypdf import PdfReader

    try:
        return PdfReader(path)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as in `_Reading._first_try`
        return None


def _page_count(reader: Any) -> int:
    """0 for what pypdf cannot count: damaged, or encrypted in a way that it cannot undo."""
    try:
        return 0 if reader is None else len(reader.pages)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return 0


def _is_cut_off(path: Path) -> bool:
    """Whether the last of the file lacks both marks that end a PDF."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(file.tell() - _TAIL_BYTES, 0))
        tail = file.read().strip(b"\x00 \t\r\n")
    return bool(tail) and b"%%EOF" not in tail and b"startxref" not in tail


def _scan_remedy() -> str:
    if ocr.is_available():
        return "no words were recognised in the picture; add the original document"
    return ocr.REMEDY


def _named(pages: list[int]) -> str:
    """ "page 4 is", "pages 2-5, 9 are"."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    spelled = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"page {spelled} is" if len(pages) == 1 else f"pages {spelled} are"
