"""Whether the plans answer at all: a judgement from several signs, not from one similarity. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from assistant.answers import Asks, Facts
from assistant.authority import Speaker
from assistant.retrieve import Hit
from assistant.stems import content_stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for the plans answering.

    `dense`, `lexical`: best cosines found. `coverage`: share of the question's content words that the three
    best statements hold, with headings and titles; `first`: that the best one and its section hold.
    `fits_kind`: the best statement can answer this kind of question (an amount where one is asked for).
    """

    dense: float
    lexical: float
    coverage: float
    first: float
    fits_kind: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "dense": round(self.dense, 4),
            "lexical": round(self.lexical, 4),
            "coverage": round(self.coverage, 3),
            "first": round(self.first, 3),
            "fits_kind": self.fits_kind,
            "probability": round(probability(self), 3),
        }


def evidence(facts: Facts, speakers: Sequence[Speaker], hits: Sequence[Hit]) -> Evidence:
    top = [s for s in speakers if s.may_govern][:3]
    asked = content_stems(facts.query)
    said = content_stems(
        " ".join(f"{s.statement.context} {s.statement.text} {s.source.section} {s.source.title}" for s in top)
    )
    first = content_stems(f"{top[0].statement.text} {top[0].source.section}") if top else set()
    return Evidence(
        dense=max((h.dense for h in hits), default=0.0),
        lexical=max((h.lexical for h in hits), default=0.0),
        coverage=len(asked & said) / max(1, len(asked)),
        first=len(asked & first) / max(1, len(asked)),
        fits_kind=bool(top) and (facts.asks is not Asks.AMOUNT or bool(top[0].statement.amounts)),
    )


BIAS, DENSE, LEXICAL, COVERAGE, KIND, FIRST = -25.1, 28.3, 1.31, 0.37, 1.47, 0.67
"""A logistic regression on the tuning halves of three municipalities (150 questions, 26 without an answer):
AUROC .76 there and .83 on the halves held out. Calibrated for the default encoder's cosines."""

THRESHOLD = 0.65
"""Below it the plans are said not to answer: a third of the unanswerable are caught for one in fifteen of the others."""


def probability(found: Evidence) -> float:
    """How likely the plans answer."""
    score = (
        BIAS
        + DENSE * found.dense
        + LEXICAL * found.lexical
        + COVERAGE * found.coverage
        + KIND * found.fits_kind
        + FIRST * found.first
    )
    return 1 / (1 + exp(-score))


def answerable(found: Evidence, threshold: float = THRESHOLD) -> bool:
    return probability(found) >= threshold
