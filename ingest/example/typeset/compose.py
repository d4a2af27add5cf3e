"""Fills pages: pieces in reading order become pages of placed pieces and footnotes.

A page is a stack of bands. A band is either one column as wide as the page or several columns
side by side; columns that end a section are balanced. Lengths are in points, and offsets count
down from the top of the text area.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from reportlab.pdfgen.canvas import Canvas

from ingest.example.typeset.blocks import SourceError

_TOLERANCE = 0.01
# Columns shorter than this at the foot of a page look torn off and start on the next page.
_LEAST_BAND = 60.0


class Piece(Protocol):
    """What can be set: the three calls shared by every flowable of the PDF library."""

    def wrap(self, aW: float, aH: float, /) -> tuple[float, float]:  # noqa: N803
        """Width and height taken when that much is available."""

    def split(self, aW: float, aH: float, /) -> list[Any]:  # noqa: N803
        """Two pieces, the first within the height; empty when it cannot be split."""

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802
        """Draw with the lower left corner at (x, y)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece and how it stands to its neighbours.

    `keep_next` keeps it on the page of the next item; `whole` forbids breaking it; `wide` sets it
    across all columns;
    `mark` is what the page is later looked up by (the number of a heading).
    """

    piece: Piece
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    whole: bool = False
    wide: bool = False
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An item at its place; `width` is that of its column."""

    item: Item
    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A filled page; `notes` are the footnotes mentioned on it."""

    placed: tuple[Placed, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The text area of a page and how it is used.

    `notes_in` tells the footnotes a piece mentions, `notes_height` the room they take.
    """

    width: float
    height: float
    columns: int
    gap: float
    notes_in: Callable[[Piece], tuple[int, ...]]
    notes_height: Callable[[tuple[int, ...]], float]

    @property
    def column_width(self) -> float:
        """Width of one of several columns."""
        return (self.width - self.gap * (self.columns - 1)) / self.columns


def compose(section: Sequence[Item], area: Area) -> list[Page]:
    """Pages of a section, which begins on a page of its own."""
    pages: list[Page] = []
    flow = _kept_wide(section)
    while flow:
        page, flow = _page(flow, area)
        pages.append(page)
    return pages


def _kept_wide(section: Sequence[Item]) -> list[Item]:
    """A heading or caption kept with a wide item is wide itself."""
    flow = list(section)
    for at in range(len(flow) - 2, -1, -1):
        if flow[at].keep_next and flow[at + 1].wide:
            flow[at] = replace(flow[at], wide=True)
    return flow


def _page(flow: list[Item], area: Area) -> tuple[Page, list[Item]]:
    """Fill one page, leaving room for the footnotes mentioned on it.

    Reserving room can move a mention to the next page, so the second filling may need less than
    it reserves, but never more.
    """
    reserve = 0.0
    while True:
        placed, rest = _bands(flow, area, area.height - reserve)
        notes = tuple(dict.fromkeys(n for p in placed for n in area.notes_in(p.item.piece)))
        if (need := area.notes_height(notes)) <= reserve:
            break
        reserve = need
    if not placed:
        raise SourceError(f"a piece is too tall for an empty page: {flow[0].piece!r:.200}")
    return Page(tuple(placed), notes), rest


def _bands(flow: list[Item], area: Area, height: float) -> tuple[list[Placed], list[Item]]:
    placed: list[Placed] = []
    top = 0.0
    while flow:
        end = next((i for i, it in enumerate(flow) if it.wide != flow[0].wide), len(flow))
        gap = max(flow[0].before, area.gap / 2) if placed else 0.0
        band, rest = _band(flow[:end], area, height - top - gap)
        placed += [replace(p, top=p.top + top + gap) for p in band]
        flow = rest + flow[end:]
        if rest:
            break
        top = max(p.top + p.height for p in placed)
    return placed, flow


def _band(flow: list[Item], area: Area, height: float) -> tuple[list[Placed], list[Item]]:
    if flow[0].wide or area.columns == 1:
        return _column(flow, area.width, height)
    if height < _LEAST_BAND:
        return [], flow
    columns, rest = _columns(flow, area, height)
    if rest:
        return columns, rest
    low, high = 0.0, height
    while high - low > 1:
        middle = (low + high) / 2
        trial, left_over = _columns(flow, area, middle)
        if left_over:
            low = middle
        else:
            high, columns = middle, trial
    return columns, []


def _columns(flow: list[Item], area: Area, height: float) -> tuple[list[Placed], list[Item]]:
    placed: list[Placed] = []
    for number in range(area.columns):
        column, flow = _column(flow, area.column_width, height)
        x = number * (area.column_width + area.gap)
        placed += [replace(p, x=x) for p in column]
    return placed, flow


def _column(flow: list[Item], width: float, height: float) -> tuple[list[Placed], list[Item]]:
    """Fill one column; what is kept with the next item goes over with it."""
    placed: list[Placed] = []
    rest = list(flow)
    top = 0.0
    while rest:
        item = rest[0]
        start = top + max(placed[-1].item.after, item.before) if placed else 0.0
        needed = item.piece.wrap(width, height - start)[1]
        if start + needed > height + _TOLERANCE:
            if parts := _halves(item, width, height - start):
                first, rest[0] = parts
                placed.append(_placed(first, start, width))
            break
        placed.append(Placed(item, 0.0, start, width, needed))
        top = start + needed
        rest.pop(0)
    while rest and placed and placed[-1].item.keep_next:
        rest.insert(0, placed.pop().item)
    return placed, rest


def _halves(item: Item, width: float, height: float) -> tuple[Item, Item] | None:
    """The item in two; headings, captions and small tables stay whole."""
    if item.keep_next or item.whole or height <= 0:
        return None
    parts = item.piece.split(width, height)
    if len(parts) != 2:
        return None
    return (
        replace(item, piece=parts[0]),
        replace(item, piece=parts[1], before=0.0, mark=None),
    )


def _placed(item: Item, top: float, width: float) -> Placed:
    return Placed(item, 0.0, top, width, item.piece.wrap(width, 1e6)[1])
