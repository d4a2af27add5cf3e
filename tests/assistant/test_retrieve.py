from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.ask import CANDIDATES
from assistant.retrieve import Retriever, near, standard
from ingest import search_files
from ingest.chroma_index import ChromaPassages
from ingest.embed import Encoder
from ingest.store import Store


@pytest.fixture(scope="module")
def store(skogvang: Path) -> Store:
    return Store.open(skogvang)


@pytest.fixture(scope="module")
def exact(store: Store, encoder: Encoder) -> Retriever:
    return Retriever(search_files.load(store.folder, store.generation), encoder)


@pytest.fixture(scope="module")
def approximate(store: Store, encoder: Encoder) -> Retriever:
    rows = {passage_id: row for row, passage_id, _ in store.all_passages()}
    files = search_files.load(store.folder, store.generation)
    return Retriever(files, encoder, ChromaPassages(store.folder), rows)


def _best(retriever: Retriever, store: Store, query: str, language: str = "nb", limit: int = 5) -> list[str]:
    documents = [d.document_id for d in store.documents()]
    hits = retriever.retrieve(query, retriever.encode(query), language, documents=documents, limit=limit)
    found = store.statements([int(retriever.files.statement[h.row]) for h in hits])
    return [found[int(retriever.files.statement[h.row])].text for h in hits]


@pytest.fixture(params=["exact", "approximate"])
def retriever(request: pytest.FixtureRequest) -> Retriever:
    made: Retriever = request.getfixturevalue(request.param)
    return made


def test_the_statement_that_answers_is_among_the_first(retriever: Retriever, store: Store) -> None:
    assert "Ombrukslageret skal sjekkes før kjøp av møbler." in _best(
        retriever, store, "må ombrukslageret sjekkes"
    )


def test_a_question_with_typing_errors_finds_it_too(retriever: Retriever, store: Store) -> None:
    assert "Ombrukslageret skal sjekkes før kjøp av møbler." in _best(
        retriever, store, "må ombrukslagret skjekkes"
    )


def test_an_english_question_has_the_norwegian_answer_among_its_candidates(
    retriever: Retriever, store: Store
) -> None:
    question = "Must we check the reuse store before buying chairs?"

    found = _best(retriever, store, question, "en", limit=CANDIDATES)

    assert "Ombrukslageret skal sjekkes før kjøp av møbler." in found


def test_hits_are_ordered_best_first_and_only_of_the_documents_allowed(
    exact: Retriever, store: Store
) -> None:
    allowed = [d.document_id for d in store.documents() if d.plan_id == "S3"]

    hits = exact.retrieve("tilbud", exact.encode("tilbud"), "nb", documents=allowed, limit=20)

    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert {int(exact.files.document[h.row]) for h in hits} == set(allowed)


def test_no_documents_means_no_hits(exact: Retriever) -> None:
    assert exact.retrieve("tilbud", exact.encode("tilbud"), "nb", documents=[], limit=5) == []


def test_standard_scores_have_mean_nought_and_equal_scores_are_all_nought() -> None:
    assert abs(float(standard(np.array([1.0, 2.0, 4.0], np.float32)).mean())) < 1e-6
    assert standard(np.ones(3, np.float32)).tolist() == [0, 0, 0]


def test_scandinavian_languages_share_words_and_english_does_not() -> None:
    assert near("nb", "nn")
    assert near("sv", "nb")
    assert not near("en", "nb")
