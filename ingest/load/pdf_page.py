"""One PDF page read with pypdf: its plain text, word for word, and the lines in it."""

from __future__ import annotations

import re
from typing import Any

from ingest.load.invisible import split_hidden
from ingest.load.pdf_ink import Ink
from ingest.load.pdf_lines import Fonts, Piece, Sheet, lines_of
from ingest.load.text import bare_lines, storable
from ingest.plans import Line, Page

_SHOWS_TEXT = re.compile(rb"T[jJ]|Do|['\"]")
_DRAWS_OBJECT = re.compile(rb"\bDo\b")
_ONE = rb"(?:1(?:\.0*)?|0?\.9[89]\d*)"
_ZERO = rb"(?:0(?:\.0*)?|0?\.0[01]\d*)"
_MAY_HIDE = re.compile(
    rb"\b3\s+Tr\b|(?<![\d.])(?:"
    + rb"(?:%b\s+%b\s+%b\s+(?:rg|scn?))|(?:%b\s+(?:g|scn?))" % (_ONE, _ONE, _ONE, _ONE)
    + rb"|(?:%b\s+%b\s+%b\s+%b\s+(?:k|scn?)))\b" % (_ZERO, _ZERO, _ZERO, _ZERO)
)
_EMPTY_WHEN_PACKED = 16
"""Bytes that packing makes of nothing, and some to spare."""
_LARGE_PICTURE = 300_000
"""Pixels; a scanned page has more even at 72 dots per inch, a logo has fewer."""


class DamagedPageError(Exception):
    """A page whose content pypdf takes for nothing although there is some."""


def read_page(page: Any, reader: Any, number: int, label: str | None, fonts: Fonts) -> Page:
    """Raises whatever pypdf raises on a damaged page."""
    contents = _contents(page, reader)
    if contents is None:
        return Page(number, label, "", ())
    data = contents.get_data()
    if not data.strip() and _stored_bytes(page) > _EMPTY_WHEN_PACKED:
        raise DamagedPageError(f"the content of page {number} cannot be unpacked")
    if not _SHOWS_TEXT.search(data):
        return Page(number, label, "", ())
    text, lines = _with_contents(page, contents, fonts)
    return Page(number, label, storable(text), split_hidden(text, lines))


def _with_contents(page: Any, contents: Any, fonts: Fonts) -> tuple[str, tuple[Line, ...]]:
    """Reads with unpacked contents in the page, which pypdf takes as they are: unpacked once, not twice."""
    from pypdf.generic import NameObject

    original = page.raw_get("/Contents")
    page[NameObject("/Contents")] = contents
    try:
        return _read(page, contents.get_data(), fonts)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what only the looks of the text trip over must not cost the text
        page[NameObject("/Contents")] = original
        text = page.extract_text()
        return text, bare_lines(text)
    finally:
        page[NameObject("/Contents")] = original


def has_large_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    return _has_large_picture(resources, depth=3)


def _contents(page: Any, reader: Any) -> Any:
    from pypdf.generic import ArrayObject, ContentStream, StreamObject

    found = page.get("/Contents")
    resolved = None if found is None else found.get_object()
    if not isinstance(resolved, (ArrayObject, StreamObject)):
        return None
    return ContentStream(resolved, reader, "bytes")


def _stored_bytes(page: Any) -> int:
    found = page["/Contents"].get_object()
    streams = [part.get_object() for part in found] if isinstance(found, list) else [found]
    return sum(int(stream.get("/Length", 0)) for stream in streams)


def _read(page: Any, data: bytes, fonts: Fonts) -> tuple[str, tuple[Line, ...]]:
    resources = page.get("/Resources")
    draws_forms = bool(_DRAWS_OBJECT.search(data)) and _has_forms(resources)
    if draws_forms or _MAY_HIDE.search(data):
        return _read_with_ink(page, resources, fonts)
    pieces: list[Piece] = []

    def take(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text:
            pieces.append(Piece(text, cm, tm, font, size))

    text = page.extract_text(visitor_text=take)
    return text, lines_of(text, pieces, _sheet(page), fonts, scan=False)


def _read_with_ink(page: Any, resources: Any, fonts: Fonts) -> tuple[str, tuple[Line, ...]]:
    """As above, with every operator followed: for pages that draw forms or may hide text."""
    pieces: list[Piece] = []
    ink = Ink(resources)

    def take(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text:
            pieces.append(Piece(text, cm, tm, font, size, ink.base, *ink.piece_done()))

    text = page.extract_text(
        visitor_text=take,
        visitor_operand_before=ink.before,
        visitor_operand_after=ink.after,
    )
    sheet = _sheet(page)
    return text, lines_of(text, pieces, sheet, fonts, scan=ink.is_scan(sheet.width * sheet.height))


def _sheet(page: Any) -> Sheet:
    box = page.cropbox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    return Sheet(left, bottom, width, height, page.rotation % 360)


def _objects(resources: Any) -> list[Any]:
    from pypdf.generic import DictionaryObject

    found = None if resources is None else resources.get_object().get("/XObject")
    named = None if found is None else found.get_object()
    if not isinstance(named, DictionaryObject):
        return []
    objects = [drawn.get_object() for drawn in named.values()]
    return [drawn for drawn in objects if isinstance(drawn, DictionaryObject)]


def _has_forms(resources: Any) -> bool:
    return any(drawn.get("/Subtype") == "/Form" for drawn in _objects(resources))


def _has_large_picture(resources: Any, depth: int) -> bool:
    for drawn in _objects(resources):
        if drawn.get("/Subtype") == "/Image":
            width, height = drawn.get("/Width", 0), drawn.get("/Height", 0)
            if width * height >= _LARGE_PICTURE:
                return True
        elif depth and _has_large_picture(drawn.get("/Resources"), depth - 1):
            return True
    return False
