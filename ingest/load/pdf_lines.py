"""From the pieces in which pypdf tells a page's text to its printed lines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.load.pdf_ink import IDENTITY, Matrix, combined
from ingest.plans import Line, LineKind

_BOLD_NAME = re.compile(r"bold|black|heavy|halvfet|(?:^|[-,+])(?:semi|demi)|-bd|,b$", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_SMALLEST = 3.0
"""Points: smaller text cannot be read."""
_WORD_EDGE = re.compile(r"\s")
_LOOSE_SPACE = re.compile(r"\s*\n[^\S\n]+\n\s*")
"""A space between two words that pypdf told as a line of its own."""
_OTHER_LINE = 0.6
"""Of the type size: how much lower or higher than its neighbour a piece stands that is no raised number."""
_SAME_LINE = 0.1
_LETTER = 0.5
"""Of the type size: the usual width of a letter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as pypdf tells it; `white` and `inkless` are the shares of it not seen."""

    text: str
    cm: Matrix
    tm: Matrix
    font: Any
    size: float
    base: Matrix = IDENTITY
    white: float = 0.0
    inkless: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the page lies: the lower left corner of what is shown, its size and its rotation."""

    left: float = 0.0
    bottom: float = 0.0
    width: float = 612.0
    height: float = 792.0
    rotation: int = 0

    def shown_at(self, x: float, y: float) -> tuple[float, float]:
        """The point as the reader sees it, from the lower left of the page as turned."""
        x, y = x - self.left, y - self.bottom
        if self.rotation == 90:
            return y, self.width - x
        if self.rotation == 180:
            return self.width - x, self.height - y
        if self.rotation == 270:
            return self.height - y, x
        return x, y


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Part of one printed line in one look."""

    start: int
    end: int
    size: float
    bold: bool
    x: float
    y: float
    hidden: bool
    upright: bool
    """Whether it runs from left to right as the page is shown, so that `y` tells its line."""


class Fonts:
    """Whether a font is bold, worked out once per font."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bool, bool]] = {}

    def look(self, font: Any) -> tuple[bool, bool]:
        """Whether it is bold, and whether its size can be trusted (Type 3 fonts set their own)."""
        found = self._known.get(id(font))
        if found is None:
            found = (font, _is_bold(font), font is not None and font.get("/Subtype") != "/Type3")
            self._known[id(font)] = found
        return found[1], found[2]


def lines_of(
    text: str, pieces: Sequence[Piece], sheet: Sheet, fonts: Fonts, *, scan: bool
) -> tuple[Line, ...]:
    """The lines of `text`; `scan`: text without ink is what was recognised in a picture."""
    lines: list[Line] = []
    current: list[_Stretch] = []
    for stretch in _stretches(text, pieces, sheet, fonts, scan=scan):
        if current and _begins_line(text, current[-1], stretch):
            lines.append(_line(current))
            current = []
        current.append(stretch)
    if current:
        lines.append(_line(current))
    return tuple(lines)


def _begins_line(text: str, before: _Stretch, here: _Stretch) -> bool:
    """By the line breaks of the text, and by place where a text layer has too few of them or too many."""
    if here.hidden != before.hidden:
        return True
    between = text[before.end : here.start]
    size = max(before.size, here.size)
    placed = before.upright and here.upright and size > 0
    apart = abs(here.y - before.y)
    if "\n" not in between:
        return placed and apart > _OTHER_LINE * size
    if not placed or apart > _SAME_LINE * size or not _LOOSE_SPACE.fullmatch(between):
        return True
    gap = here.x - before.x - _LETTER * before.size * (before.end - before.start)
    return here.x <= before.x or abs(gap) > size * (1 + 0.1 * (before.end - before.start))


def _stretches(
    text: str, pieces: Sequence[Piece], sheet: Sheet, fonts: Fonts, *, scan: bool
) -> Iterator[_Stretch]:
    for piece, offset in _placed(text, pieces):
        if not piece.text.strip():
            continue
        bold, sized = fonts.look(piece.font)
        matrix = combined(piece.tm, piece.cm)
        if piece.base is not IDENTITY:
            matrix = combined(matrix, piece.base)
        size = abs(piece.size) * math.hypot(matrix[2], matrix[3])
        x, y = sheet.shown_at(matrix[4], matrix[5])
        upright = sheet.rotation == 0 and matrix[0] > 0 and abs(matrix[1]) < 0.01 * matrix[0]
        tiny = sized and size < _SMALLEST
        unseen = 1.0 if tiny else max(piece.white, 0.0 if scan else piece.inkless)
        for start, end, hidden in _split(piece.text, unseen):
            for a, b in _printed(piece.text, start, end):
                look = round(size, 2), bold, round(x, 1), round(y, 1), hidden, upright
                yield _Stretch(offset + a, offset + b, *look)


def _placed(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    """Each piece with its offset; pieces that are not in the text, or not in order, are left out."""
    if "".join(piece.text for piece in pieces) == text:
        at = 0
        for piece in pieces:
            yield piece, at
            at += len(piece.text)
        return
    at = 0
    for piece in pieces:
        found = text.find(piece.text, at) if piece.text.strip() else -1
        if found >= 0:
            yield piece, found
            at = found + len(piece.text)


def _split(text: str, unseen: float) -> Iterable[tuple[int, int, bool]]:
    """The seen and the unseen part; where a piece is both, the unseen part is taken to come last."""
    if unseen <= 0.0:
        return ((0, len(text), False),)
    if unseen >= 1.0:
        return ((0, len(text), True),)
    near = int(len(text) * (1.0 - unseen))
    edge = _WORD_EDGE.search(text, max(near - 1, 0))
    cut = edge.start() if edge else near
    return ((0, cut, False), (cut, len(text), True))


def _printed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts between line breaks, without the white space around them."""
    for part in text[start:end].split("\n"):
        bare = part.strip()
        if bare:
            at = start + part.index(bare)
            yield at, at + len(bare)
        start += len(part) + 1


def _line(stretches: list[_Stretch]) -> Line:
    """One line; its size is that of its longest stretch, and it is bold if most of it is."""
    first = stretches[0]
    if len(stretches) == 1:
        size, bold = first.size, first.bold
    else:
        size = max(stretches, key=lambda stretch: stretch.end - stretch.start).size
        heavy = sum(stretch.end - stretch.start for stretch in stretches if stretch.bold)
        bold = heavy * 2 > sum(stretch.end - stretch.start for stretch in stretches)
    kind = LineKind.HIDDEN if first.hidden else LineKind.UNKNOWN
    return Line(first.start, stretches[-1].end, size, bold, first.x, first.y, kind)


def _is_bold(font: Any) -> bool:
    if font is None:
        return False
    if _BOLD_NAME.search(str(font.get("/BaseFont", ""))):
        return True
    descendants = font.get("/DescendantFonts")
    own = descendants.get_object()[0].get_object() if descendants else font
    descriptor = own.get("/FontDescriptor")
    if descriptor is None:
        return False
    described = descriptor.get_object()
    weight, flags = described.get("/FontWeight", 0), described.get("/Flags", 0)
    heavy = isinstance(weight, (int, float)) and weight >= _BOLD_WEIGHT
    return heavy or (isinstance(flags, int) and bool(flags & _FORCE_BOLD))
