"""Text recognition for scanned pages, when tesseract and the package pytesseract are installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ingest.load.text import storable
from ingest.plans import Line, Page, WordBox

SECONDS = 30
"""Of one page; a full page of dense print takes about three."""
REMEDY = "install tesseract with the languages nor and eng, and the package pytesseract"
_DOTS_PER_INCH = 200
_WANTED = ("nor", "eng")
_LARGEST_SIDE = 14_000
"""Dots: A0 at 200 dots per inch is 9,400. A page that claims more is rendered smaller."""


def is_available() -> bool:
    return bool(shutil.which("tesseract")) and importlib.util.find_spec("pytesseract") is not None


def recognise(
    path: Path, page_numbers: Iterable[int], *, seconds: float = SECONDS
) -> dict[int, Page | None] | None:
    """The pages by physical number, those without any recognised word left out.

    None for a page that took too long, and for all when text recognition is not installed.
    """
    if not is_available():
        return None
    import pypdfium2
    import pytesseract

    installed = set(pytesseract.get_languages(config=""))
    languages = "+".join(name for name in _WANTED if name in installed) or "eng"
    # Its threads wait for one another in a loop: on a busy machine four of them are slower than one.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    pages: dict[int, Page | None] = {}
    with pypdfium2.PdfDocument(path) as document:
        for number in page_numbers:
            try:
                if words := _words(document[number - 1], languages, pytesseract, seconds):
                    pages[number] = _page(number, words)
            except RuntimeError as error:  # of pdfium and tesseract alike; only one is worth another try
                if "timeout" in str(error):
                    pages[number] = None
    return pages


def _words(page: Any, languages: str, pytesseract: Any, seconds: float) -> list[dict[str, Any]]:
    """Tesseract's words in reading order, each with its line, box in points and confidence."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, _LARGEST_SIDE / max(width, height, 1))
    size = {"points": 1 / scale, "page_width": width, "page_height": height}
    image = page.render(scale=scale, grayscale=True).to_pil()
    found = pytesseract.image_to_data(
        image, lang=languages, output_type=pytesseract.Output.DICT, timeout=seconds
    )
    rows = [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
    return [{**row, **size} for row in rows if str(row["text"]).strip() and float(row["conf"]) >= 0]


def _page(number: int, words: Sequence[dict[str, Any]]) -> Page:
    text, lines, boxes = "", [], []
    for line in _by_line(words):
        start = len(text)
        for word in line:
            printed = str(word["text"]).strip()
            boxes.append(_box(len(text), len(text) + len(printed), word))
            text += f"{printed} "
        text = text[:-1]
        lines.append(_line(start, len(text), line))
        text += "\n"
    confidence = sum(float(word["conf"]) for word in words) / len(words) / 100
    return Page(number, None, storable(text), tuple(lines), round(confidence, 3), tuple(boxes))


def _by_line(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines: dict[tuple[int, int, int], list[dict[str, Any]]] = {}
    for word in words:
        place = (int(word["block_num"]), int(word["par_num"]), int(word["line_num"]))
        lines.setdefault(place, []).append(word)
    return list(lines.values())


def _box(start: int, end: int, word: dict[str, Any]) -> WordBox:
    across = float(word["points"]) / float(word["page_width"])
    down = float(word["points"]) / float(word["page_height"])
    left, top = int(word["left"]) * across, int(word["top"]) * down
    width, height = int(word["width"]) * across, int(word["height"]) * down
    return WordBox(start, end, round(left, 4), round(top, 4), round(width, 4), round(height, 4))


def _line(start: int, end: int, words: Sequence[dict[str, Any]]) -> Line:
    points = float(words[0]["points"])
    left = min(int(word["left"]) for word in words) * points
    bottom = max(int(word["top"]) + int(word["height"]) for word in words) * points
    size = max(int(word["height"]) for word in words) * points
    y = float(words[0]["page_height"]) - bottom
    return Line(start, end, round(size, 1), False, round(left, 1), round(y, 1))
