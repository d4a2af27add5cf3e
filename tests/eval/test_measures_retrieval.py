from __future__ import annotations

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import AP, RR, R, nDCG

from eval.measures.retrieval import (
    average_precision,
    ndcg_at,
    recall_at,
    reciprocal_rank_at,
    span_precision_recall,
)

_DOCUMENTS = [f"d{number}" for number in range(15)]
_RANKED = st.lists(st.sampled_from(_DOCUMENTS), min_size=1, max_size=12, unique=True)
_QRELS = st.dictionaries(st.sampled_from(_DOCUMENTS), st.integers(0, 3), min_size=1)


@given(_RANKED, _QRELS.filter(lambda qrels: any(grade > 0 for grade in qrels.values())))
def test_retrieval_measures_are_those_of_ir_measures(ranked: list[str], qrels: dict[str, int]) -> None:
    theirs = ir_measures.calc_aggregate(
        [nDCG @ 10, nDCG @ 3, R @ 5, RR @ 10, AP],
        [ir_measures.Qrel("q", document, grade) for document, grade in qrels.items()],
        [ir_measures.ScoredDoc("q", document, 100.0 - place) for place, document in enumerate(ranked)],
    )

    assert ndcg_at(10, ranked, qrels) == pytest.approx(theirs[nDCG @ 10], abs=1e-6)
    assert ndcg_at(3, ranked, qrels) == pytest.approx(theirs[nDCG @ 3], abs=1e-6)
    assert recall_at(5, ranked, qrels) == pytest.approx(theirs[R @ 5], abs=1e-6)
    assert reciprocal_rank_at(10, ranked, qrels) == pytest.approx(theirs[RR @ 10], abs=1e-6)
    assert average_precision(ranked, qrels) == pytest.approx(theirs[AP], abs=1e-6)


def test_ndcg_of_a_hand_worked_ranking() -> None:
    ideal = 2 + 1 / math.log2(3)

    assert ndcg_at(10, ["x", "b", "a"], {"a": 2, "b": 1}) == pytest.approx(
        (1 / math.log2(3) + 2 / math.log2(4)) / ideal
    )


def test_nothing_relevant_is_not_measured_rather_than_zero() -> None:
    assert recall_at(5, ["a"], {"a": 0}) is None
    assert ndcg_at(5, ["a"], {}) is None
    assert reciprocal_rank_at(5, ["a"], {}) is None
    assert average_precision(["a"], {}) is None


def test_a_page_found_twice_counts_once() -> None:
    assert ndcg_at(10, ["a", "a", "b"], {"a": 1, "b": 1}) == pytest.approx(1.0)


def test_span_precision_and_recall_count_characters() -> None:
    precision, recall = span_precision_recall([(0, 10)], [(5, 25)])

    assert (precision, recall) == (0.5, 0.25)
    assert span_precision_recall([], [(0, 5)]) == (0.0, 0.0)
