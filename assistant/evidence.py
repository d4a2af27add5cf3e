"""Whether the plans answer at all: a judgement from several signs, not from one similarity. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from assistant.answers import Asks, Facts
from assistant.authority import Speaker
from assistant.retrieve import Hit

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for the plans answering. `dense`, `lexical`: best cosines; `coverage`: share of the
    question's content words that the best statements and their headings hold."""

    dense: float
    lexical: float
    coverage: float
    fits_kind: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "dense": round(self.dense, 4),
            "lexical": round(self.lexical, 4),
            "coverage": round(self.coverage, 3),
            "fits_kind": self.fits_kind,
            "probability": round(probability(self), 3),
        }


def evidence(facts: Facts, speakers: Sequence[Speaker], hits: Sequence[Hit]) -> Evidence:
    top = [s for s in speakers if s.may_govern][:3]
    words = {w[:_STEM].lower() for w in _WORD.findall(facts.query)}
    said = " ".join(
        f"{s.statement.context} {s.statement.text} {s.source.section} {s.source.title}" for s in top
    )
    found = {w[:_STEM].lower() for w in _WORD.findall(said)}
    return Evidence(
        dense=max((h.dense for h in hits), default=0.0),
        lexical=max((h.lexical for h in hits), default=0.0),
        coverage=len(words & found) / max(1, len(words)),
        fits_kind=bool(top) and (facts.asks is not Asks.AMOUNT or bool(top[0].statement.amounts)),
    )


BIAS, DENSE, LEXICAL, COVERAGE, KIND = -0.3, 25.0, 2.0, 1.5, 0.3
DENSE_CENTRE = 0.85
THRESHOLD = 0.2


def probability(found: Evidence) -> float:
    """How likely the plans answer, by a logistic of the signs."""
    score = (
        BIAS
        + DENSE * (found.dense - DENSE_CENTRE)
        + LEXICAL * found.lexical
        + COVERAGE * found.coverage
        + KIND * found.fits_kind
    )
    return 1 / (1 + exp(-score))


def answerable(found: Evidence, threshold: float = THRESHOLD) -> bool:
    return probability(found) >= threshold
