"""The source of an example document: front matter and blocks, read from Markdown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from ingest.example.typeset.blocks import (
    Block,
    Box,
    Contents,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    SourceError,
    Table,
    read_blocks,
    take_notes,
)
from ingest.example.typeset.inline import NOTE_MARK


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the document is to look; what a source leaves out takes these values."""

    columns: int = 1
    bookmarks: bool = True
    roman_front: bool = False
    font: str = "serif"
    size: float = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document to set.

    `cover` is what stands between the title and the first page break, contents or heading.
    `has_cover_page` is false where the title block heads the first page of the text.
    `notes` are the footnotes in order of first mention; their marks in the text are 1, 2, 3.
    """

    source: str
    file: str
    scan: bool
    language: str
    layout: Layout
    running_head: str
    running_foot: str
    title: str
    cover: tuple[Block, ...]
    has_cover_page: bool
    body: tuple[Block, ...]
    notes: tuple[str, ...]

    @property
    def format(self) -> str:
        """The ending of the file to make, without the dot."""
        return Path(self.file).suffix.lstrip(".")


def read_sources(folder: Path) -> list[Document]:
    """Every source in the folder, in name order; a README is not a source."""
    paths = sorted(p for p in folder.glob("*.md") if p.stem.lower() != "readme")
    if not paths:
        raise SourceError(f"{folder}: no .md sources here; name the folder that holds them")
    return [read_source(path.name, path.read_text(encoding="utf-8")) for path in paths]


def read_source(name: str, text: str) -> Document:
    """Read one source; `name` is used in error messages."""
    front, body_text = _front_matter(name, text)
    notes, body_text = take_notes(name, body_text)
    numbers = _note_numbers(name, body_text, notes)
    blocks = _contents_untitled([_renumbered(b, numbers) for b in read_blocks(name, body_text)])
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        raise SourceError(f"{name}: the body must begin with one '# Title' line")
    end = next((i for i, b in enumerate(blocks) if i and _ends_cover(b)), len(blocks))
    has_cover_page = end < len(blocks) and not isinstance(blocks[end], Heading)
    start = end + 1 if end < len(blocks) and isinstance(blocks[end], PageBreak) else end
    return Document(
        source=name,
        file=_text(front, "file", name),
        scan=bool(front.get("scan", False)),
        language=_text(front, "language", name),
        layout=_layout(front),
        running_head=str(front.get("running_head") or ""),
        running_foot=str(front.get("running_foot") or ""),
        title=blocks[0].text,
        cover=tuple(blocks[1:end]),
        has_cover_page=has_cover_page,
        body=tuple(blocks[start:]),
        notes=tuple(notes[mark] for mark in numbers),
    )


def _front_matter(name: str, text: str) -> tuple[dict[str, object], str]:
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise SourceError(f"{name}: begins without front matter; put it between two '---' lines")
    front = yaml.safe_load(parts[1])
    if not isinstance(front, dict):
        raise SourceError(f"{name}: front matter must be 'key: value' lines")
    return front, parts[2]


def _text(front: dict[str, object], key: str, name: str) -> str:
    value = front.get(key)
    if not isinstance(value, str) or not value:
        raise SourceError(f"{name}: front matter lacks {key!r}")
    return value


def _layout(front: dict[str, object]) -> Layout:
    given = front.get("layout")
    return Layout(**given) if isinstance(given, dict) else Layout()


def _contents_untitled(blocks: list[Block]) -> list[Block]:
    """The blocks without a heading that only titles the contents: those bring their own title."""
    return [
        block
        for block, following in zip(blocks, [*blocks[1:], None], strict=True)
        if not (isinstance(block, Heading) and isinstance(following, Contents) and block.level > 1)
    ]


def _ends_cover(block: Block) -> bool:
    return isinstance(block, PageBreak | Contents | Heading)


def _note_numbers(name: str, text: str, notes: dict[str, str]) -> dict[str, int]:
    """Number of each footnote by order of first mention."""
    marks = list(dict.fromkeys(NOTE_MARK.findall(text)))
    if unknown := sorted(set(marks) ^ set(notes)):
        raise SourceError(f"{name}: footnotes {unknown} need both a mark and a note text")
    return {mark: number for number, mark in enumerate(marks, start=1)}


def _renumbered(block: Block, numbers: dict[str, int]) -> Block:
    def number(text: str) -> str:
        return NOTE_MARK.sub(lambda m: f"[^{numbers[m[1]]}]", text)

    match block:
        case Heading() | Paragraph() | ListItem():
            return replace(block, text=number(block.text))
        case Table(caption, header, rows):
            return Table(
                number(caption),
                tuple(map(number, header)),
                tuple(tuple(map(number, row)) for row in rows),
            )
        case Box(blocks):
            return Box(tuple(_renumbered(inner, numbers) for inner in blocks))
        case _:
            return block
