"""Tables and boxes of a PDF: column widths from the words, thin rules, repeated header row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from ingest.example.typeset import blocks
from ingest.example.typeset.faces import Look, markup, width_of
from ingest.example.typeset.inline import plain

# A style command of the PDF library: name, first cell, last cell, values.
_Rule = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]
_PADDING = 4.0
_RULE = HexColor("#9a9a9a")
_NUMBER = re.compile(r"^[–-]?\s?\d[\d  .,]*\s?(?:%|kr|tonn|t|MW|GWh|kWh)?$")
# A cell longer than this runs over several lines and asks for no more width.
_LONGEST_LINE = 230.0


def table_piece(
    table: blocks.Table, width: float, style: dict[str, ParagraphStyle], look: Look, where: str
) -> Table:
    """The table set to the width, its header row repeated on every page it runs over."""
    columns = zip(*table.rows, strict=True)
    numeric = [at > 0 and _is_numeric(column) for at, column in enumerate(columns)]
    head = [style["number head"] if flag else style["head"] for flag in numeric]
    body = [style["number"] if flag else style["cell"] for flag in numeric]
    rows = [_cells(table.header, head, look, where)]
    rows += [_cells(row, body, look, where) for row in table.rows]
    piece = Table(
        rows,
        colWidths=column_widths(table, width, style),
        repeatRows=1,
        spaceAfter=0,
    )
    piece.setStyle(_rules(look))
    return piece


def needs_full_width(table: blocks.Table, column: float, style: dict[str, ParagraphStyle]) -> bool:
    """Whether a column of the page is too narrow for the table."""
    least, natural = _extents(table, style)
    return len(least) > 4 or sum(least) > column or sum(natural) > 3.2 * column


def column_widths(table: blocks.Table, width: float, style: dict[str, ParagraphStyle]) -> list[float]:
    """Every column as wide as its longest word, the rest shared by how much text it holds."""
    least, natural = _extents(table, style)
    if sum(least) >= width:
        return [width * part / sum(least) for part in least]
    wish = [n - m for m, n in zip(least, natural, strict=True)]
    spare = width - sum(least)
    total = sum(wish)
    if total <= 0:
        return [part + spare / len(least) for part in least]
    return [part + spare * more / total for part, more in zip(least, wish, strict=True)]


def box_piece(inner: Sequence[Paragraph], width: float, look: Look) -> Table:
    """Paragraphs in a tinted box with a coloured edge."""
    piece = Table([[paragraph] for paragraph in inner], colWidths=[width])
    piece.setStyle([
        ("BACKGROUND", (0, 0), (-1, -1), _tint(look.accent, 0.92)),
        ("LINEBEFORE", (0, 0), (0, -1), 2.5, look.accent),
        ("LEFTPADDING", (0, 0), (-1, -1), 11),
        ("RIGHTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (0, 0), 7),
        ("BOTTOMPADDING", (0, -1), (0, -1), 8),
    ])  # fmt: skip
    return piece


def _cells(texts: Sequence[str], style: Sequence[ParagraphStyle], look: Look, where: str) -> list[Paragraph]:
    return [Paragraph(markup(text, look, where), face) for text, face in zip(texts, style, strict=True)]


def _extents(table: blocks.Table, style: dict[str, ParagraphStyle]) -> tuple[list[float], list[float]]:
    """Width of each column's longest word, and of its longest cell up to a full line."""
    least, natural = [], []
    for column in zip(table.header, *table.rows, strict=True):
        texts = [plain(text) for text in column]
        words = [word for text in texts for word in text.split()]
        padding = 2 * _PADDING + 1
        least.append(padding + max((width_of(w, style["head"]) for w in words), default=0))
        longest = max(width_of(text, style["head"]) for text in texts)
        natural.append(padding + min(longest, _LONGEST_LINE))
    return least, natural


def _is_numeric(column: Sequence[str]) -> bool:
    filled = [text for text in column if text not in ("", "–", "-")]
    return bool(filled) and all(_NUMBER.match(plain(text)) for text in filled)


def _rules(look: Look) -> list[_Rule]:
    """Sans documents shade the header row, serif documents rule it off."""
    rules: list[_Rule] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEBELOW", (0, 1), (-1, -2), 0.3, _RULE),
        # No row is left alone at the foot or the head of a page.
        ("NOSPLIT", (0, 0), (-1, 2)),
        ("NOSPLIT", (0, -2), (-1, -1)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, look.accent),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, look.accent),
    ]
    if look.family.endswith("Sans"):
        return [*rules, ("BACKGROUND", (0, 0), (-1, 0), _tint(look.accent, 0.86))]
    return [*rules, ("LINEBELOW", (0, 0), (-1, 0), 0.5, look.accent)]


def _tint(colour: Color, lightness: float) -> Color:
    """The colour mixed with white."""
    mixed = [part + (1 - part) * lightness for part in (colour.red, colour.green, colour.blue)]
    return Color(*mixed)
