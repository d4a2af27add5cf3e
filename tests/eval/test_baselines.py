from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from eval.baseline_search import BM25, bm25_search, by_length, chunks, dense_search, tutorial_search
from eval.baselines import force_of, highest_level_wins, newest_wins, top_passage
from eval.bench import open_bench
from eval.commands import dataset_at
from eval.errors import Unavailable
from eval.judge import LocalJudge
from eval.run import Answerer, Bench, Contestant, Search, ask, run
from eval.standing import Standings
from tests.eval.conftest import FILES, LEVELS, quote_of


def _finds(*plans: tuple[str, int]) -> Search:
    passages = [
        {"plan_id": plan, "file": FILES[plan], "page": page, "level": LEVELS[plan], "score": 1 / rank,
         "text": quote_of(plan, page)}
        for rank, (plan, page) in enumerate(plans, 1)
    ]  # fmt: skip

    def search(_question: dict[str, object], k: int) -> Sequence[Mapping[str, object]]:
        return passages[:k]

    return search


def _governing(answer: Mapping[str, object]) -> str:
    governing = answer["governing"]
    assert isinstance(governing, dict)
    return str(governing["plan_id"])


QUESTION: dict[str, object] = {"id": "Q", "question": "Hvor mye teller miljø?", "as_of": "2026-11-20"}


def test_the_top_passage_governs() -> None:
    assert _governing(top_passage(_finds(("STRAT", 2), ("LOV", 1)))(QUESTION)) == "STRAT"


def test_the_highest_level_wins_even_where_a_lower_plan_tightens(standings: Standings) -> None:
    answer = highest_level_wins(_finds(("STRAT", 2), ("KLIMA", 2), ("LOV", 1)), {"": standings})

    assert _governing(answer(QUESTION)) == "LOV"


def test_the_newest_wins_even_where_it_is_a_draft(standings: Standings) -> None:
    answer = newest_wins(_finds(("KLIMA", 1), ("STRAT", 2), ("KLIMA-27", 1)), {"": standings})

    assert _governing(answer(QUESTION)) == "KLIMA-27"


def test_a_baseline_that_finds_nothing_abstains() -> None:
    assert top_passage(_finds())(QUESTION)["outcome"] == "abstained"


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Kjøp skal ikke deles.", "prohibition"),
        ("Det skal vektes.", "obligation"),
        ("Det bør vektes.", "recommendation"),
        ("Du kan spørre.", "permission"),
        ("Lageret ligger i byen.", "information"),
    ],
)
def test_the_force_is_that_of_the_strongest_verb(text: str, force: str) -> None:
    assert force_of(text) == force


def test_both_naive_authorities_fall_behind_the_key(
    bench: Bench, standings: Standings, tmp_path: Path
) -> None:
    search = bm25_search(chunks(bench.pages[""], standings))

    for name, answer in (
        ("highest", highest_level_wins(search, {"": standings})),
        ("newest", newest_wins(search, {"": standings})),
    ):
        summary = run(bench, Contestant(name=name, answer=answer, search=search), tmp_path / name)
        accuracy = summary.value("governing_plan_accuracy")
        assert accuracy is not None
        assert accuracy < 0.75, name
        assert summary.value("hallucination_rate") == 1.0 or summary.counts["refused"] > 0


def test_bm25_ranks_by_rare_words_and_stems() -> None:
    index = BM25(["Møbler kjøpes brukt", "Biler kjøpes nye", "Renhold"], "nb")

    assert [place for place, _ in index.top("møbel kjøp", 3)] == [0, 1]
    assert index.top("ukjent", 3) == []
    assert BM25([], "nb").top("noe", 3) == []


def test_chunks_are_whole_words_that_overlap() -> None:
    text = "ord " * 700

    pieces = by_length(text)

    assert all(len(piece) <= 1_000 for piece in pieces)
    assert all(set(piece.split()) == {"ord"} for piece in pieces)
    assert by_length("") == []
    assert by_length("kort") == ["kort"]


def _encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Letters counted: enough to tell which text is asked for in its own words."""
    found = np.array(
        [[text.casefold().count(chr(97 + n)) + 0.1 for n in range(26)] for text in texts], np.float32
    )
    unit: npt.NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_dense_search_finds_the_text_itself(bench: Bench, standings: Standings) -> None:
    search = dense_search(chunks(bench.pages[""], standings), _encode, _encode)

    first = search({"question": quote_of("LOV", 2)}, 1)[0]

    assert (first["plan_id"], first["page"], first["level"]) == ("LOV", 2, 1)


def test_the_tutorial_pipeline_runs_or_names_what_to_install(bench: Bench, standings: Standings) -> None:
    if importlib.util.find_spec("langchain_text_splitters") is None:
        with pytest.raises(Unavailable, match="pip install langchain-text-splitters"):
            tutorial_search(bench.pages[""], standings, _encode, _encode)
        return
    search = tutorial_search(bench.pages[""], standings, _encode, _encode)

    assert search({"question": quote_of("LOV", 2)}, 1)[0]["plan_id"] == "LOV"


@pytest.fixture(scope="module")
def skogvang() -> Bench:
    return open_bench(dataset_at("skogvang"), LocalJudge())


@pytest.mark.parametrize("naive", [highest_level_wins, newest_wins])
@pytest.mark.parametrize(
    ("query_id", "because"),
    [
        ("B04", "a strategy tightens the act"),
        ("B05", "the act does not reach so small a purchase"),
        ("B07", "the handbook is younger than the standing orders"),
        ("B08", "the handbook is younger than the standing orders"),
        ("B15", "the draft is stricter than the plan in force"),
    ],
)
def test_the_naive_authorities_fail_where_the_ladder_says_they_must(
    skogvang: Bench,
    naive: Callable[[Search, Mapping[str, Standings]], Answerer],
    query_id: str,
    because: str,
) -> None:
    search = bm25_search(chunks(skogvang.pages[""], skogvang.standings[""]))
    contestant = Contestant(name="naive", answer=naive(search, skogvang.standings), search=search)

    record = ask(skogvang, contestant, skogvang.dataset.question(query_id))

    assert record.verdict.grade == "wrong", because
