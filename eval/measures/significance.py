"""Whether two runs on the same questions differ by more than chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of B minus A over the same questions, its 95 % interval and two-sided p."""

    mean: float
    low: float
    high: float
    p: float
    n: int


def paired_bootstrap(
    before: Sequence[float], after: Sequence[float], *, seed: int, resamples: int = RESAMPLES
) -> Difference:
    """Paired bootstrap over questions (Efron and Tibshirani 1993; for retrieval Sakai 2006).

    p is the share of resamples, of differences shifted to mean 0, whose mean is at least as far off as the
    one seen, counted with one added to both so that it is never 0.

    Raises:
        ValueError: the two are not of one length.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} values against {len(after)}; pair them by question first")
    if not before:
        return Difference(math.nan, math.nan, math.nan, 1.0, 0)
    gains = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(gains), size=(resamples, len(gains)))
    means = gains[draws].mean(axis=1)
    mean = float(gains.mean())
    low, high = np.quantile(means, [0.025, 0.975])
    extreme = int((np.abs(means - mean) >= abs(mean) - 1e-12).sum())
    return Difference(mean, float(low), float(high), (extreme + 1) / (resamples + 1), len(gains))


def holm(p_values: Sequence[float], alpha: float) -> list[bool]:
    """Which of several tests stay significant together (Holm 1979): the chance of any false one is `alpha`."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    kept = [False] * len(p_values)
    for step, place in enumerate(order):
        if p_values[place] >= alpha / (len(p_values) - step):
            break
        kept[place] = True
    return kept


def mcnemar_exact(gains: int, losses: int) -> float:
    """McNemar's test (1947), exact: two-sided binomial p of the discordant pairs; 1 where there are none."""
    n = gains + losses
    if n == 0:
        return 1.0
    tail = sum(math.comb(n, i) for i in range(min(gains, losses) + 1)) / (1 << n)
    return min(1.0, 2 * tail)
