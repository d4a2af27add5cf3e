"""Sentences that look like a tension and are none."""

from __future__ import annotations

import pytest

from assistant.desk.asked import asked
from assistant.desk.words import desk_words
from ingest.plans import Force


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bildeler som utgjør 8 prosent av vekten, skal telles med.", "nb"),
        ("Dele, der udgør 8 procent af vægten, skal tælles med.", "da"),
        ("Parts that make up 8 per cent of the weight shall be counted.", "en"),
    ],
)
def test_a_share_that_tells_which_things_are_meant_is_not_asked_for(text: str, language: str) -> None:
    assert not [a for a in asked(text, language, Force.OBLIGATION) if a.unit == "percent"]


def test_shares_that_divide_a_whole_bound_no_one_thing() -> None:
    divided = "A quarter of the meals should be fish and two thirds should be vegetables."

    assert not [a for a in asked(divided, "en", Force.TARGET) if a.unit == "percent"]
    assert asked("A quarter of the meals should be fish.", "en", Force.TARGET)


@pytest.mark.parametrize(
    ("key", "text", "language"),
    [
        ("again", "Opphevet ved lov 4 mai 2001 nr. 9, tilføyd igjen ved lov 6 juni 2010 nr. 3.", "nb"),
        ("undecided", "Repealed by Act 9 of 2 May 2025, on a day to be appointed.", "en"),
        ("ends", "Panelovner kan fases ut før tiden.", "nb"),
        ("ends", "Plastic cutlery can be replaced by steel.", "en"),
    ],
)
def test_words_that_keep_a_rule_or_end_a_thing_are_known(key: str, text: str, language: str) -> None:
    assert desk_words(language).find[key].search(text)
