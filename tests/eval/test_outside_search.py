"""A published set is sampled with all that answers, and every way to rank sees the same passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval import outside
from eval.errors import DatasetError
from eval.outside_set import OutsideSet, read_sets, sample
from ingest.embed import Encoder, Vectors
from ingest.ngrams import features

PASSAGES = {
    "p1": "Byen har en gammel havn. Fiskerne selger torsk og sei på kaia om morgenen.",
    "p2": "Fjellet er 1 200 meter høyt. Det går en merket sti til toppen fra parkeringsplassen.",
    "p3": "Biblioteket er åpent hver dag. Barn kan låne fem bøker om gangen uten kort.",
    "p4": "Kirken ble bygd i stein i middelalderen og brant ned for hundre år siden.",
}
QUERIES = [
    {"id": "q1", "text": "Hvor selger fiskerne torsk?", "lang": "nb"},
    {"id": "q2", "text": "Hvor mange bøker kan barn låne?", "lang": "nb"},
    {"id": "q3", "text": "How many books may children borrow?", "lang": "en"},
    {"id": "q4", "text": "Hvem er ordfører?", "lang": "nb"},
]
QRELS = "q1\tp1\t1\nq2\tp3\t1\nq3\tp3\t1\n"


class LettersEncoder:
    """Vectors of letter n-grams: texts with words in common are near."""

    name, dimension = "letters", 256

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            np.add.at(row, features(text) % self.dimension, 1.0)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    encode_passages = encode_queries


class NeverEncoder(LettersEncoder):
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"{len(texts)} texts encoded again")

    encode_passages = encode_queries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = "".join(json.dumps({"_id": each, "text": text}) + "\n" for each, text in PASSAGES.items())
    (tmp_path / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text("".join(json.dumps(q) + "\n" for q in QUERIES), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return tmp_path


def test_a_set_is_read_once_for_each_language_it_is_asked_in(folder: Path) -> None:
    english, norwegian = read_sets(folder)

    assert (english.asked_in, english.language, list(english.questions)) == ("en", "nb", ["q3"])
    assert (norwegian.asked_in, list(norwegian.questions)) == ("nb", ["q1", "q2"])


def test_a_folder_whose_grades_name_no_question_is_refused(folder: Path) -> None:
    (folder / "qrels.tsv").write_text("other\tp1\t1\n", encoding="utf-8")

    with pytest.raises(DatasetError, match=r"qrels\.tsv names no question"):
        read_sets(folder)


def test_a_sample_keeps_every_passage_that_answers_and_fills_up_with_others(folder: Path) -> None:
    whole = read_sets(folder)[1]

    chosen = sample(whole, questions=2, passages=3)

    assert {"p1", "p3"} <= set(chosen.passages)
    assert len(chosen.passages) == 3
    assert sample(whole, questions=2, passages=3) == chosen


def test_equal_reciprocal_ranks_put_first_what_both_rank_high() -> None:
    assert outside.reciprocal([["a", "b", "c"], ["b", "c", "a"]]) == ["b", "a", "c"]


def test_statements_lead_back_to_the_passage_they_were_read_in() -> None:
    owners, said = outside.statements(list(PASSAGES.values()), "nb")

    assert sorted(set(owners)) == [0, 1, 2, 3]
    assert len(said) > len(PASSAGES)
    for owner, text in zip(owners, said, strict=True):
        assert text in list(PASSAGES.values())[owner]


def test_every_way_finds_what_shares_the_questions_words(folder: Path, tmp_path: Path) -> None:
    found = outside.measure(read_sets(folder)[1], _encoder(), tmp_path / "vectors")

    assert [way.way for way in found.ways] == [*outside.BASES, outside.OURS, outside.SHIPPED]
    assert all(way.ndcg == 1.0 for way in found.ways)
    assert "nb → nb | 2 of 4 | 1.000" in outside.as_table([found])


def test_vectors_are_made_once_for_an_encoder_and_its_texts(folder: Path, tmp_path: Path) -> None:
    whole = read_sets(folder)[1]
    outside.measure(whole, _encoder(), tmp_path / "vectors")

    again = outside.measure(whole, NeverEncoder(), tmp_path / "vectors")

    assert again.questions == 2


def test_across_languages_our_fusion_is_the_vectors_own_order(folder: Path) -> None:
    english: OutsideSet = replace(read_sets(folder)[0], questions={"q3": "Fiskerne torsk kaia"})
    encoder, texts = _encoder(), list(PASSAGES.values())
    vectors = encoder.encode_passages(texts)
    (query,) = encoder.encode_queries(["Fiskerne torsk kaia"])

    ranked = outside.fused(english, encoder, texts, vectors, [0, 1, 2, 3])("Fiskerne torsk kaia", query)

    assert ranked == [list(PASSAGES)[place] for place in np.argsort(-(vectors @ query), kind="stable")]


def _encoder() -> Encoder:
    return LettersEncoder()
