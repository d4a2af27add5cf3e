"""Authority: did the plan that governs govern, at its level, by its force, and no text out of force.

No published benchmark scores which level of a ladder of plans governs; these definitions are this project's.
The nearest are superior-law retrieval in LCR-CN and missing-statute questions in SearchFireSafety.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

NOBODY = "none"
"""The level of an answer in which no plan governs, in the confusion matrix."""

STRENGTH: Mapping[str, int] = {
    "prohibition": 4,
    "obligation": 4,
    "comply_or_explain": 3,
    "recommendation": 2,
    "permission": 1,
    "target": 1,
    "information": 0,
    "none": 0,
}
"""How far each force binds; a higher number in the answer than in the plan raises it."""


def force_raised(expected: str, given: str) -> bool:
    """Whether the answer binds harder than the text: `should` told as `must`."""
    return STRENGTH.get(given, 0) > STRENGTH.get(expected, 0)


def force_lowered(expected: str, given: str) -> bool:
    """Whether the answer binds less than the text: `must` told as `should`."""
    return STRENGTH.get(given, 0) < STRENGTH.get(expected, 0)


def confusion(pairs: Iterable[tuple[int | None, int | None]]) -> dict[str, dict[str, int]]:
    """Counts of (expected level, given level); rows are expected. None becomes `none`."""
    counts = Counter((_name(expected), _name(given)) for expected, given in pairs)
    names = sorted({name for pair in counts for name in pair}, key=lambda name: (name == NOBODY, name))
    return {row: {column: counts[row, column] for column in names} for row in names}


def _name(level: int | None) -> str:
    return NOBODY if level is None else str(level)
