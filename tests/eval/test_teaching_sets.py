"""What the encoder is taught from: whole, without twins, and nothing of a benchmark in it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from eval.teaching.material import SETS, TeachingSet, read_set, read_sets, split

BENCHMARKS = Path(__file__).parents[2] / "eval" / "benchmarks"


@pytest.fixture(scope="module")
def sets() -> list[TeachingSet]:
    return read_sets()


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(pairwise(words))


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


def test_no_question_is_nearly_one_of_a_benchmark(sets: list[TeachingSet]) -> None:
    held = [
        _pairs(json.loads(line)["question"])
        for path in BENCHMARKS.glob("*/queries.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for each in sets:
        for question in each.questions:
            own = _pairs(question.text)
            twins = [h for h in held if len(own) > 3 and len(own & h) / len(own | h) > 0.7]
            assert not twins, (each.set_id, question.text)


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
