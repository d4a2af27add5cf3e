"""What goes into and comes out of an answer. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.plans import Amount, Force

SCHEMA = 1


class Outcome(StrEnum):
    ANSWERED = "answered"
    ABSTAINED = "abstained"
    UNRESOLVED = "unresolved"
    NEEDS_CLARIFICATION = "needs_clarification"


class Role(StrEnum):
    """What a cited statement does in the answer."""

    GOVERNING = "governing"
    AUTHORITY = "authority"
    SUPPORTS = "supports"
    YIELDS = "yields"
    NOT_IN_FORCE = "not_in_force"


class Asks(StrEnum):
    """What kind of thing would answer a question."""

    YES_NO = "yes_no"
    AMOUNT = "amount"
    DEADLINE = "deadline"
    WHO = "who"
    WHICH_RULE = "which_rule"
    LIST = "list"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    role: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person asked. `language` None: told from the words. `as_of` None: today."""

    text: str
    question_id: str | None = None
    language: str | None = None
    as_of: date | None = None
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the question itself says. `query` is the question as it stands alone, follow-ups resolved."""

    query: str
    searched: str = ""
    """The words to search with, where they are others than `query`."""
    language: str
    as_of: date
    asks: Asks
    amounts: tuple[Amount, ...] = ()

    @property
    def purchase_value(self) -> float | None:
        """The value of the purchase in the municipality's currency, where one is named."""
        return self.figures.get("money")

    @property
    def figures(self) -> dict[str, float]:
        """The largest figure of each unit the question names: money, square metres, people …"""
        found: dict[str, float] = {}
        for amount in self.amounts:
            value = amount.low if amount.low is not None else amount.high
            if value is not None:
                found[amount.unit] = max(value, found.get(amount.unit, value))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A statement as it is cited: where it stands and what it says, word for word."""

    statement_id: int
    document_id: int
    plan_id: str
    version_id: str | None
    file: str
    title: str
    level: int
    level_name: str
    section: str
    page: int | None
    quote: str
    language: str
    force: Force
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    ocr_confidence: float | None = None
    corrected: bool = False
    """Whether a person has corrected what was read of it."""

    def to_json(self) -> dict[str, Any]:
        return {
            "plan_id": self.plan_id,
            "version": self.version_id,
            "file": self.file,
            "title": self.title,
            "level": self.level,
            "level_name": self.level_name,
            "section": self.section,
            "page": self.page,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`[marker]` in the answer. `reason` says in the reader's words why the role is what it is."""

    marker: int
    source: Source
    role: Role
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        source = self.source
        return {
            "marker": self.marker,
            **source.to_json(),
            "role": self.role.value,
            "reason": self.reason,
            "language": source.language,
            "force": source.force.value,
            "adopted_on": source.adopted_on and source.adopted_on.isoformat(),
            "valid_from": source.valid_from and source.valid_from.isoformat(),
            "valid_to": source.valid_to and source.valid_to.isoformat(),
            "ocr_confidence": source.ocr_confidence,
            "corrected": source.corrected,
        }


@dataclass(frozen=True, slots=True)
class Precedence:
    """One decision between two cited statements, by their markers."""

    winner: int
    loser: int
    maxim: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"winner": self.winner, "loser": self.loser, "maxim": self.maxim, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the text of a passage stands."""

    plan_id: str
    file: str
    title: str
    level: int
    section: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassage:
    """A passage as retrieved; `also` is where the same text stands too."""

    rank: int
    plan_id: str
    file: str
    title: str
    level: int
    section: str
    page: int | None
    score: float
    text: str
    also: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        return Place(**{name: getattr(self, name) for name in Place.__dataclass_fields__})

    def to_json(self) -> dict[str, Any]:
        own = {name: getattr(self, name) for name in RankedPassage.__dataclass_fields__}
        return own | {"also": [asdict(each) for each in self.also]}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of an answer on a whole purchase. `markers` lead to its citations, the governing one first."""

    step: str
    name: str
    text: str
    markers: tuple[int, ...]
    force: Force
    level: int
    plan_id: str
    why: str = ""
    depends_on: str | None = None
    """`amount` where the value is not told and decides, `agreement` where an agreement may exist."""

    def to_json(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "name": self.name,
            "text": self.text,
            "markers": list(self.markers),
            "force": self.force.value,
            "level": self.level,
            "plan_id": self.plan_id,
            "why": self.why,
            "depends_on": self.depends_on,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, a refusal to guess, an open conflict or a question back: `outcome` says which."""

    question: Question
    language: str
    as_of: date
    outcome: Outcome
    text: str
    force: Force = Force.NONE
    citations: tuple[Citation, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    choices: tuple[str, ...] = ()
    ask_next: str | None = None
    passages: tuple[RankedPassage, ...] = ()
    notices: tuple[str, ...] = ()
    why: str = ""
    steps: tuple[StepLine, ...] = ()
    """Of a whole purchase, in the order they are taken; empty for any other question."""
    composer: str = "extractive"
    confidence: float | None = None
    """How likely the plans answer, 0-1; None where nothing was looked up."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def cited(self, role: Role) -> Citation | None:
        return next((c for c in self.citations if c.role is role), None)

    @property
    def governing(self) -> Citation | None:
        """The text to follow; of a whole purchase that of its first duty, where it has one."""
        for step in self.steps:
            if step.force in (Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN):
                return next(c for c in self.citations if c.marker == step.markers[0])
        return self.cited(Role.GOVERNING)

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON for an answer."""
        governing, authority = self.governing, self.cited(Role.AUTHORITY)
        return {
            "schema": SCHEMA,
            "id": self.question.question_id,
            "question": self.question.text,
            "language": self.language,
            "as_of": self.as_of.isoformat(),
            "outcome": self.outcome.value,
            "answer": self.text,
            "force": self.force.value,
            "governing": governing.source.to_json() if governing else None,
            "authority": authority.source.to_json() if authority else None,
            "why": self.why,
            "precedence": [p.to_json() for p in self.precedence],
            "citations": [c.to_json() for c in self.citations],
            "choices": list(self.choices),
            "ask_next": self.ask_next,
            "steps": [s.to_json() for s in self.steps],
            "passages": [p.to_json() for p in self.passages],
            "notices": list(self.notices),
            "composer": self.composer,
            "confidence": None if self.confidence is None else round(self.confidence, 4),
            "ai_generated": True,
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }
