"""Everything said of one answer: grade, scores, reasons and, for a miss, the part it is due to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.answers import Answer, Retrieved
from eval.layers.attribution import attribute
from eval.layers.authority import given_level, score_authority
from eval.layers.case import Case, as_score
from eval.layers.citation import score_citation
from eval.layers.content import score_content
from eval.layers.grade import grade
from eval.layers.retrieval import score_retrieval
from eval.measures.headline import Grade, worth
from eval.measures.outcome import ABSTAINED, is_hallucinated, is_missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One answer's verdict. `grade` is None where there is no key."""

    query_id: str
    grade: str | None
    expected_outcome: str | None
    given_outcome: str | None
    expected_level: int | None
    given_level: int | None
    confidence: float | None
    scores: Mapping[str, float | None]
    because: Mapping[str, str]
    due_to: str | None
    due_because: str | None

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "scores": {k: v for k, v in self.scores.items() if v is not None}}


def judge_answer(case: Case, answer: Answer | None, passages: Sequence[Retrieved]) -> Verdict:
    """The verdict on an answer and what was retrieved for it; None is an answer that never came."""
    graded = grade(case, answer)
    retrieved = score_retrieval(case, passages)
    scores: dict[str, float | None] = dict(retrieved.scores)
    because = {"headline": graded.because, "retrieval": retrieved.because}
    for name, layer in (
        ("authority", score_authority), ("citation", score_citation), ("answer", score_content),
    ):  # fmt: skip
        found = layer(case, answer or _NOTHING)
        scores.update(found.scores)
        because[name] = found.because
    if graded.grade is not None:
        scores.update(_outcome(case, answer, graded.grade))
    miss = graded.grade in {Grade.WRONG, Grade.MISSING}
    due = attribute(case, answer, passages) if miss else None
    expected = case.expected
    return Verdict(
        query_id=case.question.query_id,
        grade=graded.grade.value if graded.grade else None,
        expected_outcome=expected.outcome if expected else None,
        given_outcome=answer.outcome if answer else None,
        expected_level=expected.governing.level if expected and expected.governing else None,
        given_level=given_level(case, answer) if answer else None,
        confidence=answer.confidence if answer else None,
        scores=scores,
        because=because,
        due_to=due.part if due else None,
        due_because=due.because if due else None,
    )


def _outcome(case: Case, answer: Answer | None, graded: Grade) -> dict[str, float | None]:
    expected = case.expected.outcome if case.expected else ABSTAINED
    given = answer.outcome if answer else "failed"
    return {
        "truthfulness": worth(graded),
        "correct": float(graded is Grade.CORRECT),
        "wrong": float(graded is Grade.WRONG),
        "refused": float(given == ABSTAINED),
        "over_refused": float(graded is Grade.MISSING) if expected != ABSTAINED else None,
        "outcome_accuracy": float(expected == given),
        "hallucination_rate": as_score(is_hallucinated(expected, given)),
        "error_rate": as_score(is_missed(expected, given)),
    }


_NOTHING = Answer(
    outcome="failed",
    text="",
    force=None,
    governing=None,
    authority=None,
    citations=(),
    passages=(),
    notices=(),
    confidence=None,
)
