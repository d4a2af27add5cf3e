"""Published sets, where this machine has them; nothing of them is kept here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, nDCG

from eval.baseline_search import BM25
from eval.importers import read_qrels, rows_of_jsonl
from eval.judge import LocalJudge
from eval.judge_meta import Half, measure_judge
from eval.measures.outcome import is_hallucinated, is_missed
from eval.measures.retrieval import ndcg_at, recall_at, reciprocal_rank_at
from tests.conftest import OUTSIDE

SETS = [
    # set, language of the texts, language asked in, BM25's published nDCG@10
    ("norquad_nb", "nb", "nb", 0.833),
    ("squad2_sv", "sv", "sv", 0.811),
    ("xquad_de", "de", "en", 0.435),
    ("xquad_en", "en", "de", 0.470),
]


@pytest.fixture
def sets(shared: Path) -> Path:
    if not (shared / "bench").is_dir():
        pytest.skip(OUTSIDE + f"no published sets in {shared}")
    return shared / "bench"


def _ranked(
    folder: Path, language: str, asked_in: str
) -> tuple[dict[str, list[str]], dict[str, dict[str, int]]]:
    corpus = {
        str(row["id"]): f"{row.get('title') or ''}\n{row['text']}"
        for _, row in rows_of_jsonl(folder / "corpus.jsonl")
    }
    qrels, ids = read_qrels(folder), list(corpus)
    index = BM25(list(corpus.values()), language)
    runs = {
        str(row["id"]): [ids[place] for place, _ in index.top(str(row["text"]), 10)]
        for _, row in rows_of_jsonl(folder / "queries.jsonl")
        if row["lang"] == asked_in and str(row["id"]) in qrels
    }
    return runs, qrels


@pytest.mark.parametrize(("name", "language", "asked_in", "published"), SETS)
def test_retrieval_agrees_with_ir_measures_and_with_the_known_baseline(
    sets: Path, name: str, language: str, asked_in: str, published: float
) -> None:
    runs, qrels = _ranked(sets / name, language, asked_in)
    theirs = ir_measures.calc_aggregate(
        [nDCG @ 10, R @ 5, RR @ 10],
        [ir_measures.Qrel(q, document, grade) for q in runs for document, grade in qrels[q].items()],
        [
            ir_measures.ScoredDoc(q, d, 100.0 - place)
            for q, ids in runs.items()
            for place, d in enumerate(ids)
        ],
    )

    gains = [ndcg_at(10, ranked, qrels[q]) or 0.0 for q, ranked in runs.items()]
    recalls = [recall_at(5, ranked, qrels[q]) or 0.0 for q, ranked in runs.items()]
    firsts = [reciprocal_rank_at(10, ranked, qrels[q]) or 0.0 for q, ranked in runs.items()]

    assert np.mean(gains) == pytest.approx(theirs[nDCG @ 10], abs=1e-6)
    assert np.mean(recalls) == pytest.approx(theirs[R @ 5], abs=1e-6)
    assert np.mean(firsts) == pytest.approx(theirs[RR @ 10], abs=1e-6)
    sampling = 1.96 * float(np.std(gains)) / len(gains) ** 0.5
    assert np.mean(gains) == pytest.approx(published, abs=sampling)


@lru_cache
def _halves(folder: Path) -> dict[str, Half]:
    return {half.half: half for half in measure_judge(folder, LocalJudge()).halves}


@pytest.mark.slow
def test_the_judge_beats_token_f1_on_peoples_preferences(sets: Path) -> None:
    whole, held_out = (_halves(sets / "meta_ragchecker")[half] for half in ("all", "held out"))

    assert whole.judge is not None
    assert whole.judge > 0.508 + 0.05
    assert held_out.judge is not None
    assert held_out.baseline is not None
    assert held_out.judge > held_out.baseline


@pytest.mark.slow
def test_the_judge_beats_coverage_on_peoples_claims(sets: Path) -> None:
    whole, held_out = (_halves(sets / "meta_wice")[half] for half in ("all", "held out"))

    assert whole.judge is not None
    assert whole.judge > 0.761 + 0.01
    assert held_out.judge is not None
    assert held_out.baseline is not None
    assert held_out.judge > held_out.baseline


def test_nomiracl_rates_of_a_published_model_come_out_as_published(sets: Path) -> None:
    rows = [row for _, row in rows_of_jsonl(sets / "nomiracl_de" / "model_outputs.jsonl")]
    hallucinated, missed = [], []
    for row in rows:
        results = row["results"]
        assert isinstance(results, dict)
        reply = str(results["gpt-4-azure"]).casefold()
        expected = "answered" if row["answerable"] else "abstained"
        given = "answered" if "yes, answer is present" in reply else "abstained"
        hallucinated.append(is_hallucinated(expected, given))
        missed.append(is_missed(expected, given))

    rates = [[each for each in found if each is not None] for found in (hallucinated, missed)]

    assert np.mean(rates[0]) == pytest.approx(0.368, abs=0.005)
    assert np.mean(rates[1]) == pytest.approx(0.104, abs=0.02)
