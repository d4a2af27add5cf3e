"""A language model may word a question, and change nothing of it."""

from __future__ import annotations

import pytest

from assistant.chat import ModelUnavailable
from assistant.errors import BadSetting
from assistant.training import Item, Trainer, Wish
from assistant.training.generate import candidates
from assistant.training.reword import fault_of, gap_of, reworded
from tests.assistant.phrasing import ScriptedChat
from tests.assistant.training.conftest import DAY

GOOD = "Hvor stor del av møbelbehovet er det et mål at dekkes av ombruk innen 2028?"


@pytest.fixture
def item(trainer: Trainer) -> Item:
    """Asks what share of the furniture is to be reused by 2028."""
    made = candidates(trainer.craft("nb", DAY))
    return next(i for i in made if i.template == "figure" and i.answer == "60 %")


@pytest.fixture
def ban(trainer: Trainer) -> Item:
    made = candidates(trainer.craft("nb", DAY))
    return next(i for i in made if i.template == "figure" and "emballasjen" in i.question)


def test_a_question_that_asks_the_same_takes_the_place_of_the_gap(item: Item) -> None:
    chat = ScriptedChat(GOOD)
    (worded,) = reworded([item], chat)
    assert worded.question == GOOD
    assert worded.asked[0] == GOOD
    assert (worded.answer, worded.options, worded.explanation, worded.quotes) == (
        item.answer,
        item.options,
        item.explanation,
        item.quotes,
    )
    assert worded.item_id != item.item_id
    assert item.answer not in chat.history[0][1].text


@pytest.mark.parametrize(
    "said",
    [
        "Hvor stor del av møbelbehovet er det et mål at dekkes av ombruk innen 2030?",
        "Hvor stor del av møbelbehovet er det et mål at dekkes av ombruk?",
        "Hvor stor del av møbelbehovet er det et mål at ikke dekkes av ombruk innen 2028?",
        "Hvor stor del av møbelbehovet må dekkes av ombruk innen 2028?",
        "Hvor stor del av møbelbehovet bør dekkes av ombruk innen 2028?",
        "Er målet at 60 % av møbelbehovet dekkes av ombruk innen 2028?",
        "Hvor stor del av møbelbehovet er det et mål at rådmannen dekker av ombruk innen 2028?",
        "Hvor stor del av møbelbehovet i Bergen er det et mål at dekkes av ombruk innen 2028?",
        "How much of the furniture is to be reused by 2028?",
        "Dekk møbelbehovet av ombruk innen 2028.",
        "Hvor stor del? Og dekkes møbelbehovet av ombruk innen 2028?",
        "Se www.eksempel.no for målet for ombruk innen 2028?",
        "",
    ],
)
def test_what_changes_a_figure_a_denial_a_duty_or_a_name_keeps_the_templates_words(
    item: Item, said: str
) -> None:
    assert reworded([item], ScriptedChat(said)) == (item,)


def test_the_reason_is_named(item: Item) -> None:
    gapped = gap_of(item)
    assert gapped is not None
    assert fault_of(GOOD, item, gapped) is None
    assert fault_of(GOOD.replace("2028", "2031"), item, gapped) == "figure 2028"


def test_a_model_that_fails_is_asked_no_more(item: Item, ban: Item) -> None:
    chat = ScriptedChat([ModelUnavailable("down")])
    assert reworded([item, ban], chat) == (item, ban)
    assert len(chat.history) == 1


def test_questions_of_other_kinds_and_of_other_languages_are_left_alone(trainer: Trainer) -> None:
    made = [i for i in candidates(trainer.craft("en", DAY)) if i.template in ("figure", "who_signs", "force")]
    assert made
    assert reworded(made, ScriptedChat()) == tuple(made)


def test_without_a_model_nothing_is_worded_and_asking_for_it_is_told(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HJEMMEL_MODEL", raising=False)
    assert trainer.generate(Wish(count=3), DAY, store=False).reworded == 0
    with pytest.raises(BadSetting, match="HJEMMEL_MODEL"):
        trainer.generate(Wish(count=3), DAY, store=False, reword=True)
