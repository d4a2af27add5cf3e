"""What the checks find, each on an item made wrong on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.training import Item, Option, State, Trainer, Wish
from assistant.training.checks import Problem, check, lix
from assistant.training.errors import BadEdit
from tests.assistant.training.conftest import DAY


@pytest.fixture
def item(trainer: Trainer) -> Item:
    made = trainer.generate(Wish(count=400), DAY, store=False).items
    return next(i for i in made if i.template == "figure")


def problems(item: Item, trainer: Trainer, others: tuple[Item, ...] = ()) -> set[Problem]:
    return {finding.problem for finding in check(item, trainer.library().page_text, others)}


def test_a_sound_item_has_no_findings(item: Item, trainer: Trainer) -> None:
    assert problems(item, trainer) == set()


def test_two_keys_or_none_are_found(item: Item, trainer: Trainer) -> None:
    both = replace(item, options=tuple(replace(o, right=True) for o in item.options))
    none = replace(item, options=tuple(replace(o, right=False) for o in item.options))
    assert Problem.KEYS in problems(both, trainer)
    assert Problem.KEYS in problems(none, trainer)


def test_options_that_differ_in_marks_alone_are_found(item: Item, trainer: Trainer) -> None:
    twice = replace(item, options=(*item.options, Option(f" {item.options[0].text.upper()}.")))
    assert Problem.OPTIONS_ALIKE in problems(twice, trainer)


def test_a_quote_that_is_not_on_its_page_is_found(item: Item, trainer: Trainer) -> None:
    moved = replace(item, quotes=(replace(item.quotes[0], text="Dette står ikke noe sted."),))
    assert Problem.QUOTE_NOT_FOUND in problems(moved, trainer)
    assert Problem.NO_QUOTE in problems(replace(item, quotes=()), trainer)


def test_a_key_told_by_its_length_is_found(item: Item, trainer: Trainer) -> None:
    long = "et svar som er mye lengre enn de andre, fordi det sier alt som er riktig"
    options = (Option(long, True), Option("kort"), Option("like kort"), Option("kort nok"))
    assert Problem.LENGTH in problems(replace(item, options=options, answer=long), trainer)


def test_a_repeated_item_is_found(item: Item, trainer: Trainer) -> None:
    other = replace(item, item_id="q111111111")
    assert Problem.DUPLICATE in problems(item, trainer, (other,))


def test_hard_words_in_the_question_itself_are_told(item: Item, trainer: Trainer) -> None:
    heavy = "Anskaffelsesreglementets forholdsmessighetsvurderinger forutsetter dokumentasjonsforpliktelser"
    assert Problem.READING_LEVEL in problems(replace(item, question=heavy), trainer)
    assert lix("Hvem kan si ja?") < 30


def test_what_is_unsound_cannot_be_approved_and_takes_the_others_with_it(
    item: Item, trainer: Trainer
) -> None:
    sourceless = replace(
        item, item_id="q222222222", question="Et spørsmål uten kilde?", quotes=(), statements=()
    )
    trainer.bank.add([item, sourceless])
    with pytest.raises(BadEdit, match="no_quote"):
        trainer.approve([item.item_id, sourceless.item_id], role="rådgiver")
    assert trainer.items(State.APPROVED) == []
    assert trainer.approve([item.item_id], role="rådgiver")[0].state is State.APPROVED
