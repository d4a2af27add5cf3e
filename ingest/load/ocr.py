"""Text recognition for scanned pages, when tesseract and the package pytesseract are installed."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ingest.load.text import storable
from ingest.plans import Line, Page

REMEDY = "install tesseract with the languages nor and eng, and the package pytesseract"
_DOTS_PER_INCH = 200
_WANTED = ("nor", "eng")
_SECONDS = 30
"""Of one page; a full page of dense print takes about three."""
_LARGEST_SIDE = 14_000
"""Dots: A0 at 200 dots per inch is 9,400. A page that claims more is rendered smaller."""


def is_available() -> bool:
    return bool(shutil.which("tesseract")) and importlib.util.find_spec("pytesseract") is not None


def recognise(path: Path, page_numbers: Iterable[int]) -> dict[int, Page] | None:
    """The pages by physical number, those without any recognised word left out.

    None when text recognition is not installed.
    """
    if not is_available():
        return None
    import pypdfium2
    import pytesseract

    installed = set(pytesseract.get_languages(config=""))
    languages = "+".join(name for name in _WANTED if name in installed) or "eng"
    pages: dict[int, Page] = {}
    with pypdfium2.PdfDocument(path) as document:
        for number in page_numbers:
            # What pdfium, tesseract and its time limit raise on a page is all a RuntimeError.
            with contextlib.suppress(RuntimeError):
                if words := _words(document[number - 1], languages, pytesseract):
                    pages[number] = _page(number, words)
    return pages


def _words(page: Any, languages: str, pytesseract: Any) -> list[dict[str, Any]]:
    """Tesseract's words in reading order, each with its line, box in points and confidence."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(width, height, 1))
    image = page.render(scale=scale, grayscale=True).to_pil()
    found = pytesseract.image_to_data(
        image, lang=languages, output_type=pytesseract.Output.DICT, timeout=_SECONDS
    )
    rows = [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
    return [
        {**row, "points": 1 / scale, "page_height": height}
        for row in rows
        if str(row["text"]).strip() and float(row["conf"]) >= 0
    ]


def _page(number: int, words: Sequence[dict[str, Any]]) -> Page:
    text, lines = "", []
    for line in _by_line(words):
        start = len(text)
        text += " ".join(str(word["text"]).strip() for word in line)
        lines.append(_line(start, len(text), line))
        text += "\n"
    confidence = sum(float(word["conf"]) for word in words) / len(words) / 100
    return Page(number, None, storable(text), tuple(lines), round(confidence, 3))


def _by_line(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines: dict[tuple[int, int, int], list[dict[str, Any]]] = {}
    for word in words:
        place = (int(word["block_num"]), int(word["par_num"]), int(word["line_num"]))
        lines.setdefault(place, []).append(word)
    return list(lines.values())


def _line(start: int, end: int, words: Sequence[dict[str, Any]]) -> Line:
    points = float(words[0]["points"])
    left = min(int(word["left"]) for word in words) * points
    bottom = max(int(word["top"]) + int(word["height"]) for word in words) * points
    size = max(int(word["height"]) for word in words) * points
    y = float(words[0]["page_height"]) - bottom
    return Line(start, end, round(size, 1), False, round(left, 1), round(y, 1))
