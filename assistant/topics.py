"""What a rule speaks of, by its words: data in `questions/steps.yaml`, one list a topic and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ingest.yaml_data import read_yaml

_FILE = Path(__file__).parent / "questions" / "steps.yaml"
_NO_THING = "no_thing"
_KEPT = 32_768
"""Answers kept: the steps of a purchase ask the same of the same rules."""


@cache
def _content() -> Mapping[str, Mapping[str, Any]]:
    content: Mapping[str, Mapping[str, Any]] = read_yaml(_FILE)
    return content


@cache
def _patterns(topic: str) -> Mapping[str, re.Pattern[str]]:
    return {language: _starting(words) for language, words in _content()[topic].items()}


def _starting(words: Iterable[str]) -> re.Pattern[str]:
    parts = [re.escape(w[1:]) if w.startswith("*") else rf"(?<!\w){re.escape(w)}" for w in words]
    return re.compile("|".join(parts), re.IGNORECASE)


@lru_cache(maxsize=_KEPT)
def speaks_of(topic: str, text: str, language: str) -> bool:
    """Whether a text in a language holds a word of the topic; any language's where this one has none."""
    patterns = _patterns(topic)
    chosen = [patterns[language]] if language in patterns else list(patterns.values())
    return any(pattern.search(text) for pattern in chosen)


def begins_with(topic: str, text: str, language: str) -> bool:
    """Whether a text begins with a word of the topic."""
    pattern = _patterns(topic).get(language)
    return bool(pattern and pattern.match(text))


def speaks_as(name: str, text: str) -> bool:
    """Whether a text holds a name as a word, or as the beginning of one: "Upphandlingschefens"."""
    return re.search(rf"(?<!\w){re.escape(name)}", text, re.IGNORECASE) is not None


@cache
def no_things(language: str) -> frozenset[str]:
    """Words that name a thing elsewhere and nothing in a rule of the language."""
    return frozenset(_content()[_NO_THING].get(language, ()))


@cache
def wider_things(language: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Words for many things at once, with the concepts each takes in."""
    words = _content()["wider"].get(language) or {}
    return tuple((_starting([word]), tuple(concepts)) for word, concepts in words.items())
