"""What a bank tells of its items: their history, and the sets that went out. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.training.items import Item, fingerprint

SUFFIX = "-training.sqlite"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an item: made, edited, approved, rejected, refreshed, imported, handed_out."""

    at: str
    what: str
    role: str
    reason: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A set as it went out: `how` is link, export or print, `place` a file or an address."""

    handout_id: str
    municipality: str
    name: str
    how: str
    place: str
    on: date
    item_ids: tuple[str, ...]
    drafts: bool = False


def bank_file(index: Path) -> Path:
    """Where the bank of an index lies, unless another file is named."""
    return index.absolute().with_name(index.absolute().name + SUFFIX)


def anchor(item: Item) -> str:
    """What an item is about, however it is worded: its first key statement, or its field of the register."""
    if item.key_statements:
        return item.key_statements[0].text_hash
    if item.facts:
        return f"{item.facts[0].plan_id}.{item.facts[0].field}"
    return fingerprint(item.question)
