"""Outcome: whether an answer came where there is one, and none where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ANSWERED, ABSTAINED = "answered", "abstained"
UNRESOLVED, NEEDS_CLARIFICATION = "unresolved", "needs_clarification"
OUTCOMES = (ANSWERED, ABSTAINED, UNRESOLVED, NEEDS_CLARIFICATION)


@dataclass(frozen=True, slots=True)
class AbstentionScores:
    """Counts behind precision, recall and F1 of abstaining; each share is None where it has no cases."""

    right: int
    given: int
    expected: int

    @property
    def precision(self) -> float | None:
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        both = self.given + self.expected
        return 2 * self.right / both if both else None


def abstention(pairs: Sequence[tuple[str, str]]) -> AbstentionScores:
    """Precision, recall and F1 of abstaining, as for any class (van Rijsbergen 1979).

    Pairs are (expected, given).
    """
    return AbstentionScores(
        right=sum(expected == given == ABSTAINED for expected, given in pairs),
        given=sum(given == ABSTAINED for _, given in pairs),
        expected=sum(expected == ABSTAINED for expected, _ in pairs),
    )


def is_hallucinated(expected: str, given: str) -> bool | None:
    """NoMIRACL (Thakur et al. 2024) hallucination rate, one case: an answer where the plans have none.

    None where an answer exists: the rate is over the unanswerable questions only.
    """
    return given == ANSWERED if expected == ABSTAINED else None


def is_missed(expected: str, given: str) -> bool | None:
    """NoMIRACL error rate, one case: "I do not know" where the plans have an answer; else None."""
    return given == ABSTAINED if expected != ABSTAINED else None
