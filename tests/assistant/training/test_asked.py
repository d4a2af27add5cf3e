"""Questions that people asked, and those of a dataset, as items; approved items as a dataset and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.training import Item, State, Trainer, open_trainer
from assistant.training.asked import FEEDBACK, gather, read
from assistant.training.checks import check, errors
from assistant.training.errors import BadSet
from assistant.training.exports import export
from assistant.training.imports import bring_in
from assistant.training.review import approve
from assistant.wire import Assistant
from eval.dataset import load_dataset
from tests.assistant.training.conftest import DAY

PACKAGING = "Må leverandøren ta tilbake emballasjen?"
QUOTE = "Mobiltelefoner skal brukes i minst 5 år før de byttes ut."


@pytest.fixture
def trainer(fjellvik: Path, fjellvik_assistant: Assistant, tmp_path: Path) -> Trainer:
    return open_trainer(fjellvik / "index", bank=tmp_path / "bank.sqlite", assistant=fjellvik_assistant)


def lines(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def dataset(folder: Path, query: Mapping[str, object] | None = None, *, quote: str = QUOTE) -> Path:
    row = {
        "id": "q1",
        "question": "Hvor lenge skal en mobiltelefon brukes?",
        "language": "nb",
        "expected": {"outcome": "answered", "force": "obligation", "key_facts": [["5 år", "fem år"]]},
        **(query or {}),
    }
    lines(folder / "queries.jsonl", row)
    evidence = {"query_id": "q1", "plan_id": "REGL", "file": "reglement.md", "page": None, "quote": quote}
    lines(folder / "qrels" / "quotes.jsonl", evidence)
    return folder


# --- what people asked --------------------------------------------------------------------


def test_a_question_asked_often_or_starred_comes_first_however_it_was_typed() -> None:
    found = gather(
        [
            {"question": "Hva med møbler?"},
            {"question": "Hvem signerer?"},
            {"question": "hvem  signerer", "verdict": "up"},
            {"question": "Og kaffe?", "outcome": "abstained", "times": 2},
            {"verdict": "up"},
        ]
    )
    assert [asked.question for asked in found] == ["Hvem signerer?", "Og kaffe?", "Hva med møbler?"]
    assert (found[0].times, found[0].starred, found[0].unanswered) == (2, 1, False)
    assert found[1].unanswered


def test_a_file_that_is_not_json_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "asked.jsonl").write_text('{"question": "a"}\nnei\n', encoding="utf-8")
    with pytest.raises(BadSet, match=r"asked\.jsonl:2"):
        read(tmp_path / "asked.jsonl")


def test_what_the_plans_do_not_answer_is_told_and_gives_no_item(trainer: Trainer) -> None:
    asked = gather([{"question": PACKAGING}, {"question": "Hvem spiller i kamp på lørdag?", "times": 4}])
    made = trainer.from_asked(asked, "nb", DAY)
    assert [item.asked for item in made.items] == [(PACKAGING,)]
    assert [(each.question, each.times) for each in made.unanswered] == [
        ("Hvem spiller i kamp på lørdag?", 4)
    ]


def test_the_windows_feedback_is_a_source_of_questions(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines(
        own / "index" / FEEDBACK,
        {"day": "2026-11-02", "verdict": "up", "outcome": "answered", "question": PACKAGING},
        {"day": "2026-11-03", "verdict": "down", "outcome": "answered"},
    )
    assert main(["qa", "generate", "--asked", "--index", str(own / "index"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [item["asked"] for item in found["items"]] == [[PACKAGING]]
    assert (found["asked"], found["unanswered"]) == (1, [])


# --- a dataset ----------------------------------------------------------------------------


def test_a_question_of_a_dataset_becomes_a_draft_with_its_plan_and_its_figure(
    trainer: Trainer, tmp_path: Path
) -> None:
    found = bring_in(trainer, dataset(tmp_path / "set"))
    plan, figure = found.new
    assert (plan.template, plan.answer, plan.force) == ("question", "Innkjøpsreglement", "obligation")
    assert (figure.template, figure.answer) == ("asked_figure", "5 år")
    assert figure.question == "Hvor lenge skal en mobiltelefon brukes?"
    for item in found.new:
        assert item.state is State.DRAFT
        assert not errors(check(item, trainer.library().page_text, found.new))
        assert not trainer.standing(item, DAY).is_stale


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"expected": {"outcome": "abstained"}}, "no answer is expected"),
        ({"history": [{"role": "user", "content": "Hei"}]}, "follows up"),
        ({"id": "q2"}, "no quote of the governing plan"),
    ],
)
def test_what_gives_no_item_is_told_with_its_row(
    trainer: Trainer, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    found = bring_in(trainer, dataset(tmp_path / "set", changed))
    assert not found.new
    assert [problem.startswith("row 1: ") and told in problem for problem in found.problems] == [True]


def test_a_quote_that_no_sentence_in_force_holds_gives_no_item(trainer: Trainer, tmp_path: Path) -> None:
    found = bring_in(trainer, dataset(tmp_path / "set", quote="Dette står ingen steder."))
    assert not found.new
    assert "REGL" in found.problems[0]


def test_a_yes_or_no_question_is_not_asked_for_a_figure(trainer: Trainer, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "set", {"question": "Kan jeg bytte mobilen etter 3 år?"})
    assert [item.template for item in bring_in(trainer, folder).new] == ["question"]


def test_approved_items_go_out_as_a_dataset_and_come_back_as_the_same_questions(
    trainer: Trainer, fjellvik: Path, tmp_path: Path
) -> None:
    made = bring_in(trainer, dataset(tmp_path / "set")).new
    approve(trainer.bank, [item.item_id for item in made], role="rådgiver")
    export(trainer, trainer.items(), tmp_path / "out", "dataset")
    assert len(load_dataset(tmp_path / "out").questions) == 2
    other = open_trainer(fjellvik / "index", bank=tmp_path / "other.sqlite")
    back = bring_in(other, tmp_path / "out")
    assert not back.problems
    assert _questions(back.new) == _questions(made)


def _questions(items: tuple[Item, ...]) -> dict[str, tuple[str, str]]:
    return {item.item_id: (item.question, item.answer) for item in items}
