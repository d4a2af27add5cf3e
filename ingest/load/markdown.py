"""Markdown: headings, lists, quotes and pipe tables; front matter is not text.

The page's text is the file as it stands, so that a quote is found in it. The spans leave out the marks that
open a block (`#`, `-`, `>`, `|`) and those around a whole line (`**`, `*`, `_`). A paragraph is one line
here, with its line breaks inside.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.load.invisible import split_hidden
from ingest.load.outcome import Emit, keep_to_self, whole_document
from ingest.load.text import decode, storable, trimmed
from ingest.plans import Line, LineKind, LoadedDocument, Page

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^(?:title|tittel):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_CLOSING_MARKS = re.compile(r"[ \t]#+\Z")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_BULLET = re.compile(r"\s*[-*+][ \t]+")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:[ \t]*")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*\|?\s*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE_ONLY = re.compile(r"\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
_WRAP = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+)(?<=\S)\1$", re.DOTALL)

_Physical = tuple[int, int, str]


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    text = decode(path.read_bytes()).text.replace("\r\n", "\n").replace("\r", "\n")
    text = storable(text)
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    page = Page(None, None, text, split_hidden(text, tuple(_lines(text, front))))
    emit(page, 1)
    name = title[1].strip("\"'") if title else None
    return whole_document(path, "text/markdown", page, title=name)


def _lines(text: str, front: re.Match[str] | None) -> list[Line]:
    start = front.end() if front else 0
    hidden = [found.span() for found in _COMMENT.finditer(text, start)]
    blank = _blanked(text, hidden)
    found = [*_blocks(blank, start), *(Line(a, b, kind=LineKind.HIDDEN) for a, b in hidden)]
    return sorted(found, key=lambda line: line.start)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, same length, with the spans blanked out but their line breaks kept."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (text[at:start], re.sub(r"[^\n]", " ", text[start:end]))
        at = end
    return "".join(parts) + text[at:]


def _physical(text: str, start: int) -> list[_Physical]:
    lines, at = [], start
    for line in text[start:].split("\n"):
        lines.append((at, at + len(line), line))
        at += len(line) + 1
    return lines


def _blocks(text: str, start: int) -> list[Line]:
    """One pass over the physical lines; each block takes as many of them as belong to it."""
    lines = _physical(text, start)
    found: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at][2]
        if not line.strip() or _RULE.match(line) or _PICTURE_ONLY.match(line):
            at += 1
            continue
        if _FENCE.match(line):
            block, at = _fenced(lines, at)
        elif _HEADING.match(line):
            block, at = [_heading(lines[at])], at + 1
        elif _ROW.match(line):
            block, at = _table(lines, at)
        else:
            block, at = _paragraph(text, lines, at)
        found += block
    return found


def _heading(line: _Physical) -> Line:
    found = _HEADING.match(line[2])
    assert found is not None
    start, end = trimmed(line[2], *found.span(2))
    closing = _CLOSING_MARKS.search(line[2], start, end)
    start, end = _unwrapped(line[2], *trimmed(line[2], start, closing.start() if closing else end))
    return Line(
        line[0] + start,
        line[0] + end,
        bold=True,
        kind=LineKind.HEADING,
        heading_level=len(found[1]),
    )


def _fenced(lines: list[_Physical], at: int) -> tuple[list[Line], int]:
    """A fenced block is kept line by line: what it means is not ours to say."""
    opening = _FENCE.match(lines[at][2])
    assert opening is not None
    end = at + 1
    while end < len(lines) and not lines[end][2].strip().startswith(opening[1]):
        end += 1
    inside = [Line(a, b) for a, b, line in lines[at + 1 : end] if line.strip()]
    return inside, end + 1


def _table(lines: list[_Physical], at: int) -> tuple[list[Line], int]:
    end = at
    while end < len(lines) and _ROW.match(lines[end][2]):
        end += 1
    has_header = end > at + 1 and _DELIMITER.match(lines[at + 1][2])
    rows = []
    for place, line in enumerate(lines[at:end]):
        if has_header and place == 1:
            continue
        kind = LineKind.TABLE_HEADER if has_header and place == 0 else LineKind.TABLE_ROW
        rows += _row(line, kind)
    return rows, end


def _row(line: _Physical, kind: LineKind) -> list[Line]:
    """The row from its first cell's text to its last; an empty cell is an empty span."""
    start, _, content = line
    cells = []
    at = content.index("|") + 1
    while at < len(content.rstrip()):
        found = _CELL.match(content, at)
        assert found is not None
        cells.append(trimmed(content, *found.span()))
        at = found.end() + 1
    filled = [cell for cell in cells if cell[0] < cell[1]]
    if not filled:
        return []
    spans = tuple((start + a, start + b) for a, b in cells)
    return [Line(start + filled[0][0], start + filled[-1][1], kind=kind, cells=spans)]


def _paragraph(text: str, lines: list[_Physical], at: int) -> tuple[list[Line], int]:
    end = at + 1
    while end < len(lines) and not _opens_block(lines[end][2]):
        end += 1
    level = 0
    if end < len(lines) and (mark := _UNDERLINE.match(lines[end][2])):
        level = 1 if mark[1].startswith("=") else 2
    start, stop = lines[at][0], lines[end - 1][1]
    kind, skip = _kind_of(lines[at][2])
    start, stop = trimmed(text, start + skip, stop)
    inner = _unwrapped(text, start, stop)
    bold = inner != (start, stop) and text.startswith(("**", "__"), start)
    if level:
        line = Line(*inner, bold=True, kind=LineKind.HEADING, heading_level=level)
        return [line], end + 1
    return [Line(*inner, bold=bold, kind=kind)], end


def _opens_block(line: str) -> bool:
    blocks = (_HEADING, _ITEM, _ROW, _FENCE, _RULE, _FOOTNOTE, _UNDERLINE)
    return not line.strip() or any(block.match(line) for block in blocks)


def _kind_of(line: str) -> tuple[LineKind, int]:
    """What the line opens, and how many characters of marks to leave out.

    A number stays in: it is printed, and other texts refer to it.
    """
    if note := _FOOTNOTE.match(line):
        return LineKind.FOOTNOTE, note.end()
    if _ITEM.match(line):
        bullet = _BULLET.match(line)
        return LineKind.LIST_ITEM, bullet.end() if bullet else 0
    quote = _QUOTE.match(line)
    return LineKind.PARAGRAPH, quote.end() if quote else 0


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span inside marks of emphasis that go round the whole of it."""
    content = text[start:end]
    found = _WRAP.match(content)
    if not found or found[1] in found[2]:
        return start, end
    return start + found.start(2), start + found.end(2)
