"""Characters that a reader never sees but a program does: tags and direction overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.plans import Line, LineKind

_SUSPECT = re.compile("[\U000e0000-\U000e007f\u202d\u202e]")
_UNSEEN = re.compile("[\U000e0000-\U000e007f]+|[\u202d\u202e][^\u202c]*\u202c?")
"""Tags are not shown at all; an override shows the text up to its end in another order than it is read.
Embeddings and isolates are left alone: office programs and file dialogs leave them in honest text."""


def split_hidden(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with invisible stretches cut out as HIDDEN lines of their own."""
    if text.isascii() or not _SUSPECT.search(text):
        return lines
    return tuple(part for line in lines for part in _parts(text, line))


def _parts(text: str, line: Line) -> Iterator[Line]:
    content = text[line.start : line.end]
    if line.kind is LineKind.HIDDEN or not _SUSPECT.search(content):
        yield line
    else:
        at = line.start
        for unseen in _UNSEEN.finditer(text, line.start, line.end):
            if text[at : unseen.start()].strip():
                yield _cut(line, at, unseen.start(), line.kind)
            yield _cut(line, unseen.start(), unseen.end(), LineKind.HIDDEN)
            at = unseen.end()
        if text[at : line.end].strip():
            yield _cut(line, at, line.end, line.kind)


def _cut(line: Line, start: int, end: int, kind: LineKind) -> Line:
    cells = tuple((a, b) for a, b in line.cells if start <= a and b <= end)
    hidden = kind is LineKind.HIDDEN
    return Line(
        start=start,
        end=end,
        size=line.size,
        bold=line.bold,
        x=line.x,
        y=line.y,
        kind=kind,
        heading_level=None if hidden else line.heading_level,
        cells=() if hidden else cells,
    )
