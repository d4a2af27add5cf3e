"""Faces and paragraph styles of a PDF, and text marked up in them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ingest.example.typeset.blocks import SourceError
from ingest.example.typeset.inline import Run, runs
from ingest.example.typeset.source import Document
from ingest.example.typeset.words import words

_FOLDER = Path("/usr/share/fonts/truetype")
_FAMILIES = {"serif": "LiberationSerif", "sans": "LiberationSans"}
_CUTS = ("Regular", "Bold", "Italic", "BoldItalic")
# Holds the characters the Liberation faces lack: arrows, tick boxes, mathematical signs.
_FALLBACK = "DejaVuSans"
_ACCENTS = ("#1d4e6b", "#2f5d3a", "#6b2737", "#26566b", "#3c4a7a", "#5a4a1f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The appearance of one document."""

    family: str
    size: float
    accent: Color
    columns: int
    hyphenation: str


def look(document: Document) -> Look:
    """The look a document asks for; its colour follows from its file name and stays the same."""
    layout = document.layout
    if layout.font not in _FAMILIES:
        raise SourceError(f"{document.source}: font {layout.font!r}; use {sorted(_FAMILIES)}")
    family = _FAMILIES[layout.font]
    _register(family)
    return Look(
        family=family,
        size=layout.size,
        accent=HexColor(_ACCENTS[zlib.crc32(document.file.encode()) % len(_ACCENTS)]),
        columns=layout.columns,
        hyphenation=words(document.language).hyphenation,
    )


def styles(look: Look) -> dict[str, ParagraphStyle]:
    """Paragraph styles by role."""
    size = look.size
    text = ParagraphStyle(
        "text",
        fontName=f"{look.family}-Regular",
        fontSize=size,
        leading=size * 1.36,
        spaceAfter=size * 0.62,
        alignment=TA_JUSTIFY if look.columns > 1 else TA_LEFT,
        hyphenationLang=look.hyphenation if look.columns > 1 else "",
        hyphenationMinWordLength=7,
        allowWidows=0,
        allowOrphans=0,
    )
    left: dict[str, Any] = {"parent": text, "alignment": TA_LEFT, "hyphenationLang": ""}
    bold: dict[str, Any] = {"fontName": f"{look.family}-Bold"}
    cell = ParagraphStyle("cell", **left, fontSize=size * 0.86, leading=size * 1.1, spaceAfter=0)
    return {
        "text": text,
        "item": ParagraphStyle("item", parent=text, spaceAfter=size * 0.3),
        "heading2": _heading(look, 2, 1.5, before=1.5, after=0.6),
        "heading3": _heading(look, 3, 1.18, before=1.1, after=0.4),
        "heading4": _heading(look, 4, 1.02, before=0.8, after=0.25),
        "caption": ParagraphStyle(
            "caption", **left, **bold, fontSize=size * 0.9, leading=size * 1.16,
            spaceBefore=size * 0.5, spaceAfter=size * 0.4, textColor=look.accent,
        ),
        "cell": cell,
        "number": ParagraphStyle("number", parent=cell, alignment=TA_RIGHT),
        "head": ParagraphStyle("head", parent=cell, **bold),
        "number head": ParagraphStyle("number head", parent=cell, **bold, alignment=TA_RIGHT),
        "boxed": ParagraphStyle("boxed", **left, fontSize=size * 0.95, leading=size * 1.28),
        "note": ParagraphStyle(
            "note", **left, fontSize=size * 0.78, leading=size * 0.98, spaceAfter=1.5,
            leftIndent=size, bulletFontSize=size * 0.6, bulletOffsetY=size * 0.2,
            bulletFontName=f"{look.family}-Regular",
        ),
        "cover": ParagraphStyle("cover", **left, fontSize=size * 1.12, leading=size * 1.6),
        "title": ParagraphStyle(
            "title", **left, **bold, fontSize=size * 2.7, leading=size * 3.2,
        ),
        "contents2": ParagraphStyle("contents2", **left, **bold, leading=size * 1.2,
                                    spaceBefore=size * 0.4, spaceAfter=0),
        "contents3": ParagraphStyle("contents3", **left, leading=size * 1.18,
                                    leftIndent=size * 1.6, spaceAfter=0),
    }  # fmt: skip


def markup(text: str, look: Look, where: str) -> str:
    """Text in the paragraph markup of the PDF library; `where` names the source in errors."""
    return "".join(_marked(run, look, where) for run in runs(text))


def faced(text: str, face: str, where: str = "") -> list[tuple[str, str]]:
    """Stretches of text with the face to set each in: the fallback where `face` lacks it."""
    by_face = groupby(text, key=lambda char: _face_for(char, face, where))
    return [(name, "".join(chars)) for name, chars in by_face]


def width_of(text: str, style: ParagraphStyle) -> float:
    """Width of plain text in points."""
    return float(pdfmetrics.stringWidth(text, style.fontName, style.fontSize))


def _heading(look: Look, level: int, scale: float, *, before: float, after: float) -> ParagraphStyle:
    return ParagraphStyle(
        f"heading{level}",
        fontName=f"{look.family}-{'BoldItalic' if level == 4 else 'Bold'}",
        fontSize=look.size * scale,
        leading=look.size * scale * 1.22,
        spaceBefore=look.size * before,
        spaceAfter=look.size * after,
        textColor=look.accent,
    )


def _marked(run: Run, look: Look, where: str) -> str:
    own = f"{look.family}-Regular"
    if run.note:
        return f'<super size="{look.size * 0.62:.1f}">{run.text}</super>'
    marked = "".join(
        escape(stretch) if face == own else f'<font name="{face}">{escape(stretch)}</font>'
        for face, stretch in faced(run.text, own, where)
    ).replace("\n", "<br/>")
    if run.bold:
        marked = f"<b>{marked}</b>"
    return f"<i>{marked}</i>" if run.italic else marked


def _face_for(char: str, face: str, where: str) -> str:
    if char == "\n" or _has(face, char):
        return face
    if _has(_FALLBACK, char):
        return _FALLBACK
    raise SourceError(f"{where}: no face has the character {char!r}; write it in another way")


def _has(face: str, char: str) -> bool:
    font = pdfmetrics.getFont(face)
    return isinstance(font, TTFont) and ord(char) in font.face.charToGlyph


def _register(family: str) -> None:
    """Make the faces known to the PDF library; doing it twice changes nothing."""
    known = pdfmetrics.getRegisteredFontNames()
    wanted = {f"{family}-{cut}": "liberation*" for cut in _CUTS} | {_FALLBACK: "dejavu"}
    for name, folder in wanted.items():
        if name in known:
            continue
        path = next(iter(sorted(_FOLDER.glob(f"{folder}/{name}.ttf"))), None)
        if path is None:
            raise SourceError(
                f"face {name} is not under {_FOLDER}; install fonts-liberation and fonts-dejavu"
            )
        pdfmetrics.registerFont(TTFont(name, path))
    regular, *others = (f"{family}-{cut}" for cut in _CUTS)
    pdfmetrics.registerFontFamily(regular, regular, *others)
