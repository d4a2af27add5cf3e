"""Typing errors are small, seeded and never in a figure; their loss is paired with the clean question."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.dataset import Dataset, Evidence, Question
from eval.errors import RunError
from eval.judge import LocalJudge
from eval.mistyped import mistyped, neighbours
from eval.run import Bench, Contestant, Search
from eval.typing_errors import as_text, measure

TEXTS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåöäABÅ 0123456789-?", max_size=60)


@given(TEXTS, st.integers(0, 9), st.floats(0, 1))
def test_figures_and_what_stands_between_words_stay_as_typed(text: str, seed: int, share: float) -> None:
    wrong = mistyped(text, "nb", random.Random(seed), share)

    assert re.findall(r"[\d\W]+", wrong) == re.findall(r"[\d\W]+", text)


@given(TEXTS, st.integers(0, 9))
def test_an_error_changes_a_word_by_one_letter_at_most_in_length(text: str, seed: int) -> None:
    words = re.findall(r"[^\W\d_]+", text)

    wrong = re.findall(r"[^\W\d_]+", mistyped(text, "sv", random.Random(seed), 1.0))

    assert len(wrong) == len(words)
    for before, after in zip(words, wrong, strict=True):
        assert abs(len(before) - len(after)) <= 1
        assert (before != after) == (len(before) > 1)


def test_the_same_seed_types_the_same_errors() -> None:
    text = "Hvem godkjenner innkjøp av møbler til skolen"

    first, again = (mistyped(text, "nb", random.Random(4), 0.5) for _ in range(2))

    assert first == again != text


@pytest.mark.parametrize(
    ("language", "letter", "keys"), [("nb", "ø", "læåp"), ("sv", "ö", "läåp"), ("en", "s", "adwezx")]
)
def test_the_key_beside_is_that_of_the_languages_keyboard(language: str, letter: str, keys: str) -> None:
    assert set(neighbours(language)[letter]) <= set(keys)
    assert len(neighbours(language)[letter]) >= 3


def test_the_loss_is_paired_with_the_clean_question() -> None:
    bench = _bench("innkjøpsreglement", "kommunestyre")

    found = measure(bench, _contestant(_finds_whole_words), bench.dataset.questions, share=1.0)

    assert (found.n, found.clean, found.touched) == (2, 1.0, 2)
    assert found.mistyped == (0.0, 0.0, 0.0)
    assert found.loss == 1.0
    assert "+1.000" in as_text([found])


def test_questions_without_a_page_to_find_are_not_measured() -> None:
    bench = _bench()

    with pytest.raises(RunError, match="no question of this split has a page"):
        measure(bench, _contestant(_finds_whole_words), bench.dataset.questions, share=1.0)


def _bench(*words: str) -> Bench:
    questions = [
        Question(query_id=word, question=word, language="nb", as_of=None, expected=None) for word in words
    ]
    evidence = [
        Evidence(query_id=word, plan_id="P", file=f"{word}.txt", page=None, quote=word, grade=1)
        for word in words
    ]
    dataset = Dataset(
        name="words", version="1", folder=Path("words"), documents=None, register=False, municipality="",
        languages=("nb",), as_of=None, questions=tuple(questions), evidence=tuple(evidence), sha256="",
    )  # fmt: skip
    return Bench(dataset=dataset, judge=LocalJudge())


def _contestant(search: Search) -> Contestant:
    return Contestant(name="words", answer=lambda _: {}, search=search)


def _finds_whole_words(question: dict[str, object], _k: int) -> Sequence[Mapping[str, object]]:
    word = question["question"]
    return [{"plan_id": "P", "file": f"{word}.txt", "page": None, "text": word}]
