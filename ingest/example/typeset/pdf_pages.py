"""Draws PDF pages: cover, running head and foot, placed pieces and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from ingest.example.typeset.compose import Page, Placed
from ingest.example.typeset.pdf_items import Setting
from ingest.example.typeset.words import words

WIDTH, HEIGHT = A4
MARGIN = 68.0
GAP = 20.0
TOP = HEIGHT - 76.0
BOTTOM = 74.0
COVER_BAND = HEIGHT * 0.42
_GREY = HexColor("#555555")
_NOTE_RULE = 9.0


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a document set as paragraphs of the page width."""

    paragraphs: tuple[Paragraph, ...]

    def height(self, numbers: Sequence[int]) -> float:
        """Room the notes take at the foot of a page, with the rule above them."""
        if not numbers:
            return 0.0
        return _NOTE_RULE + sum(self._height(number) for number in numbers)

    def draw(self, canvas: Canvas, numbers: Sequence[int]) -> None:
        """Draw the notes so that the last ends at the foot of the text area."""
        if not numbers:
            return
        y = BOTTOM + self.height(numbers) - _NOTE_RULE
        canvas.setStrokeColor(_GREY)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, y + 3, MARGIN + 110, y + 3)
        for number in numbers:
            y -= self._height(number)
            self.paragraphs[number - 1].drawOn(canvas, MARGIN, y)

    def _height(self, number: int) -> float:
        return float(self.paragraphs[number - 1].wrap(WIDTH - 2 * MARGIN, HEIGHT)[1])


def set_notes(setting: Setting) -> Notes:
    """Every footnote of the document, numbered."""
    style = setting.style["note"]
    return Notes(
        tuple(
            Paragraph(setting.text(text, "note").text, style, bulletText=str(number))
            for number, text in enumerate(setting.document.notes, start=1)
        )
    )


def draw_page(canvas: Canvas, page: Page, notes: Notes, setting: Setting, label: str) -> None:
    """One page of text with its running head, foot and footnotes."""
    _draw_head(canvas, setting)
    draw_placed(canvas, page.placed, TOP)
    notes.draw(canvas, page.notes)
    _draw_foot(canvas, setting, label)


def draw_placed(canvas: Canvas, placed: Sequence[Placed], top: float) -> None:
    """Draw pieces in reading order, offsets counted down from `top`."""
    for at in placed:
        at.item.piece.wrap(at.width, HEIGHT)
        at.item.piece.drawOn(canvas, MARGIN + at.x, top - at.top - at.height)


def draw_cover(canvas: Canvas, block: Page, setting: Setting) -> None:
    """A coloured band that holds the title; the cover block stands below it."""
    base = HEIGHT - COVER_BAND
    canvas.setFillColor(setting.look.accent)
    canvas.rect(0, base, WIDTH, COVER_BAND, stroke=0, fill=1)
    _draw_shield(canvas, MARGIN, HEIGHT - 118)
    parent = setting.style["title"]
    title = Paragraph(
        setting.text(setting.document.title, "title").text,
        ParagraphStyle("cover title", parent=parent, textColor=white),
    )
    title.wrap(WIDTH - 2 * MARGIN, COVER_BAND)
    title.drawOn(canvas, MARGIN, base + 34)
    canvas.setFillColor(HexColor("#d9d9d9"))
    canvas.rect(0, base - 6, WIDTH, 6, stroke=0, fill=1)
    draw_placed(canvas, block.placed, base - 44)


def _draw_shield(canvas: Canvas, x: float, y: float) -> None:
    """An invented coat of arms: a shield with three waves."""
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1.6)
    outline = canvas.beginPath()
    outline.moveTo(x, y + 52)
    outline.lineTo(x + 44, y + 52)
    outline.lineTo(x + 44, y + 22)
    outline.curveTo(x + 44, y + 8, x + 30, y + 2, x + 22, y - 4)
    outline.curveTo(x + 14, y + 2, x, y + 8, x, y + 22)
    outline.close()
    canvas.drawPath(outline)
    for height in (38, 28, 18):
        wave = canvas.beginPath()
        wave.moveTo(x + 7, y + height)
        wave.curveTo(x + 14, y + height + 7, x + 16, y + height - 7, x + 22, y + height)
        wave.curveTo(x + 28, y + height + 7, x + 30, y + height - 7, x + 37, y + height)
        canvas.drawPath(wave)


def _draw_head(canvas: Canvas, setting: Setting) -> None:
    if not setting.document.running_head:
        return
    _small(canvas, setting)
    canvas.drawString(MARGIN, HEIGHT - 48, setting.document.running_head)
    canvas.line(MARGIN, HEIGHT - 54, WIDTH - MARGIN, HEIGHT - 54)


def _draw_foot(canvas: Canvas, setting: Setting, label: str) -> None:
    """The running foot at the left, the page at the right; alone, the page is centred."""
    _small(canvas, setting)
    is_sans = setting.look.family.endswith("Sans")
    page = f"{words(setting.document.language).page} {label}" if is_sans else label
    if setting.document.running_foot:
        canvas.line(MARGIN, 50, WIDTH - MARGIN, 50)
        canvas.drawString(MARGIN, 38, setting.document.running_foot)
        canvas.drawRightString(WIDTH - MARGIN, 38, page)
    else:
        canvas.drawCentredString(WIDTH / 2, 38, page)


def _small(canvas: Canvas, setting: Setting) -> None:
    canvas.setFont(f"{setting.look.family}-Regular", 8)
    canvas.setFillColor(_GREY)
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.3)
