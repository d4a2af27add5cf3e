from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import as_markdown, below, compare, regressions
from eval.errors import RunError
from eval.records import Run, read_run
from eval.run import Answerer, Bench, Contestant, run
from eval.summary import summarise
from tests.eval.conftest import silence


def _run(bench: Bench, answer: Answerer, folder: Path) -> Run:
    run(bench, Contestant(name="assistant", answer=answer), folder)
    return read_run(folder)


@pytest.fixture
def runs(bench: Bench, right: Answerer, tmp_path: Path) -> tuple[Run, Run]:
    """A right one, and one that refuses the first two."""

    def shy(question: dict[str, object]) -> Mapping[str, object]:
        return silence() if question["id"] in {"Q1", "Q2"} else right(question)

    return _run(bench, right, tmp_path / "a"), _run(bench, shy, tmp_path / "b")


def test_losses_come_first_and_name_their_questions(runs: tuple[Run, Run]) -> None:
    found = compare(*runs)

    assert [change.query_id for change in found.losses] == ["Q1", "Q2"]
    assert {(change.before, change.after) for change in found.losses} == {("correct", "missing")}
    assert found.gains == ()
    text = as_markdown(found)
    assert text.index("## Lost") < text.index("## Measures")


def test_the_other_way_round_they_are_gains(runs: tuple[Run, Run]) -> None:
    found = compare(runs[1], runs[0])

    assert [change.query_id for change in found.gains] == ["Q1", "Q2"]


def test_a_run_does_not_differ_from_itself(runs: tuple[Run, Run]) -> None:
    found = compare(runs[0], runs[0])

    assert found.losses == found.gains == ()
    assert all(change.difference.mean == 0 for change in found.metrics)
    assert regressions(found) == []


def test_two_questions_of_nine_are_no_proof_of_a_regression(runs: tuple[Run, Run]) -> None:
    assert regressions(compare(*runs)) == []


def test_a_loss_on_every_question_is_a_regression(bench: Bench, right: Answerer, tmp_path: Path) -> None:
    many = [
        replace(each, query_id=f"{n}-{each.query_id}") for n in range(4) for each in bench.dataset.questions
    ]
    bigger = replace(bench, dataset=replace(bench.dataset, questions=tuple(many)))

    def met(question: dict[str, object]) -> Mapping[str, object]:
        return right(question | {"id": str(question["id"]).partition("-")[2]})

    worse = _run(bigger, lambda _question: silence(), tmp_path / "silent")
    better = _run(bigger, met, tmp_path / "right")

    failed = regressions(compare(better, worse))

    assert any(each.startswith("governing_plan_accuracy fell") for each in failed)
    assert any(each.startswith("error_rate rose") for each in failed)
    assert regressions(compare(worse, better)) == []


def test_a_floor_fails_from_its_own_side(runs: tuple[Run, Run]) -> None:
    summary = summarise(runs[1].records, seed=0)

    assert below(summary, {"governing_plan_accuracy": 0.5, "error_rate": 0.5}) == []
    assert len(below(summary, {"governing_plan_accuracy": 0.9, "error_rate": 0.1})) == 2
    with pytest.raises(RunError, match="no measure"):
        below(summary, {"goodness": 1.0})


def test_runs_that_share_no_question_are_refused(runs: tuple[Run, Run]) -> None:
    with pytest.raises(RunError, match="share no question"):
        compare(runs[0], Run(runs[0].folder, runs[0].meta, ()))
