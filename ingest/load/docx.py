"""DOCX: paragraphs, lists and tables in reading order, with what Word adds in print.

A generated number is part of a heading's line, for sections go by it; before a list item or a numbered
paragraph it stands in the page's text but outside the line, for it is not in the file's own text.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.load.docx_numbering import Numbering
from ingest.load.docx_package import Package, PackageTooLargeError
from ingest.load.docx_runs import MC, Content, content_of
from ingest.load.docx_styles import Look, Styles, W, number, paragraph_look, switched_on
from ingest.load.outcome import Emit, empty, keep_to_self, limit, rejected, whole_document
from ingest.load.page_builder import Cell, PageBuilder, Span
from ingest.plans import LineKind, LoadedDocument, Page

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CONTAINERS = frozenset(
    {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
)
_CONTENTS_STYLES = ("toc ", "innholdsfortegnelse", "inh ", "table of figures")
_WIDEST = 200


def load(path: Path, emit: Emit = keep_to_self) -> LoadedDocument:
    try:
        package = Package(path)
    except PackageTooLargeError as error:
        return limit(path, str(error), "save it without embedded files", MEDIA_TYPE)
    except (zipfile.BadZipFile, ValueError, OSError):
        return _damaged(path)
    try:
        return _load(path, package, emit)
    except PackageTooLargeError as error:
        return limit(path, str(error), "save it without embedded files", MEDIA_TYPE)
    except RecursionError:
        return rejected(path, "is nested too deeply", "copy its text to a new file", MEDIA_TYPE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return _damaged(path)
    finally:
        package.close()


def _damaged(path: Path) -> LoadedDocument:
    what = "is a damaged or truncated Word file"
    return rejected(path, what, "open it in Word and save it again", MEDIA_TYPE)


def _load(path: Path, package: Package, emit: Emit) -> LoadedDocument:
    named = package.related("", "officeDocument")
    main = named[0] if named else "word/document.xml"
    root = package.part(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        what = "has no readable document part"
        return rejected(path, what, "open it in Word and save it again", MEDIA_TYPE)
    page = _Walk(package, main).page(body)
    if not page.lines and next(body.iter(f"{W}altChunk"), None) is not None:
        what = "holds its text as an embedded file of another kind"
        return empty(path, what, "open it in Word and save it again", MEDIA_TYPE)
    emit(page, 1)
    damage = "is damaged, and text may be missing" if main in package.damaged else None
    return whole_document(path, MEDIA_TYPE, page, title=_title(package), damage=damage)


def _title(package: Package) -> str | None:
    core = package.part("docProps/core.xml")
    title = None if core is None else core.findtext(_TITLE)
    return " ".join(title.split()) or None if title else None


def _related_part(package: Package, main: str, kind: str) -> etree._Element | None:
    names = package.related(main, kind)
    return package.part(names[0]) if names else None


class _Walk:
    """One pass over the body; notes are printed after the paragraph that refers to them."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._styles = Styles(_related_part(package, main, "styles"))
        self._numbering = Numbering(_related_part(package, main, "numbering"))
        self._notes = {
            f"{W}{kind}Reference": _by_id(_related_part(package, main, f"{kind}s"), f"{W}{kind}")
            for kind in ("footnote", "endnote")
        }
        self._builder = PageBuilder()
        self._unseen: list[str] = []
        """Hidden text met in a table row, told after the row."""

    def page(self, body: etree._Element) -> Page:
        self._running("header")
        self._blocks(body)
        self._running("footer")
        return self._builder.page()

    def _running(self, kind: str) -> None:
        """Headers or footers, each text once: most sections repeat the same one."""
        said: set[str] = set()
        for name in self._package.related(self._main, kind):
            root = self._package.part(name)
            for paragraph in () if root is None else root.iter(f"{W}p"):
                text = content_of(paragraph, Look(), self._styles).text.strip()
                if text and text not in said:
                    said.add(text)
                    self._builder.block(text, LineKind.RUNNING)

    def _blocks(self, parent: etree._Element, kind: LineKind | None = None) -> None:
        for element in parent:
            if element.tag == f"{W}p":
                self._paragraph(element, kind)
            elif element.tag == f"{W}tbl":
                self._table(element, kind)
            elif element.tag in _CONTAINERS:
                self._blocks(element, LineKind.RUNNING if _is_contents(element) else kind)
            elif element.tag == f"{MC}AlternateContent":
                chosen = element.find(f"{MC}Choice")
                self._blocks(element if chosen is None else chosen, kind)

    def _paragraph(self, paragraph: etree._Element, kind: LineKind | None) -> None:
        look = paragraph_look(paragraph.find(f"{W}pPr"), self._styles)
        content = content_of(paragraph, look, self._styles)
        printed = content.text.strip()
        if printed:
            self._printed(printed, content, look, kind or _kind_of(look))
        if content.unseen:
            self._builder.block("".join(content.unseen), LineKind.HIDDEN)
        for box in content.boxes:
            self._blocks(box, kind)
        self._footnotes(content)

    def _printed(self, text: str, content: Content, look: Look, kind: LineKind) -> None:
        label = self._numbering.label(*look.numbering) if look.numbering else ""
        level = look.level if kind is LineKind.HEADING else None
        if label and kind is LineKind.HEADING:
            text = f"{label} {text}"
        else:
            self._builder.label(label)
        size = content.size(look.size)
        self._builder.block(text, kind, level=level, size=size, bold=content.bold)

    def _footnotes(self, content: Content) -> None:
        for kind, note_id in content.notes:
            note = self._notes[kind].pop(note_id, None)
            if note is not None:
                self._blocks(note, LineKind.FOOTNOTE)

    def _table(self, table: etree._Element, kind: LineKind | None) -> None:
        rows = [_cells(row) for row in _rows(table)]
        if kind is not None or max((len(row) for row in rows), default=0) < 2:
            # A table of one column is a frame round ordinary text.
            for cell in (cell for row in rows for cell in row):
                self._blocks(cell, kind)
            return
        header = _header_rows(table, rows, self._styles)
        above: dict[int, Span] = {}
        for place, row in enumerate(rows):
            cells, merged = self._laid_out(row, above)
            row_kind = LineKind.TABLE_HEADER if place < header else LineKind.TABLE_ROW
            spans = self._builder.row(cells, row_kind)
            above = {column: spans[column] for column in merged}
            self._builder.block("".join(self._unseen), LineKind.HIDDEN)
            self._unseen.clear()

    def _laid_out(self, row: list[etree._Element], above: dict[int, Span]) -> tuple[list[Cell], list[int]]:
        """The row's cells by column, and the columns whose cell may go on in the next row."""
        cells: list[Cell] = []
        merged: list[int] = []
        for cell in row:
            width, merge = _merging(cell)
            if merge:
                merged += range(len(cells), len(cells) + width)
            if merge == "continue" and len(cells) in above:
                cells.append(above[len(cells)])
            else:
                cells.append(self._cell_text(cell))
            cells += [None] * (width - 1)
        return cells, merged

    def _cell_text(self, cell: etree._Element) -> str:
        texts = []
        for paragraph in cell.iter(f"{W}p"):
            look = paragraph_look(paragraph.find(f"{W}pPr"), self._styles)
            content = content_of(paragraph, look, self._styles)
            self._unseen += content.unseen
            if content.text.strip():
                texts.append(content.text.strip())
        return "\n".join(texts)


def _by_id(root: etree._Element | None, tag: str) -> dict[str, etree._Element]:
    return {} if root is None else {note.get(f"{W}id", ""): note for note in root.iter(tag)}


def _kind_of(look: Look) -> LineKind:
    if look.name.startswith(_CONTENTS_STYLES):
        return LineKind.RUNNING
    if look.level is not None:
        return LineKind.HEADING
    if look.name in ("caption", "bildetekst"):
        return LineKind.CAPTION
    if look.name in ("footnote text", "endnote text", "fotnotetekst"):
        return LineKind.FOOTNOTE
    if look.numbering is not None or look.name.startswith(("list ", "liste", "punktliste")):
        return LineKind.LIST_ITEM
    return LineKind.PARAGRAPH


def _is_contents(element: etree._Element) -> bool:
    """A generated table of contents: headings once more, not text of the plan."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{W}tr":
            yield element
        elif element.tag in _CONTAINERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> list[etree._Element]:
    cells = []
    for element in row:
        if element.tag == f"{W}tc":
            cells.append(element)
        elif element.tag in _CONTAINERS:
            cells += _cells(element)
    return cells


def _merging(cell: etree._Element) -> tuple[int, str]:
    """How many columns the cell covers, and "restart" or "continue" where it is merged downwards."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    span, down = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    width = 1 if span is None else int(number(span.get(f"{W}val"), 1))
    merge = "" if down is None else down.get(f"{W}val", "continue")
    return min(max(width, 1), _WIDEST), merge


def _header_rows(table: etree._Element, rows: list[list[etree._Element]], styles: Styles) -> int:
    """How many rows at the top are headers: those marked so, else a first row that looks it."""
    marked = 0
    for row in _rows(table):
        properties = row.find(f"{W}trPr")
        if properties is None or not switched_on(properties, "tblHeader", False):
            break
        marked += 1
    if marked or len(rows) < 2:
        return min(marked, len(rows) - 1)
    first, second = (_is_bold(row, styles) for row in rows[:2])
    return int(first and not second)


def _is_bold(row: list[etree._Element], styles: Styles) -> bool:
    """Whether every cell has text, all of it bold."""
    for cell in row:
        contents = [
            content_of(paragraph, paragraph_look(paragraph.find(f"{W}pPr"), styles), styles)
            for paragraph in cell.iter(f"{W}p")
        ]
        printed = [content for content in contents if content.text.strip()]
        if not printed or not all(content.bold for content in printed):
            return False
    return True
