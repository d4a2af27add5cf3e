"""Builds the one page of a format without pages: text grows, each block becomes one line of it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.load.invisible import split_hidden
from ingest.load.text import storable
from ingest.plans import Line, LineKind, Page

Span = tuple[int, int]
Cell = str | Span | None
"""A cell's text, or where a cell merged with one in an earlier row has it, or None when the cell is merged
with the one before it in its row."""


class PageBuilder:
    """A block (paragraph, heading, item, row) is one `Line`, with any line breaks inside it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []

    def block(
        self,
        text: str,
        kind: LineKind,
        *,
        level: int | None = None,
        size: float = 0.0,
        bold: bool = False,
    ) -> None:
        """Adds a block; a blank one adds nothing."""
        text = text.strip()
        if text:
            start, end = self._add(text, "\n")
            line = Line(start, end, size, bold, kind=kind, heading_level=level)
            self._lines.append(line)

    def label(self, text: str) -> None:
        """Text the program prints but the file does not hold: in the page, outside every line."""
        if text:
            self._add(text, " ")

    def row(self, cells: Sequence[Cell], kind: LineKind, *, bold: bool = False) -> list[Span]:
        """Adds a table row and returns where each column's text is.

        A merged cell is printed once: the columns and rows it reaches into share its span.
        """
        start = self._length
        spans: list[Span] = []
        for cell in cells:
            if isinstance(cell, str):
                spans.append(self._add(cell.strip(), "\t"))
            else:
                spans.append(cell or spans[-1])
        written = [span for span in spans if span[0] >= start and span[0] < span[1]]
        self._end_row()
        if written:
            start, end = written[0][0], written[-1][1]
            self._lines.append(Line(start, end, 0.0, bold, kind=kind, cells=tuple(spans)))
        return spans

    def page(self) -> Page:
        text = storable("".join(self._parts))
        return Page(None, None, text, split_hidden(text, tuple(self._lines)))

    def _add(self, text: str, end: str) -> Span:
        start = self._length
        self._parts += (text, end)
        self._length += len(text) + len(end)
        return start, start + len(text)

    def _end_row(self) -> None:
        if self._parts and self._parts[-1] == "\t":
            self._parts[-1] = "\n"
