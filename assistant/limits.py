"""Limits as a table gives them: "Team leader 7,500, Service manager 40,000" are bands, not bare figures. Pure.

A row that names one figure reaches from the figure of the row before it. So a purchase of 12,000 meets the
service manager and nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.strictness import CONDITIONS
from assistant.topics import speaks_of
from ingest.plans import Amount, BlockKind
from ingest.quantities import quantities
from ingest.store import StoredStatement

_FEWEST_ROWS = 2
_LEAST_STEP = 0.01
"""A purchase at a limit is within it; the next row begins above."""


def banded(statements: Sequence[StoredStatement]) -> dict[int, StoredStatement]:
    """What is for some amounts only, with the band it reaches over, by statement id: rows and items.

    `statements`: of one document, in reading order. Tables whose figures do not rise are none of limits. An item
    of a list is for what the words before the list are for ("From 100,000 the unit shall record: …").
    """
    found = {item.statement_id: item for item in map(_led_in, statements) if item is not None}
    rows = [s for s in statements if s.kind is BlockKind.TABLE_ROW]
    for _, table in groupby(rows, key=lambda s: (s.section, s.context)):
        for row in _reached(list(table)):
            found[row.statement_id] = row
    return found


def _led_in(item: StoredStatement) -> StoredStatement | None:
    """An item that names no amount of its own, with the bands of its lead-in."""
    if item.kind is not BlockKind.LIST_ITEM or any(a.unit in CONDITIONS for a in item.amounts):
        return None
    before = (q.amount for q in quantities(item.context, item.language))
    bands = [a for a in before if a.unit in CONDITIONS and a.low != a.high]
    return replace(item, amounts=(*item.amounts, *bands)) if bands else None


def entry_value(statements: Sequence[StoredStatement]) -> float | None:
    """The least value a law of these statements applies to, where one of them names it."""
    for statement in statements:
        lows = [a.low for a in statement.amounts if a.unit == "money" and a.low is not None]
        if len(lows) == 1 and speaks_of("applies_from", statement.text, statement.language):
            return lows[0]
    return None


def _reached(table: Sequence[StoredStatement]) -> list[StoredStatement]:
    bounds = [_bound(row) for row in table]
    figures = [bound[1] for bound in bounds if bound is not None]
    rising = all(a <= b for a, b in pairwise(figures))
    # A figure that changed over the years is no ladder of limits.
    of_times = all(row.dates for row in table)
    if len(table) < _FEWEST_ROWS or None in bounds or not rising or of_times:
        return []
    low, reached = 0.0, []
    for row, bound in zip(table, bounds, strict=True):
        assert bound is not None
        open_above, figure = bound
        amount = Amount(low, None if open_above else figure, "money")
        others = tuple(a for a in row.amounts if a.unit != "money")
        reached.append(replace(row, amounts=(*others, amount)))
        low = figure + _LEAST_STEP
    return reached


def _bound(row: StoredStatement) -> tuple[bool, float] | None:
    """Whether a row reaches without end, and its figure; None where it names no figure or two."""
    money = [a for a in row.amounts if a.unit == "money"]
    if len(money) != 1:
        return None
    amount = money[0]
    if amount.high is not None:
        return False, amount.high
    return (True, amount.low) if amount.low is not None else None
