"""A set as a file: Moodle XML, CSV, XLSX, JSON, Anki, a printable sheet with its key, or a dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.training.errors import CannotExport
from assistant.training.exports import anki, as_json, dataset, moodle, sheet, tables
from assistant.training.items import Item, State
from assistant.training.records import Handout
from assistant.training.trainer import Trainer

Write = Callable[[Sequence[Item], Path, Trainer], None]

FORMS: Mapping[str, Write] = {
    "moodle": moodle.write,
    "csv": tables.write_csv,
    "xlsx": tables.write_xlsx,
    "json": as_json.write,
    "anki": anki.write,
    "sheet": sheet.write,
    "dataset": dataset.write,
}
ENDINGS = {
    ".xml": "moodle",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".apkg": "anki",
    ".html": "sheet",
    ".jsonl": "dataset",
    "": "dataset",
}


def export(
    trainer: Trainer,
    items: Sequence[Item],
    to: Path,
    form: str | None = None,
    *,
    drafts: bool = False,
    name: str = "",
) -> tuple[Handout, list[Item]]:
    """Writes a set and remembers that it went out; returns that, and the items that were kept back.

    What is not approved stays behind unless `drafts`; what is rejected or stale always does.

    Raises:
        CannotExport: nothing is left to write, the ending names no form, or a library is not there.
    """
    chosen = form or ENDINGS.get(to.suffix.lower())
    if chosen is None or chosen not in FORMS:
        raise CannotExport(
            f"{to.name}: no form of that ending; use {', '.join(e for e in ENDINGS if e)} or --as"
        )
    may_go = [item for item in items if _may_go(trainer, item, drafts)]
    if not may_go:
        raise CannotExport(
            "no approved item that still holds is left to write; approve some with: hjemmel qa review --approve ID"
            " --role ROLE, or write drafts with --drafts"
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    FORMS[chosen](may_go, to, trainer)
    handout = trainer.bank.hand_out(
        may_go, municipality=trainer.municipality, how="export", place=str(to), name=name or to.name
    )
    return handout, [item for item in items if item not in may_go]


def _may_go(trainer: Trainer, item: Item, drafts: bool) -> bool:
    if item.state is State.REJECTED or (item.state is State.DRAFT and not drafts):
        return False
    return not trainer.standing(item).is_stale
