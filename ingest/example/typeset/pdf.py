"""Sets a document as a PDF; the same source always gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from ingest.example.typeset.blocks import SourceError
from ingest.example.typeset.compose import Area, Page, compose
from ingest.example.typeset.faces import look
from ingest.example.typeset.inline import plain
from ingest.example.typeset.pdf_items import Setting, cover_items, mentions, sections
from ingest.example.typeset.pdf_pages import (
    BOTTOM,
    COVER_BAND,
    GAP,
    HEIGHT,
    MARGIN,
    TOP,
    WIDTH,
    draw_cover,
    draw_page,
    set_notes,
)
from ingest.example.typeset.source import Document

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def set_pdf(document: Document) -> bytes:
    """The document as PDF bytes."""
    setting = _setting(document)
    notes = set_notes(setting)
    area = Area(
        width=setting.width,
        height=TOP - BOTTOM,
        columns=document.layout.columns,
        gap=GAP,
        notes_in=mentions,
        notes_height=notes.height,
    )
    made = [(compose(section.items, area), section.is_front) for section in sections(setting)]
    cover = [_cover(setting, area)] if document.has_cover_page else []
    pages = [page for section, _ in made for page in section]
    front = len(cover) + sum(len(section) for section, is_front in made if is_front)
    labels = _labels(len(cover) + len(pages), front if document.layout.roman_front else 0)
    setting.labels.update(_heading_labels(pages, labels[len(cover) :]))

    buffer = io.BytesIO()
    canvas = _canvas(buffer, document)
    for page in cover:
        draw_cover(canvas, page, setting)
        canvas.showPage()
    for page, label in zip(pages, labels[len(cover) :], strict=True):
        _bookmark(canvas, page, setting)
        draw_page(canvas, page, notes, setting, label)
        canvas.showPage()
    if document.layout.roman_front:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(front, style="ARABIC", start=1)
    canvas.save()
    return buffer.getvalue()


def _setting(document: Document) -> Setting:
    width = WIDTH - 2 * MARGIN
    columns = document.layout.columns
    column = (width - GAP * (columns - 1)) / columns
    return Setting(document, look(document), width, column, {})


def _cover(setting: Setting, area: Area) -> Page:
    pages = compose(
        [replace(item, wide=True) for item in cover_items(setting)],
        replace(area, height=HEIGHT - COVER_BAND - 44 - BOTTOM),
    )
    if len(pages) > 1:
        raise SourceError(f"{setting.document.source}: the cover block is too long for its page")
    return pages[0] if pages else Page((), ())


def _labels(count: int, front: int) -> list[str]:
    """Printed page numbers: roman for the front pages, where numbering then starts again."""
    return [*_ROMAN[1 : front + 1], *map(str, range(1, count - front + 1))]


def _heading_labels(pages: Sequence[Page], labels: Sequence[str]) -> dict[int, str]:
    return {
        placed.item.mark: label
        for page, label in zip(pages, labels, strict=True)
        for placed in page.placed
        if placed.item.mark is not None
    }


def _canvas(buffer: io.BytesIO, document: Document) -> Canvas:
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, lang=document.language)
    canvas.setTitle(plain(document.title))
    canvas.setAuthor(document.running_head.split(" – ")[0])
    return canvas


def _bookmark(canvas: Canvas, page: Page, setting: Setting) -> None:
    """Targets for the contents, and outline entries where the layout asks for bookmarks."""
    for placed in page.placed:
        mark = placed.item.mark
        if mark is None:
            continue
        canvas.bookmarkHorizontal(f"heading-{mark}", 0, TOP - placed.top + 12)
        if setting.document.layout.bookmarks:
            heading = setting.headings[mark]
            title = plain(heading.text)
            canvas.addOutlineEntry(title, f"heading-{mark}", _outline_level(setting, mark))


def _outline_level(setting: Setting, mark: int) -> int:
    """Depth in the outline, which must not skip a level on the way down."""
    depth = -1
    for heading in setting.headings[: mark + 1]:
        depth = min(depth + 1, heading.level - 2)
    return depth
