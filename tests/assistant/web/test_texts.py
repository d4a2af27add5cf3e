from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.maxims import Maxim
from assistant.web.texts import LANGUAGES, negotiate, texts_in


def keys(words: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in words.items():
        yield from keys(value, f"{above}{key}.") if isinstance(value, dict) else (f"{above}{key}",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    first, other = texts_in("nb").words, texts_in(language).words

    assert list(keys(dict(other))) == list(keys(dict(first)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_maxim_can_be_said(language: str) -> None:
    assert [maxim for maxim in Maxim if texts_in(language).known("maxims", maxim.value) is None] == []


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        ("nn", "en", "nb", "nn"),
        (None, "en", "nb", "en"),
        (None, None, "de-DE,nn-NO;q=0.8,en;q=0.5", "nn"),
        (None, None, "no", "nb"),
        ("xx", None, "", "nb"),
    ],
)
def test_the_language_asked_for_wins_over_the_browsers(
    asked: str, kept: str, accepted: str, chosen: str
) -> None:
    assert negotiate(asked, kept, accepted) == chosen


@pytest.mark.parametrize(("language", "words"), [("nb", "20. november 2026"), ("en", "20 November 2026")])
def test_dates_are_written_in_words(language: str, words: str) -> None:
    assert texts_in(language).day("2026-11-20") == words
