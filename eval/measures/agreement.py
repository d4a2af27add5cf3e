"""Agreement of two who judge, and how well a score tells two classes apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np


def cohens_kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Cohen's kappa (1960): agreement beyond chance; None for no cases, 1 where both say one thing."""
    if not one or len(one) != len(other):
        return None
    n = len(one)
    seen = sum(a == b for a, b in zip(one, other, strict=True)) / n
    first, second = Counter(one), Counter(other)
    chance = sum(first[label] * second[label] for label in first) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation; None where either does not vary."""
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if len(a) < 2 or a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties half.

    None where either class is empty (Hanley and McNeil 1982).
    """
    values, positive = np.asarray(scores, np.float64), np.asarray(labels, bool)
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        return None
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def pairwise_agreement(votes: Sequence[Hashable]) -> float:
    """The share of pairs of votes that are the same; 1 for a single vote."""
    pairs = math.comb(len(votes), 2)
    if not pairs:
        return 1.0
    return sum(math.comb(count, 2) for count in Counter(votes).values()) / pairs
