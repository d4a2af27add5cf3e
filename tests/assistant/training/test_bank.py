"""What the bank keeps, and what a review does with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.training import Bank, Item, State, Trainer, Wish, bank_file
from assistant.training.errors import BadEdit, BankDamaged, UnknownItem
from assistant.training.items import item_from
from assistant.training.review import approve, edit, queue, reject, share
from ingest.build import ingest
from ingest.embed import Encoder
from ingest.places import cache_folder
from tests.assistant.training.conftest import DAY


@pytest.fixture
def drafts(trainer: Trainer) -> list[Item]:
    return list(trainer.generate(Wish(count=20), DAY).items)


def choice(items: list[Item]) -> Item:
    return next(item for item in items if item.template == "figure")


def test_an_item_comes_back_from_the_bank_as_it_went_in(trainer: Trainer, drafts: list[Item]) -> None:
    assert {item.item_id: item for item in trainer.items()} == {item.item_id: item for item in drafts}
    assert item_from(drafts[0].to_json()) == drafts[0]


def test_no_ingest_touches_the_bank(
    own: Path, trainer: Trainer, drafts: list[Item], encoder: Encoder
) -> None:
    assert bank_file(own / "index").parent == own
    ingest(own / "plans", own / "index", cache=cache_folder(os.environ), encoder=encoder)
    assert len(trainer.items(State.DRAFT)) == len(drafts)


def test_an_approval_names_role_and_day_and_is_remembered(trainer: Trainer, drafts: list[Item]) -> None:
    (approved,) = approve(trainer.bank, [drafts[0].item_id], role="innkjøpsrådgiver", on=DAY)
    assert (approved.state, approved.verified_by, approved.verified_on) == (
        State.APPROVED,
        "innkjøpsrådgiver",
        DAY,
    )
    assert [event.what for event in trainer.bank.history(approved.item_id)] == ["made", "approved"]
    assert approved.item_id not in {item.item_id for item in queue(trainer.bank)}


def test_an_approval_without_a_role_or_of_an_unknown_item_approves_none(
    trainer: Trainer, drafts: list[Item]
) -> None:
    with pytest.raises(BadEdit, match="--role"):
        approve(trainer.bank, [drafts[0].item_id], role=" ")
    with pytest.raises(UnknownItem):
        approve(trainer.bank, [drafts[0].item_id, "q000000000"], role="rådgiver")
    assert trainer.items(State.APPROVED) == []


def test_a_rejected_wording_does_not_come_back(trainer: Trainer, drafts: list[Item]) -> None:
    reject(trainer.bank, drafts[0].item_id, reason="for lett")
    again = trainer.generate(Wish(count=500), DAY)
    assert drafts[0].question not in {item.question for item in again.items}
    assert trainer.bank.history(drafts[0].item_id)[-1].reason == "for lett"


def test_a_rejected_option_does_not_come_back(trainer: Trainer) -> None:
    items = list(trainer.generate(Wish(count=500), DAY, store=False).items)
    item = choice(items)
    trainer.bank.add([item])
    place, wrong = next((i, o) for i, o in enumerate(item.options, 1) if not o.right)
    kept = reject(trainer.bank, item.item_id, reason="usannsynlig", option=place)
    assert wrong.text not in {option.text for option in kept.options}
    again = trainer.generate(Wish(count=500, seed=9), DAY, store=False).items
    same = [i for i in again if i.template == "figure" and i.key_statements == item.key_statements]
    assert all(wrong.text not in {option.text for option in i.options} for i in same)


def test_the_key_cannot_be_rejected_as_an_option_and_a_rejection_has_a_reason(
    trainer: Trainer, drafts: list[Item]
) -> None:
    item = choice(drafts)
    right = next(i for i, option in enumerate(item.options, 1) if option.right)
    with pytest.raises(BadEdit, match="key"):
        reject(trainer.bank, item.item_id, reason="feil", option=right)
    with pytest.raises(BadEdit, match="--reason"):
        reject(trainer.bank, item.item_id, reason="")


def test_an_edited_item_must_be_approved_anew(trainer: Trainer, drafts: list[Item]) -> None:
    item = choice(drafts)
    approve(trainer.bank, [item.item_id], role="rådgiver")
    edited = edit(trainer.bank, item.item_id, "question", "Hvor mye er det?", role="rådgiver")
    assert (edited.state, edited.verified_by) == (State.DRAFT, "")
    assert trainer.bank.history(item.item_id)[-1].detail["from"] == item.question


def test_an_edited_right_option_is_the_answer(trainer: Trainer, drafts: list[Item]) -> None:
    item = choice(drafts)
    place = next(i for i, option in enumerate(item.options, 1) if option.right)
    assert edit(trainer.bank, item.item_id, f"option.{place}", "ni tilbud").answer == "ni tilbud"
    other = place % len(item.options) + 1
    turned = edit(trainer.bank, item.item_id, "right", str(other))
    assert turned.answer == turned.options[other - 1].text
    assert len(turned.right) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("item_id", "q1"), ("question", ""), ("difficulty", "umulig"), ("option.9", "x"), ("right", "nine")],
)
def test_what_cannot_be_edited_is_told(trainer: Trainer, drafts: list[Item], field: str, value: str) -> None:
    with pytest.raises(BadEdit):
        edit(trainer.bank, choice(drafts).item_id, field, value)


def test_an_item_shows_in_another_municipality_only_when_shared(trainer: Trainer, drafts: list[Item]) -> None:
    assert trainer.bank.items("nabovik") == []
    share(trainer.bank, drafts[0].item_id)
    assert [item.item_id for item in trainer.bank.items("nabovik")] == [drafts[0].item_id]


def test_a_set_remembers_where_it_was_handed_out(trainer: Trainer, drafts: list[Item]) -> None:
    made = trainer.bank.hand_out(
        drafts[:3], municipality="fjellvik", how="link", place="/kurs/abc", name="Høstkurs"
    )
    assert trainer.bank.handout(made.handout_id).item_ids == tuple(item.item_id for item in drafts[:3])
    assert [h.name for h in trainer.bank.handouts(item_id=drafts[0].item_id)] == ["Høstkurs"]
    assert trainer.bank.handouts(item_id=drafts[5].item_id) == []


def test_a_file_that_is_no_bank_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bank.sqlite").write_text("not a bank", encoding="utf-8")
    with pytest.raises(BankDamaged, match="--bank"):
        Bank.open(tmp_path / "bank.sqlite")
