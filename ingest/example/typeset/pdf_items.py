"""Blocks of a document as items to be placed on PDF pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from ingest.example.typeset import blocks
from ingest.example.typeset.blocks import Block
from ingest.example.typeset.compose import Item
from ingest.example.typeset.faces import Look, faced, markup, styles, width_of
from ingest.example.typeset.inline import plain
from ingest.example.typeset.pdf_tables import box_piece, needs_full_width, table_piece
from ingest.example.typeset.source import Document
from ingest.example.typeset.words import words

# A table lower than this is not worth breaking: it goes whole to the next column or page.
_SMALL_IN_COLUMNS = 330.0
_SMALL_ON_PAGE = 110.0
_BULLETS = ("•", "–")


@dataclass(frozen=True, slots=True)
class Section:
    """What begins on a new page; `is_front` marks the pages up to the table of contents."""

    items: tuple[Item, ...]
    is_front: bool


@dataclass(frozen=True)
class Setting:
    """Everything the setting of a block depends on.

    `headings` are those of the body, numbered by position; `labels` gives the printed page of
    each by that number and is filled in once the pages are composed.
    """

    document: Document
    look: Look
    width: float
    column: float
    labels: dict[int, str]

    @cached_property
    def style(self) -> dict[str, ParagraphStyle]:
        """Paragraph styles by role."""
        return styles(self.look)

    @cached_property
    def headings(self) -> list[blocks.Heading]:
        """Headings of the body in order."""
        return [block for block in self.document.body if isinstance(block, blocks.Heading)]

    def text(self, text: str, role: str) -> Paragraph:
        """A paragraph in the style of the role."""
        return Paragraph(markup(text, self.look, self.document.source), self.style[role])

    def item(self, text: str, role: str, *, keep_next: bool = False) -> Item:
        """A paragraph as an item, spaced as its style says."""
        style = self.style[role]
        return Item(
            piece=self.text(text, role),
            before=style.spaceBefore,
            after=style.spaceAfter,
            keep_next=keep_next,
        )


class ContentsLine:
    """One entry of the table of contents: heading, dot leader, page."""

    def __init__(self, text: str, style: ParagraphStyle, mark: int, labels: dict[int, str]) -> None:
        self._text = text
        self._style = style
        self._mark = mark
        self._labels = labels
        self._width = 0.0
        self._lines: list[str] = []

    def wrap(self, width: float, _height: float, /) -> tuple[float, float]:
        """Room is kept at the right for the page number."""
        style = self._style
        room = width - style.leftIndent - 3 * style.fontSize
        self._width = width
        self._lines = simpleSplit(self._text, style.fontName, style.fontSize, room)
        return width, len(self._lines) * style.leading

    def split(self, _width: float, _height: float, /) -> list[Any]:
        """Never split."""
        return []

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802
        """Draw the heading, then dots and page on its last line, as one text."""
        style = self._style
        start, right = x + style.leftIndent, x + self._width
        baseline = y + style.leading - style.fontSize
        text = canvas.beginText()
        text.setFont(style.fontName, style.fontSize, style.leading)
        text.setFillColor(style.textColor)
        text.setTextOrigin(start, baseline + (len(self._lines) - 1) * style.leading)
        for number, line in enumerate(self._lines):
            if number:
                text.textLine()
            for face, stretch in faced(line, style.fontName):
                text.setFont(face, style.fontSize, style.leading)
                text.textOut(stretch)
        text.setFont(style.fontName, style.fontSize, style.leading)
        page = self._labels[self._mark]
        room = right - start - width_of(f"{self._lines[-1]}  {page}", style)
        leader = " ." * int(room / width_of(" .", style)) + "  " + page
        text.setTextOrigin(right - width_of(leader, style), baseline)
        text.textOut(leader)
        canvas.drawText(text)
        canvas.linkRect("", f"heading-{self._mark}", (x, y, right, y + style.leading), thickness=0)


def sections(setting: Setting) -> list[Section]:
    """The body as sections, the title block first where there is no cover page."""
    body = setting.document.body
    groups: list[list[Block]] = [[]]
    for block in body:
        if isinstance(block, blocks.PageBreak | blocks.Contents):
            groups.append([])
        if isinstance(block, blocks.Contents):
            groups[-1].append(block)
            groups.append([])
        elif not isinstance(block, blocks.PageBreak):
            groups[-1].append(block)
    groups = [group for group in groups if group]
    front = max((i for i, g in enumerate(groups) if _contents_in(g)), default=-1)
    marks = iter(range(len(setting.headings)))
    made = [tuple(_items(group, setting, marks)) for group in groups]
    if not setting.document.has_cover_page:
        made[0] = (*title_items(setting), *made[0])
    return [Section(items, index <= front) for index, items in enumerate(made)]


def cover_items(setting: Setting) -> list[Item]:
    """The cover block below the title."""
    return [
        setting.item(block.text, "cover") if isinstance(block, blocks.Paragraph) else item
        for block in setting.document.cover
        for item in _items([block], setting, iter(()))
    ]


def title_items(setting: Setting) -> list[Item]:
    """Title and cover block as the head of the first page of text."""
    title = replace(setting.item(setting.document.title, "heading2"), wide=True)
    block = [replace(item, wide=True) for item in _items(setting.document.cover, setting, iter(()))]
    return [title, *block]


def mentions(piece: object) -> tuple[int, ...]:
    """Numbers of the footnotes a piece or the cells of a table mention: the raised text."""
    if isinstance(piece, Paragraph):
        return tuple(int(text) for face, text in _faced(piece) if face.rise > 0)
    parts = piece if isinstance(piece, list | tuple) else getattr(piece, "_cellvalues", ())
    return tuple(number for part in parts for number in mentions(part))


def _faced(paragraph: Paragraph) -> Iterator[tuple[ParaFrag, str]]:
    """Stretches of text with their face; a paragraph cut in two holds some word by word."""
    for frag in paragraph.frags:
        if isinstance(frag, list):
            yield from frag[1:]
        else:
            yield frag, getattr(frag, "text", "")


def _contents_in(group: Sequence[Block]) -> bool:
    return any(isinstance(block, blocks.Contents) for block in group)


def _items(group: Sequence[Block], setting: Setting, marks: Iterator[int]) -> Iterator[Item]:
    for at, block in enumerate(group):
        after = group[at + 1] if at + 1 < len(group) else None
        match block:
            case blocks.Heading():
                yield _heading(block, setting, next(marks), opens_page=at == 0)
            case blocks.Paragraph(text):
                leads_in = isinstance(after, blocks.ListItem)
                yield setting.item(text, "text", keep_next=leads_in)
            case blocks.ListItem():
                item = Item(piece=_list_item(block, setting), after=setting.style["item"].spaceAfter)
                last = not isinstance(after, blocks.ListItem)
                yield replace(item, after=setting.style["text"].spaceAfter) if last else item
            case blocks.Table():
                yield from _table(block, setting)
            case blocks.Box():
                yield _box(block, setting)
            case blocks.Contents():
                yield from _contents(setting)
            case _:
                raise AssertionError(block)


def _heading(block: blocks.Heading, setting: Setting, mark: int, *, opens_page: bool) -> Item:
    item = setting.item(block.text, f"heading{block.level}", keep_next=True)
    return replace(item, mark=mark, wide=opens_page and block.level == 2)


def _list_item(block: blocks.ListItem, setting: Setting, role: str = "item") -> Paragraph:
    size = setting.look.size
    marker = _BULLETS[block.depth % 2] if block.marker in "-•" else block.marker
    style = ParagraphStyle(
        f"{role}{block.depth}",
        parent=setting.style[role],
        leftIndent=size * 1.7 * (block.depth + 1),
        bulletIndent=size * (1.7 * block.depth + 0.3),
        bulletFontName=f"{setting.look.family}-Regular",
        bulletFontSize=setting.style[role].fontSize,
    )
    text = markup(block.text, setting.look, setting.document.source)
    return Paragraph(text, style, bulletText=marker)


def _table(block: blocks.Table, setting: Setting) -> Iterator[Item]:
    look = setting.look
    wide = look.columns > 1 and needs_full_width(block, setting.column, setting.style)
    width = setting.width if wide else setting.column
    if block.caption:
        caption = setting.item(block.caption, "caption", keep_next=True)
        yield replace(caption, wide=wide)
    piece = table_piece(block, width, setting.style, look, setting.document.source)
    small = _SMALL_IN_COLUMNS if look.columns > 1 else _SMALL_ON_PAGE
    yield Item(
        piece=piece,
        after=look.size * 1.1,
        whole=piece.wrap(width, small)[1] < small,
        wide=wide,
    )


def _box(block: blocks.Box, setting: Setting) -> Item:
    inner = [
        _list_item(part, setting, "boxed")
        if isinstance(part, blocks.ListItem)
        else setting.text(_boxed_text(part), "boxed")
        for part in block.blocks
    ]
    space = setting.look.size * 0.9
    return Item(piece=box_piece(inner, setting.column, setting.look), before=space, after=space)


def _boxed_text(block: Block) -> str:
    match block:
        case blocks.Paragraph(text):
            return text
        case blocks.Heading(_, text):
            return f"**{text}**"
        case _:
            raise blocks.SourceError(f"a box holds paragraphs and lists only, not {block!r:.80}")


def _contents(setting: Setting) -> Iterator[Item]:
    title = words(setting.document.language).contents
    yield replace(setting.item(title, "heading2"), wide=True)
    for mark, heading in enumerate(setting.headings):
        if heading.level <= 3:
            style = setting.style[f"contents{heading.level}"]
            line = ContentsLine(plain(heading.text), style, mark, setting.labels)
            yield Item(piece=line, before=style.spaceBefore, after=style.spaceAfter, wide=True)
