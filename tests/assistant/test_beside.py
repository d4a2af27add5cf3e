"""What stands beside the governing sentence helps it, and never stands for it."""

from __future__ import annotations

import pytest

from assistant.wire import Assistant

AS_OF = "2026-11-20"


def _answer(assistant: Assistant, question: str) -> dict[str, object]:
    return dict(assistant.answer({"question": question, "as_of": AS_OF}))


def test_the_line_that_leads_into_a_list_is_said_once(assistant: Assistant) -> None:
    said = str(_answer(assistant, "Må ombrukslageret sjekkes før vi kjøper stoler?")["answer"])

    assert said.count("Slik gjør du det:") <= 1


def test_a_definition_gives_way_to_the_rule_that_uses_its_word(assistant: Assistant) -> None:
    assert _answer(assistant, "Trenger såpe å være svanemerket?")["force"] == "recommendation"


@pytest.mark.parametrize("question", ["Må leverandøren ha lærlinger?", "Må vi ha tillit til frisøren?"])
def test_one_word_in_common_is_no_yes(assistant: Assistant, question: str) -> None:
    assert not str(_answer(assistant, question)["answer"]).startswith(("Ja.", "Nei."))


def test_an_age_is_no_answer_to_how_much(assistant: Assistant) -> None:
    said = str(_answer(assistant, "Hvor mye kan vi bruke på gaver til de ansatte?")["answer"])

    assert not said.startswith("Over 80 år")


def test_no_role_is_named_by_an_amount_that_nobody_told(assistant: Assistant) -> None:
    said = str(_answer(assistant, "Hvem godkjenner avvik fra reglene om ombruk?")["answer"])

    assert not said.startswith("Enhetsleder [1]")
