"""HTML: what a browser would show, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.load.html_sheet import is_white, sets_background, sheet_of
from ingest.load.outcome import Emit, empty, keep_to_self, whole_document
from ingest.load.page_builder import Cell, PageBuilder, Span
from ingest.load.text import decode
from ingest.plans import LineKind, LoadedDocument, Page

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "text/html"

_NOT_TEXT = frozenset({
    "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "select", "datalist", "textarea", "button", "dialog", "map",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {
    "li": LineKind.LIST_ITEM,
    "figcaption": LineKind.CAPTION,
    "caption": LineKind.CAPTION,
    "nav": LineKind.RUNNING,
}
_RUNNING_ROLES = frozenset({"navigation", "banner", "contentinfo", "search"})
_CONTENT = frozenset({"main", "article", "section"})
_LASTING = frozenset({LineKind.RUNNING, LineKind.FOOTNOTE})
"""Kinds that everything inside keeps, whatever its tag."""
_FOOTNOTES = re.compile(r"\b(?:footnotes?|fotnoter?|doc-footnote|doc-endnotes?)\b")

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDEST = 200
"""No honest table is wider or merges more rows; a claimed span of a billion is cut to this."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What the surrounding elements say about the text that comes next."""

    kind: LineKind = LineKind.PARAGRAPH
    level: int | None = None
    item: int = 0
    """Which list item, counted from 1: only its first block is the item itself."""
    bold: bool = False
    hidden: bool = False
    preformatted: bool = False
    in_content: bool = False
    on_background: bool = False
    """Some element around sets a background, so white text may well be seen."""


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    from lxml import etree, html

    content = path.read_bytes()
    found = _CHARSET.search(content[:4096])
    text = decode(content, found[1].decode("ascii") if found else None).text
    text = _XML_DECLARATION.sub("", text).replace("\x00", "")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text or " ", parser=parser)
    except etree.ParserError:
        return empty(path, "holds no text", "check that it is the right file", MEDIA_TYPE)
    page = _Walk(root).page()
    emit(page, 1)
    title = root.findtext(".//title")
    return whole_document(path, MEDIA_TYPE, page, title=" ".join(title.split()) if title else None)


class _Walk:
    """One pass over the elements; running text gathers until a block begins or ends."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._sheet = sheet_of(root)
        self._builder = PageBuilder()
        self._gathered: list[tuple[str, _Place]] = []
        self._cell: list[str] | None = None
        self._hidden: list[str] = []
        self._items = 0
        self._last_item = 0

    def page(self) -> Page:
        self._element(self._root, _Place())
        self._flush()
        return self._builder.page()

    def _element(self, element: etree._Element, around: _Place) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _NOT_TEXT:
            return
        place = self._inside(element, tag, around)
        if tag == "br":
            self._gathered.append(("\n", place))
        elif tag == "table" and self._cell is None and _is_data(element):
            self._flush()
            self._table(element, place)
        elif tag in _BLOCKS:
            self._flush()
            self._children(element, place)
            self._flush()
        else:
            self._children(element, place)

    def _children(self, element: etree._Element, place: _Place) -> None:
        self._gather(element.text, place)
        for child in element:
            self._element(child, place)
            self._gather(child.tail, place)

    def _gather(self, text: str | None, place: _Place) -> None:
        if text:
            clean = text if place.preformatted else _WHITE_SPACE.sub(" ", text)
            self._gathered.append((clean, place))

    def _inside(self, element: etree._Element, tag: str, around: _Place) -> _Place:
        kind, level = _kind_inside(element, tag, around)
        item = around.item
        if tag == "li":
            self._items += 1
            item = self._items
        background = around.on_background or sets_background(element)
        white = not background and element.attrib and is_white(element)
        inside = _Place(
            kind=kind,
            level=level,
            item=item,
            bold=around.bold or tag in ("b", "strong"),
            hidden=around.hidden or white or self._sheet.hides(element),
            preformatted=around.preformatted or tag == "pre",
            in_content=around.in_content or tag in _CONTENT,
            on_background=background,
        )
        return around if inside == around else inside

    def _flush(self) -> None:
        gathered, self._gathered = self._gathered, []
        if not gathered:
            return
        seen = [(text, place) for text, place in gathered if not place.hidden]
        self._block(_tidied(seen), [place for text, place in seen if text.strip()])
        hidden = _tidied([(text, place) for text, place in gathered if place.hidden])
        if self._cell is not None:
            self._hidden.append(hidden)
        else:
            self._builder.block(hidden, LineKind.HIDDEN)

    def _block(self, text: str, places: list[_Place]) -> None:
        if not places:
            return
        if self._cell is not None:
            self._cell.append(text)
            return
        kind, item = places[0].kind, places[0].item
        if kind is LineKind.LIST_ITEM and item == self._last_item:
            kind = LineKind.PARAGRAPH
        self._last_item = item
        bold = kind is LineKind.HEADING or all(place.bold for place in places)
        self._builder.block(text, kind, level=places[0].level, bold=bold)

    def _table(self, table: etree._Element, place: _Place) -> None:
        for caption in table.iterchildren("caption"):
            self._element(caption, place)
        reaching: dict[int, tuple[int, Span]] = {}
        for row in table.iter("tr"):
            elements = [cell for cell in row if cell.tag in ("td", "th")]
            kind = LineKind.TABLE_HEADER if _is_header(row, elements) else LineKind.TABLE_ROW
            kind = place.kind if place.kind in _LASTING else kind
            shown = [(cell, self._cell_text(cell, place)) for cell in elements]
            cells, columns = _laid_out(shown, reaching)
            spans = self._builder.row(cells, kind)
            reaching = _reaching(spans, columns)
            for hidden in self._hidden:
                self._builder.block(hidden, LineKind.HIDDEN)
            self._hidden.clear()

    def _cell_text(self, cell: etree._Element, place: _Place) -> str:
        self._cell = []
        self._element(cell, replace(place, kind=LineKind.PARAGRAPH, level=None))
        text, self._cell = "\n".join(self._cell), None
        return text


def _kind_inside(element: etree._Element, tag: str, around: _Place) -> tuple[LineKind, int | None]:
    if around.kind in _LASTING and not (tag == "h1" and around.kind is LineKind.RUNNING):
        return around.kind, None
    if tag in _HEADINGS:
        return LineKind.HEADING, _HEADINGS[tag]
    if tag in ("header", "footer") and not around.in_content:
        return LineKind.RUNNING, None
    if element.get("role") in _RUNNING_ROLES:
        return LineKind.RUNNING, None
    if _FOOTNOTES.search(f"{element.get('class', '')} {element.get('role', '')}"):
        return LineKind.FOOTNOTE, None
    return (_KINDS[tag], None) if tag in _KINDS else (around.kind, around.level)


def _tidied(pieces: list[tuple[str, _Place]]) -> str:
    text = "".join(text for text, _ in pieces)
    if any(place.preformatted for _, place in pieces):
        return text
    return re.sub(r" *\n *", "\n", re.sub(r"  +", " ", text)).strip()


def _is_data(table: etree._Element) -> bool:
    """A table of data, not one that only lays out a page."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    return any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))


def _is_header(row: etree._Element, cells: list[etree._Element]) -> bool:
    parent = row.getparent()
    in_head = parent is not None and parent.tag == "thead"
    return in_head or (bool(cells) and all(cell.tag == "th" for cell in cells))


def _claimed(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 10 else 1


def _laid_out(
    shown: list[tuple[etree._Element, str]], reaching: dict[int, tuple[int, Span]]
) -> tuple[list[Cell], list[int]]:
    """The row's cells by column, and for each column how many more rows its cell reaches down."""
    cells: list[Cell] = []
    down: list[int] = []
    for element, text in [*shown, (None, "")]:
        while len(cells) in reaching:
            rows, span = reaching[len(cells)]
            cells.append(span)
            down.append(rows - 1)
        if element is not None:
            width = _claimed(element, "colspan")
            cells += [text, *[None] * (width - 1)]
            down += [_claimed(element, "rowspan") - 1] * width
    return cells, down


def _reaching(spans: list[Span], down: list[int]) -> dict[int, tuple[int, Span]]:
    return {
        column: (rows, span) for column, (span, rows) in enumerate(zip(spans, down, strict=True)) if rows > 0
    }
