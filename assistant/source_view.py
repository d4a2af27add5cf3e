"""A cited page as a reader sees it, with the quoted words marked where they stand.

Two readings of one PDF never agree on white space and hyphens, so a quote is looked up with both
taken away; what is marked is always the page's own characters.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ingest.fold import fold

if TYPE_CHECKING:
    import pypdfium2

    from ingest.plans import WordBox

Found = Literal["whole", "part", "none"]
Span = tuple[int, int]

_PDFIUM = threading.Lock()
"""pdfium keeps global state: one thread at a time, for every document."""
_SCALE = 2.0
"""Pixels per point: sharp at 200 % zoom on a phone."""
_MOST_PIXELS = 2_400
"""Along either side; a page that claims to be a poster is drawn smaller."""
_FINE = 1_000_000
"""Device units a page is divided in while boxes are placed; pdfium rounds to whole units."""
_LEAST_RUN = 20
"""Letters; a shorter run of a quote stands in too many places to be marked alone."""
_IGNORED = frozenset(" -\u2010\u2011\ufffe\u0002")
_SAME_LINE = 0.5
"""Share of the lower height that two characters overlap by when they stand on one line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A marked rectangle, as fractions of the page as it is shown; the origin is top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Marking:
    """Where a quote stands in a text, as offsets in reading order of the quote."""

    spans: tuple[Span, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not; joined they give the text back."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a PDF: `width` and `height` in points as shown, rotation applied."""

    number: int
    count: int
    width: float
    height: float
    text: str
    marking: Marking
    boxes: tuple[Box, ...]


def mark(text: str, quote: str) -> Marking:
    """The quote as one stretch of `text`, or else those parts of it that stand there."""
    letters, origin = _bare(text)
    wanted, _ = _bare(quote)
    if not wanted:
        return Marking((), "none")
    at = letters.find(wanted)
    if at >= 0:
        return Marking(((origin[at], origin[at + len(wanted) - 1] + 1),), "whole")
    spans, matched = _runs(letters, origin, [_bare(word)[0] for word in quote.split()])
    if not spans:
        return Marking((), "none")
    return Marking(tuple(spans), "whole" if matched == len(wanted) else "part")


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """`text` cut at the spans; overlapping spans are joined."""
    cut: list[Piece] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            cut.append(Piece(text[at:start], marked=False))
        if end > max(start, at):
            cut.append(Piece(text[max(start, at) : end], marked=True))
        at = max(at, end)
    if at < len(text):
        cut.append(Piece(text[at:], marked=False))
    return tuple(cut)


def pdf_view(path: Path, number: int, quote: str) -> PageView | None:
    """The page `number` (1-based) with the quote marked; None where there is no such page to be read."""
    with _PDFIUM, _opened(path) as document:
        count = len(document)
        if not 1 <= number <= count:
            return None
        around = {
            near: _characters(document[near - 1])
            for near in (number - 1, number, number + 1)
            if 1 <= near <= count
        }
        text = around[number]
        marking = _mark_across(around.get(number - 1, ""), text, around.get(number + 1, ""), quote)
        page = document[number - 1]
        width, height = page.get_size()
        boxes = tuple(box for span in marking.spans for box in _boxes(page, text, span))
    return PageView(number, count, width, height, text, marking, boxes)


def recognised_boxes(words: Sequence[WordBox], spans: Sequence[Span]) -> tuple[Box, ...]:
    """One box for each line of a scanned page that the spans cover, from where its words were recognised."""
    lines: list[tuple[float, float, float, float]] = []
    for word in words:
        if not any(start < word.end and word.start < end for start, end in spans):
            continue
        corner = (word.left, word.top, word.left + word.width, word.top + word.height)
        if lines and _on_one_line(lines[-1], corner):
            line = lines[-1]
            lines[-1] = (line[0], min(line[1], corner[1]), corner[2], max(line[3], corner[3]))
        else:
            lines.append(corner)
    return tuple(Box(left, top, right - left, bottom - top) for left, top, right, bottom in lines)


def page_png(path: Path, number: int) -> bytes | None:
    """The page as a picture; None where there is no such page."""
    return _drawn(path, path.stat().st_mtime_ns, number)


@lru_cache(maxsize=32)
def _drawn(path: Path, changed: int, number: int) -> bytes | None:  # noqa: ARG001 - part of the cache key
    with _PDFIUM, _opened(path) as document:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        scale = min(_SCALE, _MOST_PIXELS / max(*page.get_size(), 1.0))
        picture = page.render(scale=scale).to_pil()
    out = io.BytesIO()
    picture.convert("RGB").quantize(256).save(out, "PNG", optimize=False)
    return out.getvalue()


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument | tuple[()]]:
    """The document; one without pages where pdfium cannot open it (damaged, or under a password)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield ()
        return
    try:
        yield document
    finally:
        document.close()


def _characters(page: pypdfium2.PdfPage) -> str:
    """The page's text with exactly one letter per pdfium character, so that indexes agree."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    codes = (raw.FPDFText_GetUnicode(textpage, at) for at in range(textpage.count_chars()))
    return "".join(chr(code) if 0 < code < 0xD800 or code > 0xDFFF else " " for code in codes)


def _mark_across(before: str, text: str, after: str, quote: str) -> Marking:
    """Marks a quote that may begin on the page before or go on on the page after."""
    here = mark(text, quote)
    if here.found == "whole":
        return here
    start, end = len(before) + 1, len(before) + 1 + len(text)
    joined = mark(f"{before}\n{text}\n{after}", quote)
    if joined.found != "whole":
        return here
    inside = tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in joined.spans if a < end and b > start
    )
    return Marking(inside, "part") if inside else here


def _bare(text: str) -> tuple[str, list[int]]:
    """The folded letters without white space and hyphens, and where each came from."""
    folded = fold(text)
    kept = [at for at, letter in enumerate(folded.text) if letter not in _IGNORED]
    return "".join(folded.text[at] for at in kept), [folded.origin[at] for at in kept]


def _runs(letters: str, origin: list[int], words: list[str]) -> tuple[list[Span], int]:
    """The longest runs of the quote's words that stand in the text, and the letters they have together.

    A footnote's number or a table's rule between two words breaks a quote into runs.
    """
    spans: list[Span] = []
    together = 0
    first = 0
    while first < len(words):
        run, at, last = words[first], -1, first
        while (here := letters.find(run)) >= 0:
            at, last = here, last + 1
            if last >= len(words):
                break
            run += words[last]
        matched = "".join(words[first:last])
        if at >= 0 and len(matched) >= _LEAST_RUN:
            spans.append((origin[at], origin[at + len(matched) - 1] + 1))
            together += len(matched)
            first = last
        else:
            first += 1
    return spans, together


def _boxes(page: pypdfium2.PdfPage, text: str, span: Span) -> list[Box]:
    """One box for each line that the span covers."""
    textpage = page.get_textpage()
    lines: list[tuple[float, float, float, float]] = []
    for at in range(*span):
        if text[at].isspace() or text[at] in _IGNORED - {"-"}:
            continue
        corner = _shown(page, textpage.get_charbox(at))
        if lines and _on_one_line(lines[-1], corner):
            line = lines[-1]
            lines[-1] = (
                min(line[0], corner[0]),
                min(line[1], corner[1]),
                max(line[2], corner[2]),
                max(line[3], corner[3]),
            )
        else:
            lines.append(corner)
    return [
        Box(left, top, right - left, bottom - top)
        for left, top, right, bottom in lines
        if right > left and bottom > top
    ]


def _shown(
    page: pypdfium2.PdfPage, corners: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Page coordinates to (left, top, right, bottom) as shown: crop box and rotation applied."""
    left, bottom, right, top = corners
    first, second = _device(page, left, bottom), _device(page, right, top)
    xs, ys = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return xs[0], ys[0], xs[1], ys[1]


def _device(page: Any, x: float, y: float) -> tuple[float, float]:
    from ctypes import byref, c_int

    from pypdfium2 import raw

    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, byref(across), byref(down))
    return across.value / _FINE, down.value / _FINE


def _on_one_line(line: tuple[float, float, float, float], corner: tuple[float, float, float, float]) -> bool:
    """Text that stands upright: letters that overlap in height and do not jump back."""
    overlap = min(line[3], corner[3]) - max(line[1], corner[1])
    least = min(line[3] - line[1], corner[3] - corner[1])
    return overlap > _SAME_LINE * least and corner[2] >= line[0]
