"""A statement that may speak to a question, with all that decides its rank. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import Source
from assistant.desk.validity import Validity
from ingest.plans import BlockKind, Force, Plan
from ingest.store import StoredStatement

DUTIES = frozenset({Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN})

ADVICE_KINDS = frozenset({"guidance", "handbook", "guideline", "manual", "template"})
_DECREED = "guideline"
"""A kind of advice that binds where a body above the council lays it down."""
_BUDGET = "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """`relevance` says how much it is about the question; nothing else here adds to that."""

    statement: StoredStatement
    source: Source
    plan: Plan
    validity: Validity
    relevance: float
    body_rank: int
    council_rank: int
    """The rank of the highest local body: what it adopts binds the administration."""
    yields_to: frozenset[str] = frozenset()
    """Ids of plans that an express clause, which may say so, puts before this one."""

    @property
    def may_govern(self) -> bool:
        return self.validity.governs

    @property
    def force(self) -> Force:
        """Its own force; what is not paid for may not be bought, though a budget only states a figure."""
        return Force.PROHIBITION if self.withholds else self.statement.force

    @property
    def withholds(self) -> bool:
        """Whether a budget sets nothing aside: a gate, not one rule among others."""
        money = [a for a in self.statement.amounts if a.unit == "money"]
        return self.plan.kind == _BUDGET and any(a.high == 0 for a in money)

    @property
    def is_national(self) -> bool:
        return self.body_rank < self.council_rank

    @property
    def binds(self) -> bool:
        """Whether the document binds at all, as the register says or kind and body imply.

        A council may make its handbook binding by adopting it; a directorate's guidance stays advice.
        """
        if self.plan.binding is not None:
            return self.plan.binding
        if self.plan.kind not in ADVICE_KINDS or self.body_rank == self.council_rank:
            return True
        return self.is_national and self.plan.kind == _DECREED

    @property
    def is_duty(self) -> bool:
        return self.binds and self.force in DUTIES

    @property
    def rules(self) -> bool:
        """Whether it settles something with binding force: a duty, a leave, a power, a row of limits."""
        said = self.statement
        row = said.kind is BlockKind.TABLE_ROW and bool(said.amounts)
        settles = self.force in (*DUTIES, Force.PERMISSION, Force.NONE) or "competence" in said.flags or row
        return self.binds and settles

    @property
    def rank(self) -> tuple[int, int]:
        """Level first, adopting body within it; smaller is higher."""
        return (self.source.level, self.body_rank)
