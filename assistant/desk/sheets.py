"""Rows as CSV and XLSX files that a spreadsheet opens as text, never as formulas.

A cell that begins with "=", "+", "-", "@" or a control character would be run by a spreadsheet. In CSV it gets an
apostrophe before it; in XLSX every cell is stored as text.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import CannotWrite

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell_text(value: Any) -> str:
    """What a cell shows: nothing for None, lists joined."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUN) else text


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Writes UTF-8 with a byte order mark, which spreadsheets need to read letters beyond ASCII.

    Raises:
        CannotWrite: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                writer.writerow([guarded(cell_text(row.get(column))) for column in columns])
    except OSError as error:
        raise _named(path, error) from error


def write_xlsx(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> None:
    """Writes one sheet with a header that stays in view.

    Raises:
        CannotWrite: the file cannot be written, or openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError as error:
        raise CannotWrite(
            "openpyxl is not installed; run: pip install 'hjemmel[xlsx]', or use --csv"
        ) from error

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.freeze_panes = "A2"
    texts = [list(columns), *([cell_text(row.get(column)) for column in columns] for row in rows)]
    for number, line in enumerate(texts, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(_RUN)
    try:
        book.save(path)
    except OSError as error:
        raise _named(path, error) from error


def _named(path: Path, error: OSError) -> CannotWrite:
    return CannotWrite(f"{path} cannot be written ({error.strerror}); name a file in a folder that exists")
