"""How far a measured share or mean may be off."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Z95 = 1.959963984540054
"""Standard normal quantile of .975."""

RESAMPLES = 2_000


def wilson(successes: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share; (0, 1) for no cases. Sound for few and near 0 and 1."""
    if n == 0:
        return 0.0, 1.0
    share, slack = successes / n, z * z / n
    middle = (share + slack / 2) / (1 + slack)
    half = z * math.sqrt(share * (1 - share) / n + slack / (4 * n)) / (1 + slack)
    # At the edges the exact bound is the edge; rounding would leave it a hair inside.
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == n else min(1.0, middle + half)
    return low, high


def bootstrap(values: Sequence[float], *, seed: int, resamples: int = RESAMPLES) -> tuple[float, float]:
    """Percentile bootstrap 95 % interval of a mean (Efron 1979). One value gives itself twice."""
    if not values:
        return math.nan, math.nan
    data = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(data), size=(resamples, len(data)))
    means = data[draws].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def upper_bound(errors: int, n: int, confidence: float) -> float:
    """Clopper and Pearson's (1934) one-sided upper bound of an error rate; 1 for no cases."""
    if n == 0 or errors >= n:
        return 1.0
    low, high = errors / n, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _binomial_cdf(errors, n, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _binomial_cdf(k: int, n: int, p: float) -> float:
    if p <= 0.0:
        return 1.0
    if p >= 1.0:
        return float(k >= n)
    return math.fsum(
        math.exp(
            math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)
            + i * math.log(p) + (n - i) * math.log1p(-p)
        )
        for i in range(k + 1)
    )  # fmt: skip
