"""Retrieval: did the passages that hold the answer come back, and how high.

All take the ranked document ids of one query (best first) and its grades (`qrels`: id -> grade; grade 0 or
absent is irrelevant) and give 0-1. They agree with `ir_measures` (trec_eval's definitions).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def recall_at(k: int, ranked: Sequence[str], qrels: Mapping[str, int]) -> float | None:
    """R@k: the share of the relevant documents among the first k (trec_eval `recall_k`).

    None where nothing is relevant: such a query measures abstention, not retrieval.
    """
    relevant = {document for document, grade in qrels.items() if grade > 0}
    if not relevant:
        return None
    return len(relevant & set(ranked[:k])) / len(relevant)


def ndcg_at(k: int, ranked: Sequence[str], qrels: Mapping[str, int]) -> float | None:
    """nDCG@k with linear gain and log2 discount (Järvelin and Kekäläinen 2002; trec_eval `ndcg_cut_k`)."""
    ideal = _dcg(sorted((grade for grade in qrels.values() if grade > 0), reverse=True)[:k])
    if not ideal:
        return None
    return _dcg([max(0, qrels.get(document, 0)) for document in _once(ranked)[:k]]) / ideal


def reciprocal_rank_at(k: int, ranked: Sequence[str], qrels: Mapping[str, int]) -> float | None:
    """RR@k: 1 / rank of the first relevant document, 0 below k (Voorhees 1999; MRR is its mean)."""
    if not any(grade > 0 for grade in qrels.values()):
        return None
    hits = (rank for rank, document in enumerate(_once(ranked)[:k], 1) if qrels.get(document, 0) > 0)
    return 1 / next(hits, math.inf)


def average_precision(ranked: Sequence[str], qrels: Mapping[str, int]) -> float | None:
    """AP: mean of the precision at each relevant document's rank (trec_eval `map`)."""
    relevant = sum(grade > 0 for grade in qrels.values())
    if not relevant:
        return None
    found, total = 0, 0.0
    for rank, document in enumerate(_once(ranked), 1):
        if qrels.get(document, 0) > 0:
            found += 1
            total += found / rank
    return total / relevant


def span_precision_recall(
    retrieved: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]]
) -> tuple[float, float]:
    """Precision and recall of characters (LegalBench-RAG, Pipitone and Alami 2024), spans of one text.

    Did a quote point at the exact characters, not only at the page. Both are 0 where either side is empty.
    """
    cited, wanted = _characters(retrieved), _characters(gold)
    if not cited or not wanted:
        return 0.0, 0.0
    shared = len(cited & wanted)
    return shared / len(cited), shared / len(wanted)


def _characters(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _once(ranked: Sequence[str]) -> list[str]:
    """Each document at its first rank only: a page retrieved by two passages is one page."""
    return list(dict.fromkeys(ranked))
