"""Follow-ups without a language model: the question each stands for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers import Facts, Question, Turn
from assistant.question import facts
from assistant.wire import Assistant

AS_OF = "2026-11-20"


def _read(text: str, *said: str, language: str | None = None) -> Facts:
    """`said`: turns before, the person's first."""
    roles = ("user", "assistant")
    history = tuple(Turn(roles[at % 2], content) for at, content in enumerate(said))
    question = Question(text=text, history=history, language=language)
    return facts(question, languages=("nb", "nn", "en"), today=date(2026, 11, 20))


@pytest.mark.parametrize(("before", "text", "query"), [
    ("Hvem godkjenner et kjøp på 60 000 kroner?", "og hvis det blir 140 000?",
     "Hvem godkjenner et kjøp på 140 000?"),
    ("Vi bygger om et kontor på 80 m². Må vi kartlegge ombruk?", "Målte på nytt, det er 130.",
     "Vi bygger om et kontor på 130 m². Må vi kartlegge ombruk?"),
    ("Hvem godkjenner et kjøp på 60 000 kroner?", "og når den koster 200 000?",
     "Hvem godkjenner et kjøp på 200 000?"),
    ("Who approves a purchase of £60,000?", "What about £140,000?", "Who approves a purchase of £140,000?"),
])  # fmt: skip
def test_another_amount_takes_the_place_of_the_one_before(before: str, text: str, query: str) -> None:
    assert _read(text, before).query == query


@pytest.mark.parametrize(("before", "text", "query"), [
    ("Hvor lenge skal en mobiltelefon brukes?", "og for møbler?", "Hvor lenge skal en møbler brukes?"),
    ("Must we look for used desks first?", "What about chairs?", "Must we look for used chairs first?"),
    ("Måste vi köpa begagnade skrivbord?", "och för stolar?", "Måste vi köpa begagnade stolar?"),
])  # fmt: skip
def test_another_thing_takes_the_place_of_the_one_before(before: str, text: str, query: str) -> None:
    assert _read(text, before).query == query


def test_what_asks_something_else_is_read_after_the_question_before() -> None:
    found = _read("Hvem sender det inn?", "Må nye varebiler være elektriske?", "Ja, med unntak.")

    assert found.query == "Må nye varebiler være elektriske? Hvem sender det inn?"


def test_the_search_also_knows_what_was_answered() -> None:
    answer = "Du må følge dette: «Unntaket skal registreres hos DFØ.» [1]"

    found = _read("Hvem sender det inn?", "Må nye varebiler være elektriske?", answer)

    assert "registreres hos DFØ" in found.searched
    assert "registreres hos DFØ" not in found.query


def test_a_follow_up_to_a_follow_up_is_read_through_both() -> None:
    found = _read("og for pc?", "Hvor lenge skal en mobil brukes?", "Fem år.", "og i skolen?", "Fem år.")

    assert "Hvor lenge skal en" in found.query


@pytest.mark.parametrize("text", [
    "Skal kjøpe 10 stoler til 80 000",
    "Hvor mye skal klima og miljø vektes i en anleggskontrakt når vi kunngjør?",
    "Må ombrukslageret sjekkes før vi kjøper møbler?",
])  # fmt: skip
def test_what_stands_alone_is_left_alone(text: str) -> None:
    assert _read(text, "Hvem godkjenner et kjøp på 60 000 kroner?", "Enhetsleder.").query == text


def test_nothing_is_a_follow_up_where_nothing_was_said() -> None:
    assert _read("og for møbler?").query == "og for møbler?"


def _ask(assistant: Assistant, question: str, before: str) -> dict[str, Any]:
    history = [{"role": "user", "content": before}, {"role": "assistant", "content": "…"}]
    return assistant.answer({"question": question, "as_of": AS_OF, "history": history})


def test_the_answer_says_how_a_follow_up_was_read(assistant: Assistant) -> None:
    answer = _ask(assistant, "og hvis det blir 450 000?", "Hvem godkjenner et kjøp på 60 000 kroner?")

    assert "Hvem godkjenner et kjøp på 450 000?" in answer["notices"][0]
    assert "Kommunalsjef" in answer["answer"]


def test_a_purchase_can_be_asked_again_with_another_amount(assistant: Assistant) -> None:
    answer = _ask(assistant, "og når de koster 200 000?", "Skal kjøpe 10 stoler til 80 000")

    assert answer["steps"]
    assert "Kommunalsjef" in " ".join(s["text"] for s in answer["steps"])


def test_one_step_of_a_purchase_can_be_asked_for(assistant: Assistant) -> None:
    answer = _ask(assistant, "hvem godkjenner?", "Skal kjøpe 10 stoler til 80 000")

    assert answer["steps"] == []
    assert "Enhetsleder" in answer["answer"]
