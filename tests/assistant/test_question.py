"""What a question asks for, wherever in it the asking stands."""

from __future__ import annotations

import pytest

from assistant.answers import Asks
from assistant.question import what_is_asked


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Printeren røyk, en ny koster 38 tusen, kan jeg bare handle der vi pleier?", "nb"),
        ("Må vi ha svanemerke på vaskinga?", "nb"),
        ("The printer broke, a new one is 4,000, may we just order it?", "en"),
        ("Stolarna är slut, får vi köpa nya?", "sv"),
    ],
)
def test_a_yes_or_no_is_asked_also_after_a_story(text: str, language: str) -> None:
    assert what_is_asked(text, language) is Asks.YES_NO
