"""What a trainer's question is made of, and what it stands on. Pure values.

An item is a question with its key, its explanation and its sources; it is bound to the statements, the
register's fields and the decision between statements that make its key right.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.fold import folded_text

_SPACE = re.compile(r"\W+")


class Kind(StrEnum):
    """How an item is answered."""

    SINGLE_CHOICE = "single_choice"
    TRUE_FALSE = "true_false"
    WHICH_LEVEL = "which_level"
    MATCHING = "matching"
    WHO_SIGNS = "who_signs"
    FIND_PAGE = "find_page"
    CASE = "case"


class State(StrEnum):
    """Where an item stands in the review; whether it is stale is told from the index, never stored."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `why` says where it comes from, or why it is wrong."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and the level it belongs to, of a matching item."""

    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A source word for word. `page` is physical, 1-based; None where the format has none."""

    plan_id: str
    version_id: str | None
    file: str
    title: str
    level: int
    level_name: str
    section: str
    page: int | None
    text: str
    language: str


class Part(StrEnum):
    """What a bound statement is to its item."""

    KEY = "key"
    """The key is right because this text is in force as it reads."""
    SILENT = "silent"
    """A wrong option, or a text that does not apply, taken from a text not in force."""
    YIELDS = "yields"
    """A text in force that gives way to the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A statement an item stands on: which, where, and how it read."""

    plan_id: str
    version_id: str | None
    file: str
    section: str
    page: int | None
    text: str
    text_hash: str
    part: Part = Part.KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A field of the register an item stands on: `owner` of a plan, its `state` on the item's date."""

    plan_id: str
    version_id: str | None
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question, its key and what both stand on. `item_id` follows from what it asks and answers.

    `template` names what made it; `slot` which figure of its key statement it asks for. `asked` is the question
    as a person would put it to the assistant. `verified_by` and `verified_on` are a role and a day, set by
    the last approval.
    """

    item_id: str
    municipality: str
    kind: Kind
    template: str
    language: str
    question: str
    answer: str
    explanation: str
    as_of: date
    level: int
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    quotes: tuple[Quote, ...] = ()
    force: str = "information"
    topic: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    audience: str = "purchaser"
    unit: str = ""
    slot: str = ""
    asked: tuple[str, ...] = ()
    statements: tuple[Bound, ...] = ()
    facts: tuple[Fact, ...] = ()
    shared: bool = False
    state: State = State.DRAFT
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def plan_ids(self) -> tuple[str, ...]:
        """The plans its key stands on, without those that only lend a wrong option."""
        bound = [b.plan_id for b in self.statements if b.part is Part.KEY]
        return tuple(dict.fromkeys([*bound, *(f.plan_id for f in self.facts)]))

    @property
    def right(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.right)

    @property
    def key_statements(self) -> tuple[Bound, ...]:
        return tuple(b for b in self.statements if b.part is Part.KEY)

    def to_json(self) -> dict[str, Any]:
        """Everything, for the bank and for export; `item_from` reads it back."""
        return {name: _plain(getattr(self, name)) for name in Item.__dataclass_fields__}


def item_from(content: Mapping[str, Any]) -> Item:
    """An item from `Item.to_json`."""
    read = dict(content)
    read["kind"], read["state"] = Kind(read["kind"]), State(read["state"])
    read["difficulty"] = Difficulty(read["difficulty"])
    read["as_of"] = date.fromisoformat(read["as_of"])
    read["verified_on"] = date.fromisoformat(read["verified_on"]) if read.get("verified_on") else None
    read["options"] = tuple(Option(**o) for o in read["options"])
    read["pairs"] = tuple(Pair(**p) for p in read["pairs"])
    read["quotes"] = tuple(Quote(**q) for q in read["quotes"])
    read["statements"] = tuple(Bound(**{**b, "part": Part(b["part"])}) for b in read["statements"])
    read["facts"] = tuple(Fact(**f) for f in read["facts"])
    read["asked"] = tuple(read["asked"])
    return Item(**read)


def text_hash(text: str) -> str:
    """Names a text however it was typeset."""
    return hashlib.sha256(folded_text(text).encode()).hexdigest()[:16]


def fingerprint(text: str) -> str:
    """One for texts that differ in marks, case and spacing alone."""
    return _SPACE.sub(" ", folded_text(text)).strip().casefold()


def with_id(item: Item) -> Item:
    """The item under the id that its language, question and key give it."""
    content = "|".join(
        (item.municipality, item.language, fingerprint(item.question), fingerprint(item.answer))
    )
    pairs = "|".join(f"{fingerprint(p.left)}={fingerprint(p.right)}" for p in item.pairs)
    digest = hashlib.sha256(f"{item.kind.value}|{content}|{pairs}".encode()).hexdigest()
    return replace(item, item_id=f"q{digest[:9]}")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
