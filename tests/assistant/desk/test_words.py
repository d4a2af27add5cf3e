from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk import words
from assistant.desk.words import desk_words

LANGUAGES = sorted(path.stem for path in Path(words.__path__[0]).glob("*.yaml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_list(language: str) -> None:
    found = desk_words(language)

    assert found.endings
    assert found.frequency
    assert all(pattern.pattern != "(?!)" for pattern in found.find.values())


def test_a_language_without_a_file_is_read_as_english() -> None:
    assert desk_words("xx") is desk_words("en")
