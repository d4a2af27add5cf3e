"""Items as rows of a CSV or XLSX file, that `imports` reads back without loss.

Text that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.training.errors import CannotExport
from assistant.training.items import Item
from assistant.training.trainer import Trainer

OPTIONS = 6
COLUMNS = (
    "item_id", "state", "kind", "language", "question",
    *(f"option_{place}" for place in range(1, OPTIONS + 1)),
    "right", "answer", "explanation", "pairs", "asked", "level", "force", "topic", "difficulty", "audience",
    "unit", "as_of", "plans", "files", "pages", "quotes", "verified_by", "verified_on", "record",
)  # fmt: skip
"""`right` is the place of the right option; `pairs`, `asked` and `quotes` hold one a line; `record` holds what a
person does not edit, as JSON."""

_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `unguarded` gives it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def row_of(item: Item) -> dict[str, str]:
    """One row; every value is text."""
    options = [o.text for o in item.options]
    right = next((str(place) for place, o in enumerate(item.options, 1) if o.right), "")
    return {
        "item_id": item.item_id,
        "state": item.state.value,
        "kind": item.kind.value,
        "language": item.language,
        "question": item.question,
        **{
            f"option_{place}": options[place - 1] if place <= len(options) else ""
            for place in range(1, OPTIONS + 1)
        },
        "right": right,
        "answer": item.answer,
        "explanation": item.explanation,
        "pairs": "\n".join(f"{p.left} => {p.right}" for p in item.pairs),
        "asked": "\n".join(item.asked),
        "level": str(item.level),
        "force": item.force,
        "topic": item.topic,
        "difficulty": item.difficulty.value,
        "audience": item.audience,
        "unit": item.unit,
        "as_of": item.as_of.isoformat(),
        "plans": ", ".join(item.plan_ids),
        "files": "\n".join(q.file for q in item.quotes),
        "pages": "\n".join(str(q.page or "") for q in item.quotes),
        "quotes": "\n".join(q.text for q in item.quotes),
        "verified_by": item.verified_by,
        "verified_on": item.verified_on.isoformat() if item.verified_on else "",
        "record": json.dumps(item.to_json(), ensure_ascii=False),
    }


def write_csv(items: Sequence[Item], to: Path, _: Trainer) -> None:
    """UTF-8 with a mark that spreadsheets know it by."""
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for item in items:
            writer.writerow({name: guarded(value) for name, value in row_of(item).items()})


def write_xlsx(items: Sequence[Item], to: Path, _: Trainer) -> None:
    """One sheet, every cell as text.

    Raises:
        CannotExport: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font
    except ImportError as error:
        raise CannotExport("XLSX needs openpyxl; install it with: pip install 'hjemmel[xlsx]'") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, value=name) for name in COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for item in items:
        cells = []
        for value in row_of(item).values():
            cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", guarded(value)))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cells.append(cell)
        sheet.append(cells)
    book.save(to)
