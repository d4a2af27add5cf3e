"""Which statement leads, before any other is weighed against it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Asks, Facts
from assistant.clauses import is_subject
from assistant.contest import delegates, repeats
from assistant.matter import (
    ONE_BAND,
    ONE_QUANTITY,
    SAME_MATTER,
    WINDOW,
    Similarity,
    asked,
    asks_of_law,
    cosine,
    in_one_section,
    in_scope,
    is_entry,
    kinds,
    within,
)
from assistant.speaker import DUTIES, Speaker
from ingest.plans import Force

_SCOPED_WINDOW = 3.0
"""As `WINDOW`, for a duty of the same quantity that is for just this case."""
_LEAVE = frozenset({Force.PERMISSION, Force.NONE})

_OF_A_PLAN = frozenset({Asks.WHICH_RULE, Asks.WHO})
"""What is asked by whoever wants to know what a plan says, or whom it charges with making the rule."""


def most_relevant(valid: Sequence[Speaker], facts: Facts, similarity: Similarity) -> tuple[Speaker, bool]:
    """The statement that leads, and whether it only says that nothing is required.

    Where the most relevant one is for other amounts, the next on its matter that is for this one leads.
    """
    first = valid[0]
    if in_scope(first, facts) is not False:
        return first, False
    beside = [s for s in valid if _next_band(first, s) and in_scope(s, facts)]
    closest = max(
        beside,
        key=lambda s: (in_one_section(s, first), cosine(s, first, similarity), s.relevance),
        default=None,
    )
    if closest is not None:
        if in_one_section(closest, first) or cosine(closest, first, similarity) >= ONE_BAND:
            return closest, first.force in DUTIES and closest.force in _LEAVE
    for other in [s for s in valid if in_scope(s, facts) is not False]:
        alike = cosine(other, first, similarity)
        named = bool(in_scope(other, facts))
        reach = _SCOPED_WINDOW if named and other.is_duty and alike >= ONE_QUANTITY else WINDOW
        if not within(other, first, reach):
            continue
        same = kinds(other) == kinds(first) or (reach > WINDOW and asked(other) == asked(first))
        if alike >= SAME_MATTER or (named and same):
            return other, False
    return first, first.statement.force in DUTIES


def _next_band(first: Speaker, other: Speaker) -> bool:
    """Whether one rule begins where another of its document ends: "under 100 000", "from 100 000 to 500 000"."""
    powers = ["competence" in s.statement.flags for s in (first, other)]
    if first.statement.document_id != other.statement.document_id or not other.rules or len(set(powers)) > 1:
        return False
    for a in first.statement.amounts:
        for b in other.statement.amounts:
            meets = (a.low is not None and a.low == b.high) or (a.high is not None and a.high == b.low)
            if meets and a.unit == b.unit and a.low != a.high and b.low != b.high:
                return True
    return False


def rule_of(found: Speaker, valid: Sequence[Speaker], facts: Facts, similarity: Similarity) -> Speaker:
    """A sentence that explains a rule, or has one made, is not the rule: that one leads in its place.

    Nor is one that repeats where the law begins, nor the law's own word that it leaves this purchase alone: a rule
    of the municipality's own for this value leads, where it is about as relevant.
    """
    if asks_of_law(facts) and not found.is_national:
        entries = (s for s in valid if is_entry(s) and within(s, found, WINDOW / 2))
        return next(entries, found)
    for other in valid if facts.asks not in _OF_A_PLAN else ():
        if _leaves_to(found, other) and within(other, found, WINDOW / 2):
            return other
    if found.force is not Force.INFORMATION:
        return found
    for other in [s for s in valid if s.is_duty and in_scope(s, facts) is not False]:
        if in_one_section(other, found) and within(other, found, WINDOW):
            return other
    if not (any(repeats(found, s) for s in valid) or _leaves_alone(found, facts)):
        return found
    for other in valid:
        near = other.rules and within(other, found, WINDOW / 2)
        if (
            near
            and not other.is_national
            and in_scope(other, facts)
            and cosine(other, found, similarity) >= ONE_QUANTITY
        ):
            return other
    return found


def _leaves_alone(found: Speaker, facts: Facts) -> bool:
    """Whether the law says that it is not for this purchase, to somebody who does not ask of the law."""
    alone = found.is_national and "exception" in found.statement.flags and in_scope(found, facts)
    return bool(alone) and not asks_of_law(facts)


def _leaves_to(found: Speaker, other: Speaker) -> bool:
    """Whether it only has another's plan settle the matter, and the other does: "The strategy shall say how …"."""
    linked = any(link.plan_id == found.plan.plan_id for link in other.plan.implements)
    return linked and other.is_duty and (delegates(found) or asks_for(found, other))


def asks_for(above: Speaker, operative: Speaker) -> bool:
    """Whether it makes it a duty that the other's document settles something: "The strategy shall say how …"."""
    said = above.statement
    return said.force in DUTIES and is_subject(operative.plan, said.text, said.language)
