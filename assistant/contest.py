"""One statement against another on the same matter: which is to be followed, and by which rule. Pure."""

from __future__ import annotations

import re
from datetime import date

from assistant.frequency import times_a_year
from assistant.maxims import Maxim
from assistant.speaker import DUTIES, Speaker
from assistant.strictness import Compared, Said, compare
from ingest.plans import Force

_YEAR = re.compile(r"\d{4}")

_ABOUT_AS_RELEVANT = 0.5
"""Standard scores: nearer than the ranking can tell apart."""

_SPECIAL_KINDS = frozenset({"theme-plan", "routine", "sub-plan"})


def prevails(first: Speaker, second: Speaker) -> tuple[Speaker, Maxim]:
    """Which of two statements on one matter is to be followed, and by which rule.

    Where nothing sets them apart the more relevant stays.
    """
    told = more_relevant(first, second)
    other = second if told is first else first
    if first.withholds != second.withholds:
        return first if first.withholds else second, Maxim.BOTH_MET
    if first.rules != second.rules and first.binds != second.binds:
        return first if first.rules else second, Maxim.ADVICE_YIELDS
    if delegates(first) != delegates(second):
        return told, Maxim.BOTH_MET
    restated = _restated(first, second)
    if restated is not None:
        return restated, Maxim.RESTATES_HIGHER
    if Force.TARGET in (first.force, second.force):
        return _beside_target(told, other)
    compared = compare(_said(first), _said(second))
    if compared in (Compared.UNKNOWN, Compared.SAME):
        return _equals(told, other, compared)
    return _unlike(told, other, first if compared is Compared.FIRST_STRICTER else second)


def _beside_target(told: Speaker, other: Speaker) -> tuple[Speaker, Maxim]:
    """A target yields to the duty of the same quantity that is about as relevant: it binds whoever owns it.

    Of two targets of one rank with days of their own no rule chooses: they bind nobody who could obey the later.
    """
    if told.force is not Force.TARGET:
        return told, Maxim.TARGET_DOES_NOT_BIND
    if other.force is Force.TARGET:
        one = told.rank == other.rank and told.statement.amounts == other.statement.amounts
        apart = one and told.plan is not other.plan and "" not in (days := {_due(told), _due(other)})
        return told, Maxim.UNRESOLVED if apart and len(days) > 1 else Maxim.BOTH_MET
    demands = {a.unit for a in told.statement.amounts} & {a.unit for a in other.statement.amounts}
    near = other.relevance >= told.relevance - _ABOUT_AS_RELEVANT
    return (
        (other, Maxim.TARGET_DOES_NOT_BIND) if near and demands and other.is_duty else (told, Maxim.BOTH_MET)
    )


def _due(speaker: Speaker) -> str:
    """The last year that a target names; empty where it names none."""
    return max((y for day in speaker.statement.dates for y in _YEAR.findall(day)), default="")


def _unlike(told: Speaker, other: Speaker, stricter: Speaker) -> tuple[Speaker, Maxim]:
    """Two that ask for different things: what both can meet, then what is said of their order, then rank."""
    put_first = _put_first(told, other)
    if told.rank == other.rank:
        return (put_first, Maxim.EXPRESS_CLAUSE) if put_first is not None else _same_rank(told, other)
    higher = told if told.rank < other.rank else other
    if stricter is higher and put_first is not None:
        return put_first, Maxim.EXPRESS_CLAUSE
    if stricter is higher:
        by_body = told.source.level == other.source.level
        return higher, Maxim.HIGHER_BODY if by_body else Maxim.MAY_NOT_LOOSEN
    if stricter.binds and stricter.force in DUTIES and not _tells_of_law(told):
        return stricter, Maxim.MAY_TIGHTEN
    return told, Maxim.BOTH_MET


def _tells_of_law(speaker: Speaker) -> bool:
    """What the law only tells cannot be tightened: a value from which it applies is no demand."""
    return speaker.is_national and speaker.force is Force.INFORMATION and not speaker.rules


def more_relevant(first: Speaker, second: Speaker) -> Speaker:
    """The one that is more about the question; of equals what asks for most, the higher, the first in the documents."""

    def order(speaker: Speaker) -> tuple[float, int, tuple[int, int], int]:
        return (-speaker.relevance, speaker.weight, speaker.rank, speaker.statement.statement_id)

    return min(first, second, key=order)


def repeats(lower: Speaker, higher: Speaker) -> bool:
    """Whether a local sentence only tells what the law says: a figure of its own makes it no rule."""
    if higher.is_national <= lower.is_national or lower.statement.force is not Force.INFORMATION:
        return False
    if "restates" in lower.statement.flags:
        return True
    alike = compare(_said(lower), _said(higher)) is not Compared.UNKNOWN
    return alike and higher.statement.force is Force.INFORMATION


def _restated(first: Speaker, second: Speaker) -> Speaker | None:
    """The text above that the other repeats, for a restated law falls with the law's change."""
    if repeats(first, second):
        return second
    return first if repeats(second, first) else None


def _put_first(first: Speaker, second: Speaker) -> Speaker | None:
    """The one that an express clause puts before the other."""
    if first.plan.plan_id in second.yields_to:
        return None if second.plan.plan_id in first.yields_to else first
    return second if second.plan.plan_id in first.yields_to else None


def delegates(speaker: Speaker) -> bool:
    """A duty to make a rule is not that rule."""
    return "delegates" in speaker.statement.flags


def _said(speaker: Speaker) -> Said:
    often = times_a_year(speaker.statement.text, speaker.statement.language)
    return Said(speaker.force, speaker.statement.amounts, often)


def _equals(told: Speaker, other: Speaker, compared: Compared) -> tuple[Speaker, Maxim]:
    """Where both ask the same, the higher is followed, if that is what the figures say."""
    if compared is Compared.SAME and told.source.level != other.source.level:
        higher = told if told.rank < other.rank else other
        if told.is_duty and other.is_duty:
            return higher, Maxim.BOTH_MET
    return told, Maxim.BOTH_MET


def _same_rank(told: Speaker, other: Speaker) -> tuple[Speaker, Maxim]:
    if told.plan.plan_id == other.plan.plan_id:
        return told, Maxim.BOTH_MET
    newer = _newer(told, other)
    special = _more_special(told, other)
    if newer is not None and special is not None and newer is not special:
        return told, Maxim.UNRESOLVED
    if special is not None:
        return special, Maxim.LEX_SPECIALIS
    if newer is not None:
        return newer, Maxim.LEX_POSTERIOR
    return told, Maxim.UNRESOLVED


def _newer(first: Speaker, second: Speaker) -> Speaker | None:
    a, b = _adopted(first), _adopted(second)
    if a is None or b is None or a == b:
        return None
    return first if a > b else second


def _adopted(speaker: Speaker) -> date | None:
    return speaker.source.adopted_on or speaker.source.valid_from


def _more_special(first: Speaker, second: Speaker) -> Speaker | None:
    a, b = first.plan.kind in _SPECIAL_KINDS, second.plan.kind in _SPECIAL_KINDS
    if a == b:
        return None
    return first if a else second
