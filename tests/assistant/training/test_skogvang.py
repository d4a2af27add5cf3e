"""The bundled municipality gives a trainer enough, and all of it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.training import Item, Trainer, Wish, open_trainer
from assistant.training.checks import check, errors, repeats
from assistant.training.generate import plans_in_force
from tests.assistant.training.conftest import DAY


@pytest.fixture
def trainer(skogvang: Path, tmp_path: Path) -> Trainer:
    return open_trainer(skogvang, bank=tmp_path / "bank.sqlite")


@pytest.fixture
def items(trainer: Trainer) -> list[Item]:
    return list(trainer.generate(Wish(count=200), DAY).items)


def test_two_hundred_items_cover_every_plan_and_level_and_no_two_are_alike(
    trainer: Trainer, items: list[Item]
) -> None:
    covered = trainer.coverage(items, DAY)
    assert len(items) == 200
    assert all(covered["plan"][plan] >= 4 for plan in plans_in_force(trainer.material(as_of=DAY)))
    assert min(covered["level"].values()) >= 20
    assert not [(a, b) for i, a in enumerate(items) for b in items[i + 1 :] if repeats(a, b)]
    assert not [item for item in items if errors(check(item, trainer.library().page_text))]


def test_what_the_plan_leaves_out_is_an_answer(trainer: Trainer) -> None:
    items = trainer.generate(Wish(count=600), DAY, store=False).items
    waste = next(i for i in items if i.template == "target_owner" and "Matsvinnet" in i.question)
    furniture = next(i for i in items if i.template == "target_owner" and "møbelbehovet" in i.question)
    assert waste.answer == "Planen sier det ikke"
    assert furniture.answer == "Eiendom"


def test_law_over_handbook_and_strategy_over_law_where_it_asks_for_more(trainer: Trainer) -> None:
    items = trainer.generate(Wish(count=600), DAY, store=False).items
    level = {
        tuple(sorted(b.plan_id for b in item.statements)): item.level
        for item in items
        if item.template == "governs"
    }
    assert level["LOV", "S4"] == 1
    assert level["LOV", "S2"] == 4


def test_nothing_of_a_fresh_set_is_stale(trainer: Trainer, items: list[Item]) -> None:
    assert trainer.stale(DAY) == []
