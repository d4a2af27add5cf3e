"""What one answer is worth: correct, missing or wrong; CRAG's three, on this project's outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from eval.answers import Answer
from eval.layers.authority import is_plan
from eval.layers.case import Case
from eval.layers.content import facts_and_forbidden
from eval.measures.headline import Grade
from eval.measures.outcome import ABSTAINED, ANSWERED, UNRESOLVED

_MUST = {"obligation", "prohibition"}
_SHOULD_OR_MAY = {"recommendation", "permission"}


@dataclass(frozen=True, slots=True)
class Graded:
    grade: Grade | None
    """None: there is no key."""
    because: str


def grade(case: Case, answer: Answer | None) -> Graded:
    """The grade of an answer; None for an answer that never came, which is wrong.

    Answered where the plans answer: correct when the right plan governs, every fact is stated, nothing
    forbidden is held, and `must` is not told as `should` or `may` nor the other way round. Not to decide,
    where deciding was right, is missing; to decide, where it was not, is wrong.
    """
    if case.expected is None:
        return Graded(None, "no key")
    if answer is None:
        return Graded(Grade.WRONG, "no answer came")
    wanted, given = case.expected.outcome, answer.outcome
    if wanted == given:
        if wanted in {ANSWERED, UNRESOLVED}:
            return _content(case, answer)
        return Graded(Grade.CORRECT, f"{_said(given)}, as it should")
    if given == ANSWERED or (wanted == ABSTAINED and given == UNRESOLVED):
        return Graded(Grade.WRONG, f"{_said(given)}; should have {_said(wanted)}")
    return Graded(Grade.MISSING, f"{_said(given)}; should have {_said(wanted)}")


def _said(outcome: str) -> str:
    return {
        "answered": "answered",
        "abstained": "said that the plans have no answer",
        "unresolved": "left it unresolved",
        "needs_clarification": "asked back",
    }.get(outcome, f"gave the unknown outcome {outcome!r}")


def _content(case: Case, answer: Answer) -> Graded:
    expected = case.expected
    facts, forbidden = facts_and_forbidden(case, answer)
    faults = [each.because for each in facts if not each.holds]
    faults += [each.because for each in forbidden if each.holds]
    if expected and expected.governing and not is_plan(expected.governing, answer.governing):
        given = answer.governing.plan_id if answer.governing else "no plan"
        faults.insert(0, f"{given} was let govern, not {expected.governing.plan_id}")
    if expected and expected.outcome == ANSWERED and _other_duty(expected.force, answer.force):
        faults.append(f"{expected.force} was told as {answer.force}")
    if faults:
        return Graded(Grade.WRONG, "; ".join(faults))
    return Graded(Grade.CORRECT, "the right plan governs and the facts are there")


def _other_duty(expected: str | None, given: str | None) -> bool:
    return (expected in _MUST and given in _SHOULD_OR_MAY) or (expected in _SHOULD_OR_MAY and given in _MUST)
