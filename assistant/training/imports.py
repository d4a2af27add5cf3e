"""Items read back from a CSV or XLSX file or out of a dataset: what is new, what changed, what cannot be read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from assistant.training import from_dataset
from assistant.training.errors import BadSet
from assistant.training.exports.tables import OPTIONS, row_of, unguarded
from assistant.training.items import Difficulty, Item, Kind, Option, Pair, Quote, State, item_from, with_id
from assistant.training.trainer import Trainer

_LARGEST = 20_000_000
"""Bytes of a file that is read."""
_MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file brings; nothing of it is approved by being imported. `problems` name row and column."""

    new: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    unchanged: int = 0
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "new": [item.item_id for item in self.new],
            "changed": [item.item_id for item in self.changed],
            "unchanged": self.unchanged,
            "problems": list(self.problems),
        }


def bring_in(trainer: Trainer, path: Path, *, dry_run: bool = False, role: str = "") -> Imported:
    """Reads a file and, unless `dry_run`, puts what is new or changed into the bank as drafts.

    A folder, or a `.jsonl` file, is read as the dataset of an evaluation.

    Raises:
        BadSet: the file cannot be read at all, or is too large.
    """
    new: list[Item] = []
    changed: list[Item] = []
    unchanged, problems = 0, list[str]()
    for item in _items_in(trainer, path):
        if isinstance(item, str):
            problems.append(item)
        elif not trainer.bank.has(item.item_id):
            new.append(replace(item, state=State.DRAFT, verified_by="", verified_on=None))
        elif _same(before := trainer.bank.item(item.item_id), item):
            unchanged += 1
        else:
            changed.append(
                replace(item, state=State.DRAFT, verified_by="", verified_on=None, shared=before.shared)
            )
    if not dry_run:
        with trainer.bank.transaction():
            trainer.bank.add(new, what="imported", role=role, reason=path.name)
            for item in changed:
                trainer.bank.put(item, "imported", role=role, reason=path.name)
    return Imported(new=tuple(new), changed=tuple(changed), unchanged=unchanged, problems=tuple(problems))


def _items_in(trainer: Trainer, path: Path) -> Iterator[Item | str]:
    """Each item of a file, else what is wrong with its row."""
    if path.is_dir() or path.suffix.lower() == ".jsonl":
        yield from from_dataset.items_of(trainer, path)
        return
    for number, row in read_rows(path):
        try:
            yield item_of(row, trainer)
        except BadSet as error:
            yield f"row {number}: {error}"


def _same(before: Item, after: Item) -> bool:
    """Whether what a person can edit is as it was."""
    return {k: v for k, v in row_of(before).items() if k not in _NOT_EDITED} == {
        k: v for k, v in row_of(after).items() if k not in _NOT_EDITED
    }


_NOT_EDITED = frozenset(
    {"state", "verified_by", "verified_on", "record", "plans", "files", "pages", "quotes"}
)


# --- rows ---------------------------------------------------------------------------------


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their number in the file, the heading being row 1; values are text, guards taken away.

    Raises:
        BadSet: the file cannot be read, is too large, or lacks the column `question`.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BadSet(f"{path} is larger than {_LARGEST // 1_000_000} MB; split it")
        rows = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSet(f"{path} cannot be read ({error}); give a CSV file in UTF-8, or an XLSX file") from error
    if not rows or "question" not in rows[0]:
        raise BadSet(
            f"{path} has no column 'question'; write a file to fill in with: hjemmel qa export --to set.csv"
        )
    head = rows[0]
    if len(rows) > _MOST_ROWS:
        raise BadSet(f"{path} has {len(rows)} rows; {_MOST_ROWS} are the most: split it")
    for number, values in enumerate(rows[1:], 2):
        row = {name: unguarded(value) for name, value in zip(head, values, strict=False)}
        if any(row.values()):
            yield number, row


def _csv(path: Path) -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    csv.field_size_limit(1_000_000)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _xlsx(path: Path) -> Iterator[list[str]]:
    from zipfile import BadZipFile

    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise BadSet(
            "XLSX needs openpyxl; install it with: pip install 'hjemmel[xlsx]', or give a CSV file"
        ) from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadSet(f"{path} is not an XLSX file ({error})") from error
    for values in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if value is None else str(value) for value in values]
    book.close()


# --- a row as an item ---------------------------------------------------------------------


def item_of(row: Mapping[str, str], trainer: Trainer) -> Item:
    """The item a row describes: its record with what a person has edited, or a new one.

    Raises:
        BadSet: a value cannot be what it should; the message names the column.
    """
    base = _recorded(row)
    if base is None:
        return with_id(_edited(_blank(row, trainer), row))
    return _edited(base, row)


def _recorded(row: Mapping[str, str]) -> Item | None:
    if not row.get("record"):
        return None
    try:
        return item_from(json.loads(row["record"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSet(
            f"column 'record' cannot be read ({error}); leave it as it was exported, or empty"
        ) from error


def _blank(row: Mapping[str, str], trainer: Trainer) -> Item:
    kind = _one_of(Kind, row.get("kind") or "single_choice", "kind")
    return Item(
        item_id="",
        municipality=trainer.municipality,
        kind=kind,
        template="imported",
        language=row.get("language") or trainer.language,
        question=row["question"],
        answer="",
        explanation="",
        as_of=date.today(),
        level=0,
        quotes=tuple(_quotes(row, trainer)),
    )


def _quotes(row: Mapping[str, str], trainer: Trainer) -> Iterator[Quote]:
    """Quotes of a new item, each found on its page or refused."""
    texts, files = (row.get(c, "").splitlines() for c in ("quotes", "files"))
    pages = row.get("pages", "").splitlines()
    shelves = {shelf.document.file: shelf for shelf in trainer.library().shelves.values()}
    for place, text in enumerate(texts):
        file = files[place] if place < len(files) else ""
        if file not in shelves:
            raise BadSet(f"column 'files': the index holds no file {file!r}")
        page = pages[place] if place < len(pages) else ""
        shelf = shelves[file]
        yield Quote(
            plan_id=shelf.plan.plan_id,
            version_id=shelf.version.version_id,
            file=file,
            title=shelf.version.title,
            level=shelf.plan.level,
            level_name=trainer.library()
            .register.level(shelf.plan.level)
            .name(row.get("language") or trainer.language),
            section="",
            page=int(page) if page.isdigit() else None,
            text=text,
            language=shelf.document.language,
        )


def _edited(item: Item, row: Mapping[str, str]) -> Item:
    """The item with the columns a person can edit."""
    question = row["question"]
    if not question.strip():
        raise BadSet("column 'question' is empty")
    options, pairs = _options(item, row), _pairs(item, row)
    answer = next((o.text for o in options if o.right), row.get("answer") or item.answer)
    return replace(
        item,
        question=question,
        options=options,
        answer=answer if item.kind is not Kind.MATCHING else _told(item, pairs),
        explanation=row.get("explanation", item.explanation),
        pairs=pairs,
        asked=tuple(row["asked"].splitlines()) if "asked" in row else item.asked,
        topic=row.get("topic", item.topic),
        audience=row.get("audience") or item.audience,
        unit=row.get("unit", item.unit),
        difficulty=_one_of(Difficulty, row.get("difficulty") or item.difficulty.value, "difficulty"),
        level=item.quotes[0].level if item.template == "imported" and item.quotes else item.level,
    )


def _options(item: Item, row: Mapping[str, str]) -> tuple[Option, ...]:
    texts = [row.get(f"option_{place}", "") for place in range(1, OPTIONS + 1)]
    texts = [text for text in texts if text]
    if not texts:
        return item.options
    right = row.get("right", "").strip().removesuffix(".0")
    if not right.isdigit() or not 1 <= int(right) <= len(texts):
        raise BadSet(f"column 'right' is {right!r}; give the place of the right option, 1 to {len(texts)}")
    why = {option.text: option.why for option in item.options}
    return tuple(Option(text, place == int(right), why.get(text, "")) for place, text in enumerate(texts, 1))


def _pairs(item: Item, row: Mapping[str, str]) -> tuple[Pair, ...]:
    lines: Sequence[str] = row.get("pairs", "").splitlines()
    if item.kind is not Kind.MATCHING or not lines:
        return item.pairs
    parted = [line.rpartition(" => ") for line in lines]
    if not all(left and right for left, _, right in parted):
        raise BadSet("column 'pairs' must hold one pair a line, as: statement => level")
    return tuple(Pair(left, right) for left, _, right in parted)


def _told(item: Item, pairs: Sequence[Pair]) -> str:
    return item.answer if pairs == item.pairs else "\n".join(f"{p.left} → {p.right}" for p in pairs)


def _one_of(values: Any, text: str, column: str) -> Any:
    if text not in list(values):
        raise BadSet(f"column {column!r} is {text!r}; give one of {', '.join(values)}")
    return values(text)
