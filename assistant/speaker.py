"""A statement that may speak to a question, with all that decides its rank. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers import Source
from assistant.desk.validity import Validity
from assistant.topics import speaks_of
from ingest.plans import BlockKind, Force, Plan
from ingest.store import StoredStatement
from ingest.wording import wording

DUTIES = frozenset({Force.OBLIGATION, Force.PROHIBITION, Force.COMPLY_OR_EXPLAIN})

_WEIGHTS = (
    Force.OBLIGATION,
    Force.RECOMMENDATION,
    Force.PERMISSION,
    Force.NONE,
    Force.TARGET,
    Force.INFORMATION,
)

ADVICE_KINDS = frozenset({"guidance", "handbook", "guideline", "manual", "template"})
_DECREED = "guideline"
"""A kind of advice that binds where a body above the council lays it down."""
_BUDGET = "budget"
_YEAR = re.compile(r"\D{0,25}(20\d\d)\b")
"""The year of a deadline, after the word for it: "innen utgangen av 2029"."""


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
        """Its own force; what is not paid for may not be bought, though a budget only states a figure.

        A plan that says what is so by a year to come sets itself a target, though no word in it says so.
        """
        if self.withholds:
            return Force.PROHIBITION
        return Force.TARGET if self._states_an_aim else self.statement.force

    @property
    def _states_an_aim(self) -> bool:
        said = self.statement
        if said.force is not Force.INFORMATION or "descriptive" in said.flags or self.is_national:
            return False
        deadline = wording(said.language).find["deadline"].search(said.text)
        year = _YEAR.match(said.text, deadline.end()) if deadline else None
        if deadline is None or year is None:
            return False
        adopted = self.source.adopted_on or self.source.valid_from
        ahead = adopted is None or int(year[1]) > adopted.year
        return ahead and speaks_of("state", said.text[: deadline.start()], said.language)

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
    def weight(self) -> int:
        """How much it tells somebody who asks what to do; less is more. A duty in mere advice is advice."""
        force = Force.RECOMMENDATION if self.force in DUTIES and not self.is_duty else self.force
        return _WEIGHTS.index(force) if force in _WEIGHTS else 0

    @property
    def rank(self) -> tuple[int, int]:
        """Level first, adopting body within it; smaller is higher."""
        return (self.source.level, self.body_rank)
