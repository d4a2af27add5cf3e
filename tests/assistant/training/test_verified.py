"""Approved answers are offered where a question means the same, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.training import Item, Trainer, Wish, open_trainer
from assistant.training.review import approve, edit
from assistant.wire import Assistant
from tests.assistant.training.conftest import DAY


@pytest.fixture
def trainer(fjellvik: Path, fjellvik_assistant: Assistant, tmp_path: Path) -> Trainer:
    return open_trainer(fjellvik / "index", bank=tmp_path / "bank.sqlite", assistant=fjellvik_assistant)


@pytest.fixture
def signs(trainer: Trainer) -> Item:
    """Who signs a purchase within the head of unit's power, as a draft."""
    made = trainer.generate(Wish(count=400, plan="REGL"), DAY).items
    return next(i for i in made if i.template == "who_signs" and i.answer == "Enhetsleder")


def amount(item: Item) -> str:
    return item.question.split(" kroner")[0].removeprefix("Et kjøp er på ")


def test_an_approved_answer_meets_a_question_that_means_the_same(trainer: Trainer, signs: Item) -> None:
    approve(trainer.bank, [signs.item_id], role="innkjøpsrådgiver", on=DAY)
    found = trainer.verified_answer(f"Hvem må godkjenne et innkjøp på {amount(signs)} kroner?", "nb")
    assert found is not None
    assert found.item.item_id == signs.item_id
    assert (found.role, found.on) == ("innkjøpsrådgiver", DAY)
    assert found.to_json()["quotes"][0]["file"] == "reglement.md"


def test_another_amount_is_another_question(trainer: Trainer, signs: Item) -> None:
    approve(trainer.bank, [signs.item_id], role="innkjøpsrådgiver")
    assert trainer.verified_answer("Hvem må godkjenne et innkjøp på 640 000 kroner?", "nb") is None


def test_a_draft_and_an_edited_item_are_not_offered(trainer: Trainer, signs: Item) -> None:
    question = signs.asked[0]
    assert trainer.verified_answer(question, "nb") is None
    approve(trainer.bank, [signs.item_id], role="innkjøpsrådgiver")
    assert trainer.verified_answer(question, "nb") is not None
    edit(trainer.bank, signs.item_id, "explanation", "En annen forklaring.")
    assert trainer.verified_answer(question, "nb") is None


def test_another_subject_and_another_language_find_nothing(trainer: Trainer, signs: Item) -> None:
    approve(trainer.bank, [signs.item_id], role="innkjøpsrådgiver")
    assert trainer.verified_answer("Hva er målet for ombruk av møbler?", "nb") is None
    assert trainer.verified_answer(signs.asked[0], "en") is None


def test_the_trainers_own_wording_is_matched_too(trainer: Trainer, signs: Item) -> None:
    edit(trainer.bank, signs.item_id, "asked", f"Må sjefen si ja når det koster {amount(signs)} kroner?")
    approve(trainer.bank, [signs.item_id], role="innkjøpsrådgiver")
    found = trainer.verified_answer(f"Må sjefen si ja om det koster {amount(signs)} kroner?", "nb")
    assert found is not None


def test_the_assistant_itself_is_asked_for_the_answer(trainer: Trainer, signs: Item) -> None:
    assert trainer.check(signs, ask=True) == []


def test_a_question_people_asked_becomes_an_item(trainer: Trainer) -> None:
    question = "Må leverandøren ta tilbake emballasjen?"
    (item,) = trainer.from_questions([question, question], "nb", DAY)
    assert item.answer == "Innkjøpsreglement"
    assert item.asked == (question,)
    assert "emballasjen" in item.quotes[0].text


def test_a_near_question_of_another_thing_or_its_opposite_finds_nothing(
    trainer: Trainer, signs: Item
) -> None:
    question = "Må leverandøren ta tilbake emballasjen?"
    (item,) = trainer.from_questions([question], "nb", DAY)
    approve(trainer.bank, [item.item_id], role="innkjøpsrådgiver")
    assert trainer.verified_answer("Skal emballasjen tas i retur av leverandøren?", "nb") is not None
    assert trainer.verified_answer("Må leverandøren ta tilbake møblene?", "nb") is None
    assert trainer.verified_answer("Må leverandøren ikke ta tilbake emballasjen?", "nb") is None
