"""Whether the figures of a sentence are those its source gives. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.claims.counting import Figures, digits, value_of
from assistant.strictness import covers
from ingest.plans import Amount

_COUNTED = frozenset({"offer", "person"})
"""Units that are ordinary words, of which each language's list knows a few."""


def mismatch(
    claimed: Figures, source: Figures, asked: Sequence[Amount] = (), *, out_of_reach: bool = False
) -> str | None:
    """The first figure of a sentence that its source does not give; `asked` are the question's own amounts.

    `out_of_reach`: it is decided that the source's limits do not hold them.
    """
    for amount in claimed.amounts:
        given = any(_agrees(amount, other) for other in source.amounts) or _loosely(amount, source)
        if not given and not (amount in asked and _of_the_purchase(amount, claimed, source, out_of_reach)):
            return f"{digits(value_of(amount))} {amount.unit}"
    if _wrong_side(claimed, source):
        return "the other side of the limit"
    for number, side in sorted(claimed.sides - source.sides):
        if (number, "maximum" if side == "minimum" else "minimum") in source.sides:
            return f"{side} {number}"
    spoken = {digits(value_of(a)) for a in asked if not _same_unit(source.amounts, a.unit)}
    for number in sorted(claimed.loose - source.numbers - spoken):
        return number
    measured = {digits(value_of(a)) for a in source.amounts if a.unit not in _COUNTED}
    unitless = (claimed.loose & measured) - source.loose
    if unitless and not claimed.amounts:
        return f"{min(unitless)} without its unit"
    for day in sorted(claimed.days):
        if not any(_within(day, other) for other in source.days):
            return day
    if claimed.currencies and source.currencies and not claimed.currencies <= source.currencies:
        return ", ".join(sorted(claimed.currencies - source.currencies))
    if claimed.periods - source.periods:
        return ", ".join(sorted(claimed.periods - source.periods))
    return "VAT" if claimed.vat - source.vat else None


def _agrees(claimed: Amount, given: Amount) -> bool:
    """One figure in one unit, and not bounded from the other side."""
    if claimed.unit != given.unit:
        return False
    if _is_range(claimed):
        return claimed == given
    value = value_of(claimed)
    if claimed.low == claimed.high:
        return value in (given.low, given.high)
    if _is_range(given):
        return value == (given.low if claimed.low is not None else given.high)
    return given.low == value if claimed.low is not None else (given.high == value and given.low is None)


def _is_range(amount: Amount) -> bool:
    return amount.low is not None and amount.high is not None and amount.low != amount.high


def _loosely(claimed: Amount, source: Figures) -> bool:
    """The source has the number too, with a word between it and its unit: "tre skriftlige tilbud"."""
    return not _is_range(claimed) and digits(value_of(claimed)) in source.loose


def _of_the_purchase(claimed: Amount, sentence: Figures, source: Figures, out_of_reach: bool) -> bool:
    """Of an amount asked about: the source's limits hold it, or the sentence names them beside it."""
    if claimed.low != claimed.high:
        return False
    given = _same_unit(source.amounts, claimed.unit)
    if any(_agrees(a, g) for a in sentence.amounts if a is not claimed for g in given):
        return True
    if claimed not in sentence.bought or out_of_reach:
        return claimed in sentence.bought
    bounds = sorted(value_of(a) for a in given if a.low == a.high)
    between = len(bounds) > 1 and bounds[0] <= value_of(claimed) <= bounds[-1]
    return not given or (claimed.unit == "money" and (between or covers(given, value_of(claimed)) is True))


def _wrong_side(claimed: Figures, source: Figures) -> bool:
    """ "under grensen" of an amount over it; told where the source has one limit."""
    limits = {value_of(a) for a in source.amounts if a.unit == "money"}
    if len(limits) != 1 or len(claimed.limits) != 1:
        return False
    (limit,), over = limits, "minimum" in claimed.limits
    return any(
        (value_of(a) < limit) if over else (value_of(a) > limit) for a in claimed.bought if a.unit == "money"
    )


def _same_unit(amounts: Iterable[Amount], unit: str) -> tuple[Amount, ...]:
    return tuple(a for a in amounts if a.unit == unit)


def _within(claimed: str, given: str) -> bool:
    """ "02-12" and "2026-02" say less than "2026-02-12", and nothing else."""
    return claimed == given or (len(given) == len("2026-02-12") and claimed in (given[:7], given[5:]))
