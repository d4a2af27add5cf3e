"""The figure, role or yes that a question asks for comes first, and only where it is certain."""

from __future__ import annotations

import pytest

from assistant.wire import Assistant

AS_OF = "2026-11-20"


def _answer(assistant: Assistant, question: str) -> str:
    return str(assistant.answer({"question": question, "as_of": AS_OF})["answer"])


@pytest.mark.parametrize(("question", "first"), [
    ("Hvor mye skal miljø vektes i en anleggskontrakt?", "Minst 40 % [1]. "),
    ("How long must mobile phones be used?", "“minst 5 år” [1]. "),
    ("Hvem godkjenner et kjøp på 450 000 kroner?", "Kommunalsjef [1]. "),
    ("Kven godkjenner eit kjøp på 60 000 kroner?", "Enhetsleder [1]. "),
])  # fmt: skip
def test_a_figure_or_a_role_asked_for_comes_first(assistant: Assistant, question: str, first: str) -> None:
    assert _answer(assistant, question).startswith(first)


@pytest.mark.parametrize(("question", "first"), [
    ("Må ombrukslageret sjekkes før møbelkjøp?", "Ja. "),
    ("Må renhold være miljømerket?", "Nei. "),
    ("Kan vi kreve lokal leverandør?", "Nei. "),
])  # fmt: skip
def test_yes_or_no_comes_first_where_the_force_is_certain(
    assistant: Assistant, question: str, first: str
) -> None:
    assert _answer(assistant, question).startswith(first)


@pytest.mark.parametrize("question", [
    "Må vi ikke sjekke ombrukslageret?",  # a negation turns a yes around
    "Kan vi slippe å sjekke ombrukslageret?",
    "Må vi kartlegge ombruk ved oppussing?",  # over 100 m2, and nobody has told how large
    "Skal vi kjøpe en dieselvarebil?",
])  # fmt: skip
def test_no_yes_or_no_is_said_where_it_would_rest_on_a_guess(assistant: Assistant, question: str) -> None:
    assert not _answer(assistant, question).startswith(("Ja.", "Nei."))


def test_no_figure_is_said_where_nothing_is_asked_for(assistant: Assistant) -> None:
    answer = _answer(assistant, "Må leverandøren ta tilbake emballasjen på en leveranse til 40 000 kroner?")

    assert not answer.startswith("Over")
