"""Rows of a CSV or XLSX file, whoever's spreadsheet wrote it: any separator, UTF-8 or Windows letters."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.errors import DatasetError, Unavailable

Row = Mapping[str, str]
"""Cells by column name; names are in lower case, empty cells are empty texts."""


def read_rows(path: Path) -> list[Row]:
    """The rows below the header.

    Raises:
        DatasetError: the file cannot be read, or has no header.
        Unavailable: it is XLSX and openpyxl is not installed.
    """
    cells = _xlsx(path) if path.suffix.casefold() == ".xlsx" else _csv(path)
    if not cells:
        raise DatasetError(f"{path} is empty; its first row must name the columns, such as `question`")
    header = [name.strip().casefold() for name in cells[0]]
    for number, row in enumerate(cells[1:], 2):
        if any(value.strip() for value in row[len(header) :]):
            raise DatasetError(
                f"{path}:{number} has {len(row)} cells under {len(header)} columns;"
                " put a cell that has the separator in it between double quotes"
            )
    return [
        {name: value.strip() for name, value in zip(header, row, strict=False) if name}
        for row in cells[1:]
        if any(value.strip() for value in row)
    ]


def _csv(path: Path) -> list[list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error})") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _xlsx(path: Path) -> list[list[str]]:
    try:
        import openpyxl
    except ImportError as error:
        what = "reading .xlsx needs openpyxl; run: pip install openpyxl, or save the sheet as CSV"
        raise Unavailable(what) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise DatasetError(f"{path} is no XLSX file that can be read ({error}); save it again") from error
    rows = book.worksheets[0].iter_rows(values_only=True)
    cells = [["" if value is None else _cell(value) for value in row] for row in rows]
    book.close()
    return cells


def _cell(value: object) -> str:
    """A date cell without its midnight, a whole number without its `.0`."""
    text = str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return text.removesuffix(" 00:00:00")


def write_rows(path: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    """A CSV that a Norwegian spreadsheet opens as columns: semicolons, UTF-8 with its mark.

    A cell that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[_harmless(row.get(name, "")) for name in header] for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} and len(text) > 1 else text


def unquoted(text: str) -> str:
    """A cell without the apostrophe that made it harmless."""
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text
