"""Whether the pages and passages that hold the answer were retrieved.

R and RR count what answers the question (grade 2, or 1 where only retrieval is labelled); nDCG takes all.
A file without pages is one page. A passage holds a quote when either text has the other in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.answers import Retrieved
from eval.dataset import Evidence
from eval.layers.case import Case, Layer
from eval.measures.retrieval import ndcg_at, recall_at, reciprocal_rank_at
from eval.words import words

DEPTH = 10
_SHORTEST_PART = 20
"""Characters. A shorter passage inside a quote is a heading or a number, not the quote."""


def score_retrieval(case: Case, passages: Sequence[Retrieved]) -> Layer:
    """Page and passage scores; all None where the key has no quotes."""
    if not case.evidence:
        return Layer({}, "no gold quotes: retrieval is not measured here")
    pages = _page_qrels(case.evidence)
    ranked_pages = [f"{each.file}#{each.page}" for each in passages]
    quotes = {f"quote{place}": row.grade for place, row in enumerate(case.evidence)}
    ranked_quotes = _ranked_quotes(case.evidence, passages)
    scores = {
        **_scores("page", ranked_pages, pages, case.answers_from),
        **_scores("passage", ranked_quotes, quotes, case.answers_from),
    }
    return Layer(scores, _because(case, passages, ranked_pages))


def _page_qrels(evidence: Sequence[Evidence]) -> dict[str, int]:
    qrels: dict[str, int] = {}
    for row in evidence:
        key = f"{row.file}#{row.page}"
        qrels[key] = max(row.grade, qrels.get(key, 0))
    return qrels


def _scores(
    unit: str, ranked: Sequence[str], qrels: dict[str, int], answers_from: int
) -> dict[str, float | None]:
    answering = {document: 1 for document, grade in qrels.items() if grade >= answers_from}
    return {
        f"{unit}_R@1": recall_at(1, ranked, answering),
        f"{unit}_R@5": recall_at(5, ranked, answering),
        f"{unit}_R@10": recall_at(10, ranked, answering),
        f"{unit}_RR@10": reciprocal_rank_at(DEPTH, ranked, answering),
        f"{unit}_nDCG@10": ndcg_at(DEPTH, ranked, qrels),
    }


def _ranked_quotes(evidence: Sequence[Evidence], passages: Sequence[Retrieved]) -> list[str]:
    """One id a passage: the quote it holds, best grade first, else an id of its own.

    A passage with two quotes takes two places, so that no quote is counted without a rank.
    """
    ranked: list[str] = []
    for place, passage in enumerate(passages):
        held = [number for number, row in enumerate(evidence) if holds(passage, row)]
        held.sort(key=lambda number: -evidence[number].grade)
        new = [f"quote{number}" for number in held if f"quote{number}" not in ranked]
        ranked.extend(new or [f"passage{place}"])
    return ranked


def holds(passage: Retrieved, row: Evidence) -> bool:
    """Whether a passage has a gold quote in it, or is itself a part of one."""
    if row.file and passage.file and passage.file != row.file:
        return False
    text, quote = _flat(passage.text), _flat(row.quote)
    return bool(text) and (quote in text or (len(text) >= _SHORTEST_PART and text in quote))


def _flat(text: str) -> str:
    """Words alone, with a blank at both ends, so that no match ends inside a word."""
    return f" {' '.join(words(text))} "


def _because(case: Case, passages: Sequence[Retrieved], ranked_pages: Sequence[str]) -> str:
    told = []
    for row in case.answering or case.evidence:
        rank = next((n for n, each in enumerate(passages, 1) if holds(each, row)), None)
        page_rank = next(
            (n for n, key in enumerate(ranked_pages, 1) if key == f"{row.file}#{row.page}"), None
        )
        where = f"{row.file} page {row.page}" if row.page is not None else row.file
        if rank is not None:
            told.append(f"the quote in {where} was passage {rank}")
        elif page_rank is not None:
            told.append(f"{where} was retrieved (rank {page_rank}), its quote was not")
        else:
            told.append(f"{where} was not retrieved")
    return "; ".join(told)
