from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import RunError
from eval.pages import PagesOf
from eval.records import read_run
from eval.run import Answerer, Bench, Contestant, run, trace
from eval.summary import summarise
from tests.eval.conftest import silence, told


def _contestant(answer: Answerer, **given: str) -> Contestant:
    return Contestant(name="assistant", answer=answer, index_id=given.get("index_id", "i1"))


def test_an_interrupted_run_goes_on_where_it_stopped(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    asked: list[object] = []

    def stops(question: dict[str, object]) -> Mapping[str, object]:
        asked.append(question["id"])
        if len(asked) == 4:
            raise KeyboardInterrupt
        return right(question)

    with pytest.raises(KeyboardInterrupt):
        run(bench, _contestant(stops), tmp_path / "run")
    summary = run(bench, _contestant(stops), tmp_path / "run")

    assert summary.n == 9
    assert summary.value("truthfulness") == 1.0
    assert asked == ["Q1", "Q2", "Q3", "Q4", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9"]


def test_a_torn_last_line_is_asked_again(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    run(bench, _contestant(right), tmp_path / "run")
    answers = tmp_path / "run" / "answers.jsonl"
    whole = answers.read_text(encoding="utf-8")
    answers.write_text(whole[:-40], encoding="utf-8")

    summary = run(bench, _contestant(right), tmp_path / "run")

    assert summary.n == 9
    assert len(read_run(tmp_path / "run").records) == 9
    assert all(json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines())


def test_a_failed_answer_is_asked_again_on_resume(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    def fails(question: dict[str, object]) -> Mapping[str, object]:
        if question["id"] == "Q2":
            raise TimeoutError("too slow")
        return right(question)

    first = run(bench, _contestant(fails), tmp_path / "run")
    second = run(bench, _contestant(right), tmp_path / "run")

    assert first.counts["failed"] == 1
    assert second.counts["failed"] == 0
    assert second.value("truthfulness") == 1.0


def test_a_folder_of_another_run_is_refused(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    run(bench, _contestant(right), tmp_path / "run", split="tune")

    with pytest.raises(RunError, match="split"):
        run(bench, _contestant(right), tmp_path / "run", split="held_out")
    with pytest.raises(RunError, match="index_id"):
        run(bench, _contestant(right, index_id="i2"), tmp_path / "run", split="tune")


def test_a_split_without_questions_is_refused(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    empty = replace(bench, dataset=replace(bench.dataset, questions=()))

    with pytest.raises(RunError, match="no question"):
        run(empty, _contestant(right), tmp_path / "run")


def test_a_run_says_what_it_was_made_with(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    run(bench, _contestant(right), tmp_path / "run", split="tune", seed=7)

    meta = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))

    assert meta["dataset"]["sha256"] == bench.dataset.sha256
    assert (meta["split"], meta["seed"], meta["index_id"]) == ("tune", 7, "i1")
    assert meta["judge"].startswith("local/")
    assert {"python", "numpy"} <= set(meta["versions"])


def test_two_runs_of_one_assistant_come_to_the_same(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    one = run(bench, _contestant(right), tmp_path / "one").to_json()
    other = run(bench, _contestant(right), tmp_path / "other").to_json()

    assert one["metrics"] == other["metrics"]


def test_a_trace_shows_key_evidence_and_where_it_was_retrieved(bench: Bench, right: Answerer) -> None:
    seen: list[dict[str, object]] = []

    def answer(question: dict[str, object]) -> Mapping[str, object]:
        seen.append(question)
        return right(question)

    found = trace(bench, _contestant(answer), "Q3")

    assert seen[0]["trace"] is True
    evidence, passages = found["evidence"], found["passages"]
    assert isinstance(evidence, list)
    assert isinstance(passages, list)
    assert evidence[0]["retrieved_at"] == [1]
    assert passages[0]["holds"] == ["governing"]


@pytest.mark.parametrize("query_id", ["Q3"])
def test_a_miss_is_due_to_the_first_part_that_failed(bench: Bench, query_id: str) -> None:
    def due(answer: dict[str, object], of: Bench = bench) -> str | None:
        record = trace(of, _contestant(lambda _question: answer), query_id)
        verdict = record["verdict"]
        assert isinstance(verdict, dict)
        part = verdict["due_to"]
        assert part is None or isinstance(part, str)
        return part

    wrong_plan = told("KLIMA-27", 1, "target")
    seen = told("KLIMA", 1, "target")["passages"]
    unread = {"": {**bench.pages[""], "klimaplan.md": PagesOf(((1, "noe annet"),))}}

    assert due(told("KLIMA", 1, "target")) is None
    assert due(wrong_plan, replace(bench, pages=unread)) == "reading"
    assert due(wrong_plan) == "retrieval"
    assert due(wrong_plan | {"passages": seen}) == "authority"
    assert due(silence() | {"passages": seen}) == "authority"
    assert due(told("KLIMA", 1, "target", text="Det er et mål. [1]")) == "phrasing"


def test_groups_part_the_questions_by_language_level_and_difficulty(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    run(bench, _contestant(right), tmp_path / "run")

    groups = summarise(read_run(tmp_path / "run").records, seed=0).groups

    assert {name: group.n for name, group in groups["level"].items()} == {"1": 2, "3": 2, "4": 3, "none": 2}
    assert sum(group.n for group in groups["language"].values()) == 9
    assert groups["outcome"]["abstained"].value("truthfulness") == 1.0
    assert all(estimate.n for group in groups["tag"].values() for estimate in group.metrics.values())


def test_a_question_with_no_key_measures_retrieval_alone(
    bench: Bench, right: Answerer, tmp_path: Path
) -> None:
    questions = tuple(replace(each, expected=None) for each in bench.dataset.questions)

    summary = run(
        replace(bench, dataset=replace(bench.dataset, questions=questions)),
        _contestant(right),
        tmp_path / "run",
    )

    assert summary.value("page_R@1") == 1.0
    assert summary.value("truthfulness") is None
    assert summary.counts["wrong"] == 0
