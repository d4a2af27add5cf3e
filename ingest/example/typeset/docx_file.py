"""Sets a document as a Word file with real headings, tables, running matter and footnotes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from ingest.example.typeset.blocks import (
    Block,
    Box,
    Contents,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Table,
)
from ingest.example.typeset.docx_parts import (
    add_field,
    add_notes,
    note_mark,
    set_running_matter,
    set_styles,
)
from ingest.example.typeset.inline import plain, runs
from ingest.example.typeset.source import Document
from ingest.example.typeset.words import words

_INDENT = Cm(0.8)
# A fixed date keeps the bytes the same from one run to the next.
_DATE = datetime(2024, 1, 2, 8, 0)  # noqa: DTZ001 - the file format holds no time zone


def set_docx(document: Document) -> bytes:
    """The document as DOCX bytes; the same source always gives the same bytes."""
    word = docx.Document()
    set_styles(word, document)
    set_running_matter(word, document)
    _add_paragraph(word, document.title, "Title")
    _add_blocks(word, document.cover, document)
    if document.has_cover_page:
        _break_page(word)
    _add_blocks(word, document.body, document)
    add_notes(word, document.notes)
    properties = word.core_properties
    properties.title = plain(document.title)
    properties.author = document.running_head.split(" – ")[0]
    properties.comments = ""
    properties.language = document.language
    properties.created = properties.modified = _DATE
    buffer = io.BytesIO()
    word.save(buffer)
    return _dated(buffer.getvalue())


def _add_blocks(word: WordDocument, blocks: Iterable[Block], document: Document) -> None:
    for block in blocks:
        match block:
            case Heading(level, text):
                _add_paragraph(word, text, f"Heading {level - 1}")
            case Paragraph(text):
                _add_paragraph(word, text, "Normal")
            case ListItem():
                _add_item(word, block)
            case Table():
                _add_table(word, block)
            case Box():
                _add_box(word, block)
            case Contents():
                _add_contents(word, document)
                _break_page(word)
            case PageBreak():
                _break_page(word)


def _add_paragraph(holder: WordDocument | _Cell, text: str, style: str) -> WordParagraph:
    paragraph = holder.add_paragraph(style=style)
    _fill(paragraph, text)
    return paragraph


def _fill(paragraph: WordParagraph, text: str, *, bold: bool = False) -> None:
    for run in runs(text):
        if run.note:
            note_mark(paragraph, int(run.text))
            continue
        made = paragraph.add_run(run.text)
        made.bold = (run.bold or bold) or None
        made.italic = run.italic or None


def _add_item(holder: WordDocument | _Cell, item: ListItem) -> None:
    """Bullets are Word's own; a written number or letter is text with a hanging indent."""
    if item.marker in "-•":
        _add_paragraph(holder, item.text, "List Bullet 2" if item.depth else "List Bullet")
        return
    paragraph = _add_paragraph(holder, f"{item.marker}\t{item.text}", "List Paragraph")
    paragraph.paragraph_format.left_indent = (item.depth + 1) * _INDENT
    paragraph.paragraph_format.first_line_indent = -_INDENT


def _add_table(word: WordDocument, table: Table) -> None:
    if table.caption:
        _add_paragraph(word, table.caption, "Caption").paragraph_format.keep_with_next = True
    grid = word.add_table(rows=1, cols=len(table.header), style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, table.header, strict=True):
        _fill(cell.paragraphs[0], text, bold=True)
        _shade(cell, "DDE7EB")
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], text)
    for row_made in grid.rows:
        for cell in row_made.cells:
            cell.paragraphs[0].style = word.styles["Table Text"]
    word.add_paragraph()


def _add_box(word: WordDocument, box: Box) -> None:
    cell = word.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    _shade(cell, "EEF3F5")
    for block in box.blocks:
        if isinstance(block, ListItem):
            _add_item(cell, block)
        elif isinstance(block, Paragraph | Heading):
            _add_paragraph(cell, block.text, "Normal")
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)
    word.add_paragraph()


def _add_contents(word: WordDocument, document: Document) -> None:
    """A contents field with its entries; Word adds page numbers when it updates the field."""
    word.add_paragraph(words(document.language).contents, style="TOC Heading")
    headings = [b for b in document.body if isinstance(b, Heading) and b.level <= 3]
    lines = [word.add_paragraph(style=f"TOC {heading.level - 1}") for heading in headings]
    for line, heading in zip(lines, headings, strict=True):
        line.add_run(plain(heading.text))
    if lines:
        add_field(lines[0], r'TOC \o "1-2" \h \z \u', around=lines)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def _break_page(word: WordDocument) -> None:
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _dated(package: bytes) -> bytes:
    """The same package with one fixed time on every part."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as dated,
    ):
        for part in made.namelist():
            info = zipfile.ZipInfo(part, date_time=_DATE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(info, made.read(part))
    return buffer.getvalue()
