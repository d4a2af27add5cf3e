from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench import pages_of, standings_of
from eval.dataset import Dataset, Evidence, Expected, GoldPlan, Question, load_dataset
from eval.dataset_check import check
from eval.errors import DatasetError
from eval.pages import PagesOf
from eval.run import Bench
from eval.standing import Standing, Standings

BENCHMARKS = Path(__file__).parents[2] / "eval" / "benchmarks"


def _kinds(dataset: Dataset, bench: Bench) -> set[str]:
    return {defect.kind for defect in check(dataset, bench.pages, bench.standings)}


def _changed(bench: Bench, at: str, /, **changes: object) -> Dataset:
    questions = [
        replace(each, **changes) if each.query_id == at else each  # type: ignore[arg-type]  # by name
        for each in bench.dataset.questions
    ]
    return replace(bench.dataset, questions=tuple(questions))


def test_a_sound_dataset_has_no_defect(bench: Bench) -> None:
    assert check(bench.dataset, bench.pages, bench.standings) == ()


def test_check_finds_a_quote_that_is_on_another_page(bench: Bench) -> None:
    moved = tuple(replace(row, page=2) if row.query_id == "Q1" else row for row in bench.dataset.evidence)

    assert _kinds(replace(bench.dataset, evidence=moved), bench) == {"quote_on_other_page"}


def test_check_finds_a_quote_that_is_nowhere(bench: Bench) -> None:
    invented = Evidence(
        query_id="Q1", plan_id="LOV", file="lov.md", page=1, quote="Loven gjelder fra 500 000 dollar."
    )

    assert _kinds(replace(bench.dataset, evidence=(*bench.dataset.evidence, invented)), bench) == {
        "quote_not_found"
    }


def test_check_finds_a_file_that_is_not_there(bench: Bench) -> None:
    lost = tuple(
        replace(row, file="borte.pdf") if row.query_id == "Q1" else row for row in bench.dataset.evidence
    )

    assert "unread_file" in _kinds(replace(bench.dataset, evidence=lost), bench)


def test_a_file_that_cannot_be_read_here_is_only_a_warning(bench: Bench) -> None:
    pages = {"": {**bench.pages[""], "lov.md": PagesOf((), "is scanned, no text")}}

    found = check(bench.dataset, pages, bench.standings)

    assert {(each.kind, each.severity) for each in found} == {("unread_file", "warning")}


def test_check_finds_a_fact_that_no_gold_quote_holds(bench: Bench) -> None:
    expected = bench.dataset.question("Q1").expected
    assert expected is not None

    assert _kinds(_changed(bench, "Q1", expected=replace(expected, key_facts=(("750 000",),))), bench) == {
        "unsupported_fact"
    }


def test_check_finds_duplicate_questions_and_ids(bench: Bench) -> None:
    assert "duplicate" in _kinds(_changed(bench, "Q2", question="Fra hvilket beløp  gjelder LOVEN?"), bench)
    assert "duplicate_id" in _kinds(_changed(bench, "Q2", query_id="Q1"), bench)


def test_the_same_question_on_another_date_is_no_duplicate(bench: Bench) -> None:
    asked = [question.question for question in bench.dataset.questions]

    assert len(asked) != len(set(asked))
    assert not _kinds(bench.dataset, bench)


def test_check_finds_a_governing_plan_not_in_force(bench: Bench) -> None:
    expected = bench.dataset.question("Q3").expected
    assert expected is not None
    draft = replace(expected, governing=GoldPlan("KLIMA-27", level=3))

    assert "not_in_force" in _kinds(_changed(bench, "Q3", expected=draft), bench)


def test_check_finds_a_wrong_level_and_an_unknown_plan(bench: Bench) -> None:
    expected = bench.dataset.question("Q1").expected
    assert expected is not None

    assert "wrong_level" in _kinds(
        _changed(bench, "Q1", expected=replace(expected, governing=GoldPlan("LOV", level=2))), bench
    )
    assert "unknown_plan" in _kinds(
        _changed(bench, "Q1", expected=replace(expected, governing=GoldPlan("NOPE", level=2))), bench
    )


def test_check_finds_an_abstention_that_a_quote_answers(bench: Bench) -> None:
    abstained = Expected(outcome="abstained")

    assert "abstained_with_evidence" in _kinds(_changed(bench, "Q1", expected=abstained), bench)


def test_the_hash_changes_with_the_key(folder: Path) -> None:
    before = load_dataset(folder).sha256
    queries = folder / "queries.jsonl"
    queries.write_text(queries.read_text(encoding="utf-8").replace("70 %", "71 %"), encoding="utf-8")

    assert load_dataset(folder).sha256 != before


def test_splits_part_the_questions(folder: Path) -> None:
    dataset = load_dataset(folder)

    tune, held_out = dataset.of_split("tune"), dataset.of_split("held_out")

    assert len(tune) + len(held_out) == len(dataset.of_split("all")) == 9
    assert {q.query_id for q in tune} == {"Q2", "Q4", "Q6"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"question": "x"}, "'id' is missing"),
        ({"id": "1", "question": "x", "as_of": "i dag"}, "write a date as"),
        ({"id": "1", "question": "x", "expected": {"outcome": "maybe"}}, "write one of answered"),
        ({"id": "1", "question": "x", "split": "train"}, "write one of tune, held_out"),
        ({"id": "1", "question": "x", "expected": {"key_facts": "70 %"}}, "write a list"),
        ({"id": "1", "question": "x", "expected": {"governing": {"level": 1}}}, "'plan_id' is missing"),
    ],
)
def test_what_cannot_be_read_is_told_with_file_line_key_and_remedy(
    folder: Path, row: dict[str, object], told: str
) -> None:
    (folder / "queries.jsonl").write_text("\n" + json.dumps(row) + "\n", encoding="utf-8")

    with pytest.raises(DatasetError, match=told) as raised:
        load_dataset(folder)
    assert "queries.jsonl:2" in str(raised.value)


def test_an_assistant_is_given_nothing_of_the_key() -> None:
    question = Question(
        query_id="1", question="x", language="nb", as_of=None, expected=Expected(outcome="abstained")
    )

    assert set(question.asked()) == {"id", "question", "as_of", "history"}


@pytest.mark.parametrize(
    ("plan_id", "as_of", "standing"),
    [
        ("LOV", "2026-11-20", Standing.IN_FORCE),
        ("LOV", "2023-01-01", Standing.NOT_YET),
        ("KLIMA-27", "2026-11-20", Standing.DRAFT),
        ("STRAT-20", "2026-11-20", Standing.SUPERSEDED),
        ("STRAT-20", "2024-05-01", Standing.IN_FORCE),
        ("STRAT", "2024-05-01", Standing.NOT_YET),
        ("NOPE", "2026-11-20", Standing.UNKNOWN),
    ],
)
def test_standing_follows_from_dates_and_succession(
    standings: Standings, plan_id: str, as_of: str, standing: Standing
) -> None:
    assert standings.of(plan_id, None, as_of) is standing


@pytest.mark.parametrize("name", ["skogvang", "harrowmere", "lindhaga", "worked_cases"])
def test_the_projects_own_datasets_are_sound(name: str) -> None:
    if not (BENCHMARKS / name / "dataset.yaml").exists():
        pytest.skip(f"the dataset {name} is not here")
    dataset = load_dataset(BENCHMARKS / name)

    defects = check(dataset, pages_of(dataset), standings_of(dataset))

    assert [each.message for each in defects if each.severity == "error"] == []
