"""A citation opened: the page with the quoted words marked, its neighbours, and the original."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from assistant.source_view import Marking, PageView, mark, page_png, pdf_view, pieces, recognised_boxes
from assistant.web.pages import Pages
from assistant.web.texts import Texts

_FILE_LETTERS = 400
_QUOTE_LETTERS = 4_000
_UNSAFE_IN_NAME = re.compile(r"[^A-Za-z0-9._-]")
_WAY_BACK = re.compile(r"/practice/[A-Za-z0-9_-]{1,40}|/trainer/item/[A-Za-z0-9]{1,45}")
_PDF_HEAD = 1_024
"""Bytes; a PDF may have rubbish before its mark, and readers accept that."""
_BOX_AIR = 0.003
"""Share of the page added around marked words, so that letters do not touch the edge."""


def source_routes(pages: Pages) -> APIRouter:
    routes = APIRouter()

    @routes.get("/source")
    def source(
        request: Request, file: str = "", page: int | None = None, quote: str = "", back: str = ""
    ) -> Response:
        path = _document(pages, file)
        if path is None:
            return pages.problem(request, "no_source", 404)
        texts = pages.texts(request)
        wanted = quote[:_QUOTE_LETTERS]
        if not is_pdf(path):
            shown = _text_source(pages, file, path, wanted)
        elif view := pdf_view(path, page or 1, wanted):
            shown = _pdf_source(pages, file, view, wanted, texts)
        elif pages.assistant.page_text(file, page):
            shown = _text_source(pages, file, path, wanted, page)
        else:
            return pages.problem(request, "no_page", 404)
        return pages.whole(request, "source.html", texts, **_with_way_back(shown, back))

    @routes.get("/source/page.png")
    def picture(request: Request, file: str = "", page: int = 1) -> Response:
        path = _document(pages, file)
        drawn = page_png(path, page) if path is not None and is_pdf(path) else None
        if drawn is None:
            return pages.problem(request, "no_page", 404)
        return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=600"})

    @routes.get("/original")
    def original(request: Request, file: str = "") -> Response:
        path = _document(pages, file)
        if path is None:
            return pages.problem(request, "no_source", 404)
        return _original(path, Path(file).name)

    return routes


def _with_way_back(shown: dict[str, Any], back: str) -> dict[str, Any]:
    """Back to the practice or the item a source was opened from; to the front page from anywhere else."""
    if not _WAY_BACK.fullmatch(back):
        return shown | {"back": "/"}
    kept = "&" + urlencode({"back": back})
    return shown | {"back": back} | {side: shown[side] and shown[side] + kept for side in ("before", "after")}


def is_pdf(path: Path) -> bool:
    """Told from the content: a name proves nothing."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_PDF_HEAD)


def _document(pages: Pages, file: str) -> Path | None:
    if not file or len(file) > _FILE_LETTERS or "\0" in file:
        return None
    path = pages.assistant.original(file)
    return path if path is not None and path.is_file() else None


def _original(path: Path, name: str) -> Response:
    """A PDF opens in the browser, at the page the address names; all else is only ever downloaded."""
    pdf = is_pdf(path)
    plain = _UNSAFE_IN_NAME.sub("_", name) or "document"
    how = "inline" if pdf else "attachment"
    headers = {"content-disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{percent(name)}"}
    if not pdf:
        headers["content-security-policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return FileResponse(
        path, media_type="application/pdf" if pdf else "application/octet-stream", headers=headers
    )


def _pdf_source(pages: Pages, file: str, view: PageView, quote: str, texts: Texts) -> dict[str, Any]:
    marking, text = view.marking, view.text.replace("\ufffe", "-").replace("\x02", "-")
    boxes, found = view.boxes, _found(marking, quote)
    scanned = not text.strip()
    if scanned:
        text = pages.assistant.page_text(file, view.number)
        marking = mark(text, quote)
        boxes = recognised_boxes(pages.assistant.recognised_words(file, view.number), marking.spans)
        found = _found(marking, quote)
        if marking.found != "none":
            found = "recognised" if boxes else "scan"
    return {
        **_common(file, quote, text, marking),
        "view": view,
        "boxes": [_with_air(box.left, box.top, box.width, box.height) for box in boxes],
        "found": found,
        "scanned": scanned,
        "picture": "/source/page.png?" + urlencode({"file": file, "page": view.number}),
        "original": f"/original?{urlencode({'file': file})}#page={view.number}",
        "before": _neighbour(file, view.number - 1, quote) if view.number > 1 else None,
        "after": _neighbour(file, view.number + 1, quote) if view.number < view.count else None,
        "page_words": texts("source.page_of", page=view.number, count=view.count),
    }


def _text_source(pages: Pages, file: str, path: Path, quote: str, page: int | None = None) -> dict[str, Any]:
    """The text as read: of the whole document, or of a PDF's page that cannot be drawn."""
    text = pages.assistant.page_text(file, page)
    marking = mark(text, quote)
    return {
        **_common(file, quote, text, marking),
        "view": None,
        "boxes": [],
        "found": _found(marking, quote),
        "scanned": False,
        "picture": "",
        "original": f"/original?{urlencode({'file': file})}",
        "before": None,
        "after": None,
        "page_words": path.suffix.lstrip(".").upper(),
    }


def _common(file: str, quote: str, text: str, marking: Marking) -> dict[str, Any]:
    from ingest.language import detect

    return {
        "name": Path(file).name,
        "quote": quote,
        "pieces": pieces(text, marking.spans),
        "document_language": detect(quote or text[:500], ("nb", "nn", "en")),
    }


def _found(marking: Marking, quote: str) -> str:
    return marking.found if quote.strip() else "unquoted"


def _neighbour(file: str, page: int, quote: str) -> str:
    wanted = {"file": file, "page": page, "quote": quote}
    return "/source?" + urlencode({name: value for name, value in wanted.items() if value})


def _with_air(left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
    """In thousandths of the page, as the drawing over the picture counts."""
    return (
        round((left - _BOX_AIR) * 1000, 2),
        round((top - _BOX_AIR) * 1000, 2),
        round((width + 2 * _BOX_AIR) * 1000, 2),
        round((height + 2 * _BOX_AIR) * 1000, 2),
    )
