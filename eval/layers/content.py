"""Whether the answer has the facts it must have, and holds nothing it must not."""

from __future__ import annotations

from eval.answers import Answer
from eval.judge import Finding, LocalJudge
from eval.layers.case import Case, Layer, share
from eval.measures.outcome import ANSWERED, UNRESOLVED
from eval.measures.reading import lix
from eval.statements import statements
from eval.words import words


def facts_and_forbidden(case: Case, answer: Answer) -> tuple[list[Finding], list[Finding]]:
    """Each key fact and each forbidden statement, judged."""
    expected = case.expected
    if expected is None:
        return [], []
    said = statements(answer.text, answer.roles)
    return (
        [case.judge.states(fact, said) for fact in expected.key_facts],
        [case.judge.asserts(each, said) for each in expected.forbidden],
    )


def score_content(case: Case, answer: Answer) -> Layer:
    """A refusal states no fact, so its fact recall is 0; what it does not say it cannot say wrongly."""
    expected = case.expected
    if expected is None:
        return Layer({}, "no key: the answer's content is not measured here")
    speaks = answer.outcome in {ANSWERED, UNRESOLVED}
    facts, forbidden = facts_and_forbidden(case, answer)
    stated = [speaks and each.holds for each in facts]
    scores: dict[str, float | None] = {
        "key_fact_recall": share(stated),
        "complete": float(all(stated)) if stated else None,
        "forbidden_said": float(any(each.holds for each in forbidden)) if speaks and forbidden else None,
        "answer_words": float(len(words(answer.text))) if speaks else None,
        "lix": lix(answer.text) if speaks else None,
    }
    if expected.answer and isinstance(case.judge, LocalJudge):
        scores["reference_closeness"] = (
            case.judge.closeness(case.question.question, expected.answer, answer.text) if speaks else 0.0
        )
    lacking = [each.because for each in facts if not (speaks and each.holds)]
    said = [each.because for each in forbidden if speaks and each.holds]
    return Layer(scores, "; ".join([*lacking, *said]) or "every key fact is there, nothing forbidden is held")
