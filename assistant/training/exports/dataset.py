"""Approved items as questions of an evaluation: what is asked, what must be answered, and the quotes that prove it.

Writes the three files of a dataset folder: `dataset.yaml`, `queries.jsonl` (or the file named) and
`qrels/quotes.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.training.errors import CannotExport
from assistant.training.items import Item
from assistant.training.trainer import Trainer

_FACTS = frozenset({"figure", "asked_figure", "deadline", "who_signs", "target_deadline"})
"""Templates whose key is a fact that the answer must hold."""
_ASKABLE = frozenset({*_FACTS, "question"})
"""Templates whose question the plans' own words answer; others only where a person has put it in words."""


def write(items: Sequence[Item], to: Path, trainer: Trainer) -> None:
    """Into a folder, or with a `.jsonl` name: that file, the others beside it.

    Raises:
        CannotExport: no item can be put to the assistant as a question.
    """
    asked = [item for item in items if item.asked and item.key_statements and item.template in _ASKABLE]
    if not asked:
        raise CannotExport(
            "none of the items is a question the assistant can be asked; edit their field 'asked'"
        )
    folder, queries = (to.parent, to) if to.suffix else (to, to / "queries.jsonl")
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    described = yaml.safe_dump(_described(asked, trainer), allow_unicode=True, sort_keys=False)
    (folder / "dataset.yaml").write_text(described, encoding="utf-8")
    _lines(queries, [_query(item) for item in asked])
    _lines(folder / "qrels" / "quotes.jsonl", [row for item in asked for row in _evidence(item)])


def _described(items: Sequence[Item], trainer: Trainer) -> Mapping[str, Any]:
    library = trainer.library()
    return {
        "name": f"{trainer.municipality}-training",
        "version": "1",
        "documents": str(library.folder),
        "register": True,
        "municipality": library.register.municipality.name,
        "languages": sorted({item.language for item in items}),
        "as_of": max(item.as_of for item in items).isoformat(),
    }


def _query(item: Item) -> Mapping[str, Any]:
    key, quote = item.key_statements[0], item.quotes[0]
    return {
        "id": item.item_id,
        "question": item.asked[0],
        "as_of": item.as_of.isoformat(),
        "history": [],
        "language": item.language,
        "expected": {
            "outcome": "answered",
            "governing": {
                "plan_id": key.plan_id,
                "version": key.version_id,
                "level": quote.level,
                "section": quote.section or None,
            },
            "authority": None,
            "force": item.force,
            "key_facts": [[item.answer]] if item.template in _FACTS else [],
            "forbidden": [],
            "also_relevant": [],
            "notice": None,
            "answer": item.explanation,
        },
        "tags": [item.template, item.topic] if item.topic else [item.template],
        "difficulty": item.difficulty.value,
        "split": "held_out",
    }


def _evidence(item: Item) -> list[Mapping[str, Any]]:
    return [
        {
            "query_id": item.item_id,
            "plan_id": quote.plan_id,
            "version": quote.version_id,
            "file": quote.file,
            "page": quote.page,
            "quote": quote.text,
            "role": "governing" if place == 0 else "supports",
            "grade": 2 if place == 0 else 1,
        }
        for place, quote in enumerate(item.quotes)
    ]


def _lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
