"""`LoadedDocument` as JSON and back, whole or page by page.

A page's lines are the bulk, so each is a plain list in the order of `Line`'s fields, cut short after the
last value that is not the default.
"""

from __future__ import annotations

import json
from typing import Any

from ingest.plans import Line, LineKind, LoadedDocument, OutlineEntry, Page, Reading, WordBox

_KINDS = {kind.value: kind for kind in LineKind}


def to_json(document: LoadedDocument) -> str:
    pages = [page_to_record(page) for page in document.pages]
    return json.dumps({**summary_to_record(document), "pages": pages}, ensure_ascii=False)


def from_json(text: str) -> LoadedDocument:
    record = json.loads(text)
    return document_from_record(record, tuple(page_from_record(page) for page in record["pages"]))


def summary_to_record(document: LoadedDocument) -> dict[str, Any]:
    """Everything but the pages."""
    return {
        "media_type": document.media_type,
        "reading": document.reading.value,
        "outline": [[entry.title, entry.depth, entry.page] for entry in document.outline],
        "reason": document.reason,
        "unread_pages": list(document.unread_pages),
        "title": document.title,
    }


def document_from_record(record: dict[str, Any], pages: tuple[Page, ...]) -> LoadedDocument:
    return LoadedDocument(
        media_type=record["media_type"],
        reading=Reading(record["reading"]),
        pages=pages,
        outline=tuple(OutlineEntry(*entry) for entry in record["outline"]),
        reason=record["reason"],
        unread_pages=tuple(record["unread_pages"]),
        title=record["title"],
    )


def page_to_record(page: Page) -> list[Any]:
    lines = [_line_to_record(line) for line in page.lines]
    record = [page.number, page.label, page.text, lines, page.ocr_confidence]
    if page.words:
        record.append([[w.start, w.end, w.left, w.top, w.width, w.height] for w in page.words])
    return record


def page_from_record(record: list[Any]) -> Page:
    number, label, text, lines, confidence, *rest = record
    words = tuple(WordBox(*word) for word in rest[0]) if rest else ()
    return Page(number, label, text, tuple(map(_line_from_record, lines)), confidence, words)


def _line_to_record(line: Line) -> list[Any]:
    values: list[Any] = [line.start, line.end, line.size, line.bold, line.x, line.y]
    if line.kind is not LineKind.UNKNOWN or line.heading_level is not None or line.cells:
        values += [line.kind.value, line.heading_level, line.cells]
    return values


def _line_from_record(values: list[Any]) -> Line:
    start, end, size, bold, x, y, *rest = values
    if not rest:
        return Line(start, end, size, bold, x, y)
    kind, level, cells = rest
    spans = tuple((a, b) for a, b in cells)
    return Line(start, end, size, bold, x, y, _KINDS[kind], level, spans)
