"""The blocks a source is made of, and how they are read from its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass


class SourceError(Exception):
    """A source that cannot be set; the message names the source, the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line end in `text` is printed as a line break."""

    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; `marker` is as written ("-", "2.", "a)"), `depth` is 0 for the outer list."""

    marker: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; every row has as many cells as the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart in a box."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents stands here."""


Block = Heading | Paragraph | ListItem | Table | Box | PageBreak | Contents

# "1. juli 2026 ..." at the start of a line is a date, not the first item of a list.
_MONTH = r"(?:jan|feb|mar|apr|mai|maj|may|jun|jul|aug|sep|okt|oct|nov|des|dec)\w*\b"
_ITEM = re.compile(
    rf"^(?P<indent>\s*)(?P<marker>[-•]|\d{{1,2}}[.)](?!\s+{_MONTH})|[a-zæøåäö]\))\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(#{1,4})\s+(.+?)\s*$")
_CAPTION = re.compile(r"^(?:Tabell|Table|Tabel)\s+[\w.]*\w\s*[:.]\s*\S", re.IGNORECASE)
_COMMANDS: dict[str, Block] = {r"\pagebreak": PageBreak(), r"\toc": Contents()}
_OPENINGS = ("|", ">", "\\", "#")
_NOTE = re.compile(r"^\[\^(\w+)\]:\s*(.*)$")
_DELIMITER_CELL = re.compile(r"^:?-+:?$")


def take_notes(name: str, text: str) -> tuple[dict[str, str], str]:
    """Footnote texts by mark, and the text without them; a note may run over several lines."""
    notes: dict[str, str] = {}
    kept: list[str] = []
    current: str | None = None
    for line in text.splitlines():
        if match := _NOTE.match(line):
            current = match[1]
            if current in notes:
                raise SourceError(f"{name}: footnote {current!r} is given twice; renumber one")
            notes[current] = match[2].strip()
        elif current is not None and line.strip() and not line.startswith(_OPENINGS):
            notes[current] += " " + line.strip()
        else:
            current = None
            kept.append(line)
    return notes, "\n".join(kept)


def read_blocks(name: str, text: str, *, on_cover: bool = True) -> list[Block]:
    """Blocks in order; line ends are kept only on the cover, before the first break or heading."""
    lines = text.splitlines()
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block, at = _read_block(name, lines, at, keep_lines=on_cover)
        if isinstance(block, PageBreak | Contents) or (isinstance(block, Heading) and block.level > 1):
            on_cover = False
        blocks.append(_captioned(blocks, block) if isinstance(block, Table) else block)
    return blocks


def _read_block(name: str, lines: list[str], at: int, *, keep_lines: bool) -> tuple[Block, int]:
    """The block that begins on the line, and the line after it."""
    line = lines[at]
    if line.startswith("|"):
        end = _run_end(lines, at, "|")
        return _table(name, lines[at:end], at), end
    if line.startswith(">"):
        end = _run_end(lines, at, ">")
        inner = "\n".join(quoted[1:].removeprefix(" ") for quoted in lines[at:end])
        return Box(tuple(read_blocks(name, inner, on_cover=keep_lines))), end
    if match := _ITEM.match(line):
        text, end = _joined(lines, at, first=match["text"], keep_lines=False)
        return ListItem(match["marker"], text, len(match["indent"].expandtabs(4)) // 2), end
    if block := _one_line_block(name, line):
        return block, at + 1
    text, end = _joined(lines, at, first=line, keep_lines=keep_lines)
    return Paragraph(text), end


def _one_line_block(name: str, line: str) -> Block | None:
    if line.startswith("\\"):
        if line.strip() not in _COMMANDS:
            raise SourceError(f"{name}: {line.strip()!r} is not known; use {sorted(_COMMANDS)}")
        return _COMMANDS[line.strip()]
    if match := _HEADING.match(line):
        return Heading(len(match[1]), match[2])
    if line.startswith("#"):
        raise SourceError(f"{name}: {line!r} is no heading; write one to four # and a space")
    return None


def _run_end(lines: list[str], at: int, opening: str) -> int:
    while at < len(lines) and lines[at].startswith(opening):
        at += 1
    return at


def _joined(lines: list[str], at: int, *, first: str, keep_lines: bool) -> tuple[str, int]:
    """Text of a paragraph or item and the line after it; two trailing spaces break the line."""
    text = first
    at += 1
    while at < len(lines) and not _starts_block(lines, at):
        line_end = "\n" if keep_lines or text.endswith("  ") else " "
        text = text.rstrip() + line_end + lines[at].lstrip()
        at += 1
    return text.strip(), at


def _starts_block(lines: list[str], at: int) -> bool:
    line = lines[at]
    return (
        not line.strip()
        or line.startswith(_OPENINGS)
        or bool(_ITEM.match(line))
        or bool(_CAPTION.match(line) and at + 1 < len(lines) and lines[at + 1].startswith("|"))
    )


def _table(name: str, lines: list[str], at: int) -> Table:
    rows = [_cells(line) for line in lines]
    if len(rows) < 3 or not all(_DELIMITER_CELL.match(cell) for cell in rows[1]):
        raise SourceError(f"{name}: table at body line {at + 1} needs a header, a |---| line, rows")
    if uneven := [row for row in rows if len(row) != len(rows[0])]:
        raise SourceError(
            f"{name}: table at body line {at + 1}: row {uneven[0]} has {len(uneven[0])} cells, "
            f"the header has {len(rows[0])}"
        )
    return Table("", rows[0], tuple(rows[2:]))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", inner))


def _captioned(blocks: list[Block], table: Table) -> Table:
    """The table with the caption line before it, which leaves `blocks`."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and _CAPTION.match(last.text) and "\n" not in last.text:
        blocks.pop()
        return Table(last.text, table.header, table.rows)
    return table
