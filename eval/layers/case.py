"""What one answer is scored against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.dataset import Evidence, Expected, Question
from eval.judge import Judge
from eval.pages import PageTexts
from eval.standing import Standings

Scores = Mapping[str, float | None]
"""None: this question says nothing about this measure, and is left out of its mean."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The scores of one layer and why, in a sentence a reader can dispute."""

    scores: Scores
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question, its evidence, the judge, and what is known of the documents (None: not at hand)."""

    question: Question
    evidence: tuple[Evidence, ...]
    judge: Judge
    pages: PageTexts | None = None
    standings: Standings | None = None

    @property
    def expected(self) -> Expected | None:
        return self.question.expected

    @property
    def answering(self) -> tuple[Evidence, ...]:
        """The quotes that answer the question: grade 2, or any where only retrieval is labelled."""
        return tuple(row for row in self.evidence if row.grade >= self.answers_from)

    @property
    def answers_from(self) -> int:
        """The lowest grade that answers the question."""
        return 2 if self.expected is not None else 1


def share(flags: list[bool]) -> float | None:
    """The share that is true; None of nothing."""
    return sum(flags) / len(flags) if flags else None


def as_score(flag: bool | None) -> float | None:
    return None if flag is None else float(flag)
