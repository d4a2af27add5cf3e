"""Which part of the assistant a miss is due to: reading, retrieval, authority or phrasing.

After Legal RAG Bench (2026), which tells retrieval, reasoning and hallucination apart; here reading comes
first and who governs is a part of its own. The first part that failed is named: the later ones had no chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.answers import Answer, Retrieved
from eval.dataset import Evidence
from eval.layers.authority import is_plan
from eval.layers.case import Case
from eval.layers.retrieval import holds
from eval.measures.outcome import ABSTAINED

READING, RETRIEVAL, AUTHORITY, PHRASING, FAILED = (
    "reading", "retrieval", "authority", "phrasing", "failed",
)  # fmt: skip
PARTS = (READING, RETRIEVAL, AUTHORITY, PHRASING, FAILED)


@dataclass(frozen=True, slots=True)
class Attribution:
    part: str
    because: str


def attribute(case: Case, answer: Answer | None, passages: Sequence[Retrieved]) -> Attribution:
    """The part an answer that is not correct is due to."""
    if answer is None:
        return Attribution(FAILED, "no answer came")
    return (
        _reading(case)
        or _retrieval(case, passages)
        or _authority(case, answer, passages)
        or _lost_fact(case, passages)
        or Attribution(PHRASING, "the right plan governs; the words do not say what they must")
    )


def _reading(case: Case) -> Attribution | None:
    unread = next((row for row in case.answering if not _is_read(case, row)), None)
    if unread is None:
        return None
    return Attribution(READING, f"“{unread.quote[:80]}” is not in what was read of {unread.file}")


def _retrieval(case: Case, passages: Sequence[Retrieved]) -> Attribution | None:
    ranks = [_rank(row, passages) for row in case.answering]
    if not ranks or any(ranks):
        return None
    return Attribution(RETRIEVAL, f"none of {len(ranks)} answering quotes is among {len(passages)} passages")


def _authority(case: Case, answer: Answer, passages: Sequence[Retrieved]) -> Attribution | None:
    expected = case.expected
    if expected is None:
        return None
    if expected.outcome == ABSTAINED:
        return Attribution(AUTHORITY, f"no plan answers this, yet the outcome is {answer.outcome}")
    ranks = [rank for row in case.answering if (rank := _rank(row, passages))]
    seen = f"the quote was passage {min(ranks)}" if ranks else "the key has no quote"
    if expected.governing is not None and not is_plan(expected.governing, answer.governing):
        return Attribution(AUTHORITY, f"{seen}, but {expected.governing.plan_id} was not let govern")
    if answer.outcome != expected.outcome:
        return Attribution(AUTHORITY, f"{seen}, but the outcome is {answer.outcome}")
    return None


def _lost_fact(case: Case, passages: Sequence[Retrieved]) -> Attribution | None:
    """A fact that stands only in quotes that were not retrieved."""
    lost = {row.quote for row in case.answering if not _rank(row, passages)}
    for fact in case.expected.key_facts if case.expected else ():
        holding = {row.quote for row in case.evidence if any(spelling in row.quote for spelling in fact)}
        if holding and holding <= lost:
            return Attribution(RETRIEVAL, f"“{min(holding)[:80]}” was not retrieved")
    return None


def _is_read(case: Case, row: Evidence) -> bool:
    if case.pages is None or row.file not in case.pages:
        return True
    file = case.pages[row.file]
    return bool(file.pages_with(row.quote) or file.pages_with_words(row.quote))


def _rank(row: Evidence, passages: Sequence[Retrieved]) -> int | None:
    """Where a quote was retrieved, by its words or, failing that, its page."""
    by_words = next((n for n, each in enumerate(passages, 1) if holds(each, row)), None)
    if by_words is not None:
        return by_words
    place = (row.file, row.page)
    return next((n for n, each in enumerate(passages, 1) if (each.file, each.page) == place), None)
