"""Whether two statements on one subject ask for different amounts, and which asks for more. Pure.

Unknown stays unknown: amounts are compared only in one unit, and only where both statements bound it the
same way or one of them names a figure outright.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.plans import Amount, Force


class Compared(StrEnum):
    FIRST_STRICTER = "first_stricter"
    SECOND_STRICTER = "second_stricter"
    SAME = "same"
    UNKNOWN = "unknown"

    @property
    def turned(self) -> Compared:
        swap = {Compared.FIRST_STRICTER: Compared.SECOND_STRICTER}
        swap[Compared.SECOND_STRICTER] = Compared.FIRST_STRICTER
        return swap.get(self, self)


_FORCE_ORDER = {
    Force.PROHIBITION: 4,
    Force.OBLIGATION: 4,
    Force.COMPLY_OR_EXPLAIN: 3,
    Force.RECOMMENDATION: 2,
    Force.PERMISSION: 1,
    Force.NONE: 1,
}

MORE_IS_STRICTER = frozenset({"percent", "year", "month", "week", "day", "offer", "person", "tonne"})
"""Shares, lifetimes, numbers of offers: the larger figure asks for more."""

LESS_IS_STRICTER = frozenset({"money", "m2"})
"""Thresholds from which a duty begins, and limits up to which a power reaches: the smaller asks for more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What of a statement is compared."""

    force: Force
    amounts: tuple[Amount, ...]
    times_a_year: float | None = None
    """How often it wants something done, where it says so."""


def compare(first: Said, second: Said) -> Compared:
    """Which of two statements on one subject asks for more."""
    by_amount = _by_frequency(first, second) or _by_amount(first.amounts, second.amounts)
    if by_amount is not Compared.UNKNOWN and by_amount is not Compared.SAME:
        return by_amount
    a, b = _FORCE_ORDER.get(first.force), _FORCE_ORDER.get(second.force)
    if a is None or b is None:
        return by_amount
    if a != b:
        return Compared.FIRST_STRICTER if a > b else Compared.SECOND_STRICTER
    return by_amount


def _by_frequency(first: Said, second: Said) -> Compared | None:
    """More often is stricter; None where one of them does not say how often, or both say the same."""
    a, b = first.times_a_year, second.times_a_year
    if a is None or b is None or a == b:
        return None
    return Compared.FIRST_STRICTER if a > b else Compared.SECOND_STRICTER


def _by_amount(first: tuple[Amount, ...], second: tuple[Amount, ...]) -> Compared:
    for unit in (*sorted(MORE_IS_STRICTER), *sorted(LESS_IS_STRICTER)):
        a, b = figures(first, unit), figures(second, unit)
        if not a or not b:
            continue
        x, y = max(a), max(b)
        if x == y:
            return Compared.SAME
        larger_first = x > y
        stricter_first = larger_first if unit in MORE_IS_STRICTER else not larger_first
        return Compared.FIRST_STRICTER if stricter_first else Compared.SECOND_STRICTER
    return Compared.UNKNOWN


def figures(amounts: tuple[Amount, ...], unit: str) -> list[float]:
    found = [a.low if a.low is not None else a.high for a in amounts if a.unit == unit]
    return [v for v in found if v is not None]


CONDITIONS = ("money", "m2", "person", "tonne")
"""Units in which a rule says what it is for; a share, a time or a number of offers is what it asks."""


def in_scope(amounts: tuple[Amount, ...], asked: Mapping[str, float]) -> bool | None:
    """Whether a statement is for a case of these figures, by unit; None where it names no band of theirs.

    Several conditions stand beside each other ("over 60 m², and whatever the area above 300 000"): one is enough.
    """
    found = [covers(amounts, value, unit) for unit, value in asked.items() if unit in CONDITIONS]
    if True in found:
        return True
    return False if False in found else None


def covers(amounts: tuple[Amount, ...], value: float, unit: str = "money") -> bool | None:
    """Whether a statement's band holds a case of `value`; None where it has no band in that unit.

    "under 100 000", "fra 100 000 til 1,3 mill.", "over 500 000" are bands; a bare figure is none.
    """
    bands = [a for a in amounts if a.unit == unit and a.low != a.high]
    if not bands:
        return None
    low = max((a.low for a in bands if a.low is not None), default=0.0)
    high = min((a.high for a in bands if a.high is not None), default=float("inf"))
    if low > high:  # two bands side by side in one sentence
        return any(_holds(a, value) for a in bands)
    return all(_holds(a, value) for a in bands)


def _holds(band: Amount, value: float) -> bool:
    if band.beyond and value in (band.low, band.high):
        return False
    return (band.low or 0.0) <= value and (band.high is None or value <= band.high)
