"""The one number: CRAG truthfulness (Yang et al. 2024), (2 * correct + missing) / n - 1.

A right answer and a right abstention are worth 1, "I do not know" where there is an answer 0, anything wrong
-1. What never came is wrong, not missing: nobody was told that nothing was known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Grade(StrEnum):
    """What one answer is worth."""

    CORRECT = "correct"
    MISSING = "missing"
    WRONG = "wrong"


_WORTH = {Grade.CORRECT: 1.0, Grade.MISSING: 0.0, Grade.WRONG: -1.0}


def worth(grade: Grade) -> float:
    return _WORTH[grade]


def truthfulness(grades: Iterable[Grade]) -> float | None:
    """(2 * correct + missing) / n - 1, from -1 to 1; None of nothing."""
    counts = Counter(grades)
    total = counts.total()
    if not total:
        return None
    return (2 * counts[Grade.CORRECT] + counts[Grade.MISSING]) / total - 1
