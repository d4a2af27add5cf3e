"""Our own words are easy to read: LIX of every sentence an answer may hold, quotes aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from eval.measures.reading import lix
from prompts import answer_texts, purchase_texts

MOST = 45
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r"[«“”»]?\{[a-z_]+\}[«“”»]?(?: ?\[\{marker\}\])?")
_SENTENCE = re.compile(r"(?<=[.:!?])\s+")
_NOT_SAID = ("language_names", "badge", "queries", "silent_names", "example", "choices")


def _said(texts: Any) -> Iterator[str]:
    if isinstance(texts, Mapping):
        for key, value in texts.items():
            if key not in _NOT_SAID:
                yield from _said(value)
    elif isinstance(texts, str):
        yield texts


def _sentences(language: str) -> list[str]:
    said = [*_said(answer_texts(language)), *_said(purchase_texts(language))]
    parts = [p for text in said for p in _SENTENCE.split(_PLACE.sub("X", text))]
    return [p for p in parts if len(_WORD.findall(p)) > 3]


def _ended(sentence: str) -> str:
    return sentence if sentence.rstrip()[-1:] in ".!?" else sentence.rstrip(" :") + "."


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv", "da"])
def test_our_own_words_are_easy_to_read(language: str) -> None:
    level = lix("\n".join(_ended(s) for s in _sentences(language)))

    assert level is not None
    assert level <= MOST


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv", "da"])
def test_no_sentence_of_ours_is_long(language: str) -> None:
    longest = max(_sentences(language), key=lambda s: len(_WORD.findall(s)))

    assert len(_WORD.findall(longest)) <= 20, longest


def test_the_measure_tells_plain_words_from_heavy_ones() -> None:
    plain = lix("Du må hente inn tre tilbud.")
    heavy = lix("Anskaffelsesregelverkets konkurransebestemmelser forutsetter tilbudsinnhenting.")

    assert plain is not None
    assert heavy is not None
    assert plain < MOST < heavy
