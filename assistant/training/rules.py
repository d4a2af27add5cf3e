"""A statement as a rule that can be taught, and two of them held against each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import Source
from assistant.authority import Speaker
from assistant.maxims import Maxim
from assistant.training.teachable import gives_power
from ingest.plans import Amount, BlockKind, Force, Plan
from ingest.store import StoredStatement

_BOUNDED_UNITS = frozenset({"day", "week", "month", "person", "tonne"})
"""Units in which more is stricter for a minimum only: "within 14 days" asks for more than "within 30"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A statement worth a question, with where it stands and whether it may govern."""

    statement: StoredStatement
    speaker: Speaker
    stems: frozenset[str]
    topic: str

    @property
    def source(self) -> Source:
        return self.speaker.source

    @property
    def plan(self) -> Plan:
        return self.speaker.plan

    @property
    def governs(self) -> bool:
        return self.speaker.may_govern

    @property
    def text(self) -> str:
        return self.statement.text

    @property
    def force(self) -> Force:
        return self.statement.force


@dataclass(frozen=True, slots=True)
class Contest:
    """Two rules on one matter that ask for different things: which is followed, and by which maxim."""

    winner: Rule
    loser: Rule
    maxim: Maxim


def comparable(first: Rule, second: Rule) -> bool:
    """Whether the two ask for different amounts of one thing, or for one thing with different force."""
    a, b = _bounds(first), _bounds(second)
    for unit in a.keys() & b.keys():
        (low_a, value_a), (low_b, value_b) = a[unit], b[unit]
        if low_a == low_b and value_a != value_b and (unit not in _BOUNDED_UNITS or low_a):
            return True
    if a.keys() & b.keys():
        return False
    forces = {first.force, second.force}
    return len(forces) == 2 and Force.TARGET not in forces and Force.INFORMATION not in forces


def _bounds(rule: Rule) -> dict[str, tuple[bool, float]]:
    """By unit, whether the figure is a minimum, and the figure; units with several figures are left out."""
    found: dict[str, list[Amount]] = {}
    for amount in rule.statement.amounts:
        found.setdefault(amount.unit, []).append(amount)
    single = {unit: amounts[0] for unit, amounts in found.items() if len(amounts) == 1}
    return {
        unit: (a.low is not None and a.high is None, a.low if a.low is not None else a.high or 0.0)
        for unit, a in single.items()
    }


def names_money(rule: Rule) -> bool:
    return any(amount.unit == "money" for amount in rule.statement.amounts)


def is_row(rule: Rule) -> bool:
    return rule.statement.kind is BlockKind.TABLE_ROW


def of_two_roles(first: Rule, second: Rule) -> bool:
    """Whether the two give powers to two roles: those may differ."""
    if not (gives_power(first.statement) and gives_power(second.statement)):
        return False
    return first.text.split()[0].casefold() != second.text.split()[0].casefold()


def same(first: Rule, second: Rule) -> bool:
    return first.statement.statement_id == second.statement.statement_id


def pair_of(first: Rule, second: Rule) -> frozenset[int]:
    return frozenset((first.statement.statement_id, second.statement.statement_id))
