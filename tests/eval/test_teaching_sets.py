"""What the encoder is taught from: whole, without twins, and nothing of a benchmark in it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from eval.teaching.material import GENERAL, SETS, TeachingSet, read_general, read_set, read_sets, split
from ingest.language import detect

BENCHMARKS = Path(__file__).parents[2] / "eval" / "benchmarks"


@pytest.fixture(scope="module")
def sets() -> list[TeachingSet]:
    return read_sets()


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(pairwise(words))


@pytest.fixture(scope="module")
def benchmark_questions() -> list[frozenset[tuple[str, str]]]:
    return [
        _pairs(json.loads(line)["question"])
        for path in BENCHMARKS.glob("*/queries.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _twins(question: str, held: list[frozenset[tuple[str, str]]]) -> list[frozenset[tuple[str, str]]]:
    own = _pairs(question)
    return [h for h in held if len(own) > 3 and len(own & h) / len(own | h) > 0.7]


def test_every_set_is_read_with_what_stands_around_its_rules(sets: list[TeachingSet]) -> None:
    assert len(sets) >= 60
    assert sum(len(s.questions) for s in sets) >= 6_000
    assert all(len(s.surroundings) >= 40 for s in sets)


def test_no_question_is_asked_twice(sets: list[TeachingSet]) -> None:
    asked = [q.text.lower() for s in sets for q in s.questions]

    assert len(asked) == len(set(asked))


def test_what_tempts_is_not_also_an_answer(sets: list[TeachingSet]) -> None:
    assert not [q.text for s in sets for q in s.questions if set(q.answers) & set(q.tempting)]


def test_no_draft_and_no_superseded_text_is_an_answer() -> None:
    for path in SETS.glob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        status = {s["id"]: s["status"] for s in content["statements"]}
        for question in content["questions"]:
            assert all(status[i] == "adopted" for i in question["answers"]), (path.name, question["q"])


def test_no_question_is_nearly_one_of_a_benchmark(
    sets: list[TeachingSet], benchmark_questions: list[frozenset[tuple[str, str]]]
) -> None:
    asked = [(each.set_id, question.text) for each in sets for question in each.questions]
    assert not [(set_id, text) for set_id, text in asked if _twins(text, benchmark_questions)]


def test_sets_held_out_are_whole_and_of_every_language(sets: list[TeachingSet]) -> None:
    learn, held = split(sets)

    assert {s.language for s in held} == {s.language for s in sets}
    assert not {s.set_id for s in learn} & {s.set_id for s in held}


def test_a_question_that_names_no_statement_of_its_set_is_told(tmp_path: Path) -> None:
    content = {
        "set_id": "x-01",
        "language": "en",
        "statements": [{"id": "s1", "text": "Two quotes are needed."}],
        "questions": [{"q": "How many?", "language": "en", "answers": ["s9"], "hard": []}],
    }
    path = tmp_path / "x-01.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(ValueError, match="names 's9', which is no statement"):
        read_set(path)


# --- general passages -----------------------------------------------------------------------

_LANGUAGES = {"nb", "nn", "sv", "da", "en", "de"}
_PASSAGES_IN = {
    "english": {"en"},
    "german": {"de"},
    "norwegian": {"nb", "nn"},
    "swedish-danish": {"sv", "da"},
}
"""Which languages the passages of each file of general text are in."""


def test_general_passages_are_as_long_as_what_rules_never_are() -> None:
    passages = read_general()

    assert len(passages) == 200
    assert not [p.text[:60] for p in passages if not 100 <= len(p.text.split()) <= 250]
    assert len({p.text for p in passages}) == len(passages)


def test_every_general_passage_has_four_questions_and_none_is_asked_twice() -> None:
    asked = [q.lower().strip() for p in read_general() for q in p.questions]

    assert all(len(p.questions) == 4 for p in read_general())
    assert len(asked) == len(set(asked)) == 800


def test_no_general_question_is_nearly_one_of_a_benchmark(
    benchmark_questions: list[frozenset[tuple[str, str]]],
) -> None:
    asked = [q for p in read_general() for q in p.questions]
    assert not [q for q in asked if _twins(q, benchmark_questions)]


@pytest.mark.parametrize(("name", "languages"), _PASSAGES_IN.items())
def test_general_passages_are_in_the_language_they_are_said_to_be(name: str, languages: set[str]) -> None:
    content = json.loads((GENERAL / f"{name}.json").read_text(encoding="utf-8"))

    assert {p["language"] for p in content} == languages
    wrong = [
        (p["language"], p["text"][:60])
        for p in content
        if detect(p["text"], sorted(_LANGUAGES)) != p["language"]
    ]
    assert not wrong


def test_general_questions_are_in_six_languages_and_also_in_others_than_their_passage() -> None:
    content = [
        p for path in sorted(GENERAL.glob("*.json")) for p in json.loads(path.read_text(encoding="utf-8"))
    ]
    asked = [(p["language"], q["language"]) for p in content for q in p["questions"]]

    assert {of_question for _, of_question in asked} == _LANGUAGES
    assert sum(one != other for one, other in asked) >= 200
