"""Finds table rows among lines that a PDF prints cell by cell.

A table shows itself by movement: the next piece of text stands to the right and not lower. Text columns
move so once a page, a table several times close together. Rows are put together by columns: a piece that
stands further left than the one before it begins a new row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.plans import Span

Place = tuple[int, float, float, Span, bool]
"""Page index, x, y in points, the line's span, and whether it is a caption, heading or full line of prose."""

_RIGHT = 18.0
"""Points: a smaller step to the right is an indent."""
_SAME_LINE = 3.0
_CELL_LINES = 160.0
"""Points: how far up the next cell may begin after a tall one."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The spans of each cell of a row, left to right; `texts` where the caller has filled them in."""

    spans: tuple[tuple[Span, ...], ...]
    columns: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


def table_rows(places: Sequence[Place]) -> Iterator[tuple[int, int, Cells, bool]]:
    """Rows as (first line, end line, cells, is header), by places in `places`."""
    for first, end in _regions(places):
        columns = _columns(places[first:end])
        if len(columns) < 2:
            continue
        for number, (a, b) in enumerate(_rows(places, first, end, columns)):
            yield a, b, _cells(places[a:b], columns), number == 0


def _moves_right(a: Place, b: Place) -> bool:
    up = b[2] - a[2]
    return a[0] == b[0] and b[1] > a[1] + _RIGHT and -_SAME_LINE <= up <= _CELL_LINES


def _regions(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Stretches with at least three cell movements, no two more than eight lines apart."""
    moves = [i for i in range(len(places) - 1) if _moves_right(places[i], places[i + 1])]
    start = 0
    while start < len(moves):
        stop = start
        while stop + 1 < len(moves) and _near(places, moves[stop], moves[stop + 1]):
            stop += 1
        if stop - start >= 2:
            yield _widen(places, moves[start], moves[stop])
        start = stop + 1


def _near(places: Sequence[Place], a: int, b: int) -> bool:
    between = places[a + 1 : b + 1]
    return b - a <= 8 and places[a][0] == places[b][0] and not any(p[4] for p in between)


def _widen(places: Sequence[Place], first: int, last: int) -> tuple[int, int]:
    """Takes in the wrapped lines of the last row's last cell."""
    end = last + 2
    column = places[last + 1][1]
    while end < len(places) and places[end][0] == places[last][0]:
        lower = places[end - 1][2] - places[end][2]
        if abs(places[end][1] - column) > _SAME_LINE or not 0 < lower < 20:
            break
        end += 1
    return first, end


def _columns(region: Sequence[Place]) -> list[float]:
    """Where columns begin: the left edges that several pieces share."""
    edges = sorted(p[1] for p in region)
    columns: list[float] = []
    for edge in edges:
        if not columns or edge - columns[-1] > _RIGHT:
            columns.append(edge)
    return columns


def _column(x: float, columns: Sequence[float]) -> int:
    return max(i for i, edge in enumerate(columns) if x >= edge - _SAME_LINE)


def _rows(
    places: Sequence[Place], first: int, end: int, columns: Sequence[float]
) -> Iterator[tuple[int, int]]:
    start = first
    for place in range(first + 1, end):
        column = _column(places[place][1], columns)
        before = _column(places[place - 1][1], columns)
        if column < before or (column == before == 0 and _far_below(places, place)):
            yield start, place
            start = place
    yield start, end


def _far_below(places: Sequence[Place], place: int) -> bool:
    return places[place - 1][2] - places[place][2] > 22.0


def _cells(row: Sequence[Place], columns: Sequence[float]) -> Cells:
    cells: dict[int, list[Span]] = {}
    for _, x, _, span, _ in row:
        cells.setdefault(_column(x, columns), []).append(span)
    return Cells(tuple(tuple(cells[c]) for c in sorted(cells)), tuple(sorted(cells)))
