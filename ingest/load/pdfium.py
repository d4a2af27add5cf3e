"""The second reader of PDF: pdfium mends what pypdf gives up on."""

from __future__ import annotations

import contextlib
import ctypes
import math
import re
from pathlib import Path
from typing import Any

from ingest.load.invisible import split_hidden
from ingest.load.text import storable, trimmed
from ingest.plans import Line, LineKind, Page

_PASSWORD_ERRORS = (4, 5)
"""A password is needed, or the kind of protection is not known."""
_BOLD_WEIGHT = 600
_SMALLEST = 3.0
_LINE = re.compile(r"[^\n]+")


class PasswordNeededError(Exception):
    """The document opens only with a password."""


class PdfiumDocument:
    """Opened at first use, for most documents never need it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None
        self._failed = False

    def close(self) -> None:
        if self._document is not None:
            self._document.close()

    def page_count(self) -> int:
        """0 when pdfium cannot open the file either."""
        self._open()
        return 0 if self._document is None else len(self._document)

    def page(self, number: int, label: str | None = None) -> Page | None:
        """The page, or None when it cannot be read or has no text."""
        from pypdfium2 import PdfiumError

        page = self._page(number)
        if page is None:
            return None
        with contextlib.closing(page), contextlib.suppress(PdfiumError):
            return _read(page, number, label)
        return None

    def has_page(self, number: int) -> bool:
        page = self._page(number)
        if page is not None:
            page.close()
        return page is not None

    def has_picture(self, number: int) -> bool:
        from pypdfium2 import raw

        page = self._page(number)
        if page is None:
            return False
        with contextlib.closing(page):
            return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None

    def _page(self, number: int) -> Any:
        from pypdfium2 import PdfiumError

        if number > self.page_count():
            return None
        try:
            return self._document[number - 1]
        except PdfiumError:
            return None

    def _open(self) -> None:
        from pypdfium2 import PdfDocument, PdfiumError

        if self._document is not None or self._failed:
            return
        try:
            self._document = PdfDocument(self._path)
        except PdfiumError as error:
            self._failed = True
            if error.err_code in _PASSWORD_ERRORS:
                raise PasswordNeededError(self._path.name) from error


def _read(page: Any, number: int, label: str | None) -> Page | None:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        raw = textpage.get_text_range() if count > 0 else ""
        text = storable(raw.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\u00ad"))
        if not text.strip():
            return None
        lines = tuple(_lines(textpage, text, count))
        return Page(number, label, text, split_hidden(text, lines))
    finally:
        textpage.close()


def _lines(textpage: Any, text: str, count: int) -> list[Line]:
    """Lines with the look of their first letter; a line break is two of pdfium's characters."""
    lines = []
    breaks, counted_to = 0, 0
    for found in _LINE.finditer(text):
        start, end = trimmed(text, *found.span())
        if start == end:
            continue
        breaks += text.count("\n", counted_to, start)
        counted_to = start
        size, bold, x, y = _look(textpage, min(start + breaks, count - 1))
        # A letter that pdfium made up has no size of its own, so one small letter is not enough.
        others = (_look(textpage, min(at + breaks, count - 1))[0] for at in ((start + end) // 2, end - 1))
        tiny = 0 < size < _SMALLEST and all(other < _SMALLEST for other in others)
        kind = LineKind.HIDDEN if tiny else LineKind.UNKNOWN
        lines.append(Line(start, end, size, bold, x, y, kind))
    return lines


def _look(textpage: Any, index: int) -> tuple[float, bool, float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(textpage, index)
    if raw.FPDFText_GetMatrix(textpage, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    bold = raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    return round(size, 2), bold, round(x.value, 1), round(y.value, 1)
