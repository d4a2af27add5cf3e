"""Selective answering: how many questions are answered, at what risk, as the threshold moves.

El-Yaniv and Wiener (2010); the choice of a threshold with a guarantee is Geifman and El-Yaniv's SGR (2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.intervals import upper_bound


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering everything that scores at least `threshold`: the share answered and the share wrong of it."""

    threshold: float
    coverage: float
    risk: float
    answered: int
    wrong: int
    bound: float
    """With the stated confidence the true risk lies below this."""


def risk_coverage(
    scores: Sequence[float], right: Sequence[bool], *, confidence: float = 0.9
) -> tuple[RiskPoint, ...]:
    """The curve, from the highest threshold (least coverage) down; equal scores share a point."""
    ordered = sorted(zip(scores, right, strict=True), key=lambda pair: -pair[0])
    points: list[RiskPoint] = []
    wrong = 0
    for place, (score, is_right) in enumerate(ordered, 1):
        wrong += not is_right
        if place < len(ordered) and ordered[place][0] == score:
            continue
        points.append(
            RiskPoint(
                threshold=score,
                coverage=place / len(ordered),
                risk=wrong / place,
                answered=place,
                wrong=wrong,
                bound=upper_bound(wrong, place, confidence),
            )
        )
    return tuple(points)


def area_under(points: Sequence[RiskPoint]) -> float | None:
    """AURC: the mean risk over coverages, lower is better; None of no points."""
    if not points:
        return None
    total, last = 0.0, 0.0
    for point in points:
        total += point.risk * (point.coverage - last)
        last = point.coverage
    return total / last


def best_point(points: Sequence[RiskPoint], risk: float, *, guaranteed: bool) -> RiskPoint | None:
    """The point of most coverage whose risk (`guaranteed`: whose bound on it) is at most `risk`."""
    fit = [point for point in points if (point.bound if guaranteed else point.risk) <= risk]
    return max(fit, key=lambda point: point.coverage, default=None)
