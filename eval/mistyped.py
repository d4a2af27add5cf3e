"""Words typed wrong, as people do: two letters swapped, one left out, one doubled, the key beside it. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]{2,}")
"""Figures are left alone: another amount is another question."""
_LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MORE: Mapping[str, tuple[str, str]] = {
    "nb": ("å", "øæ"),
    "nn": ("å", "øæ"),
    "da": ("å", "æø"),
    "sv": ("å", "öä"),
    "fi": ("å", "öä"),
    "de": ("ü", "öä"),
}
"""Letters at the end of the upper two rows."""


def mistyped(text: str, language: str, rng: random.Random, share: float) -> str:
    """The text with one error in `share` of its words on average, each drawn apart; figures stay."""

    def typed(word: re.Match[str]) -> str:
        return _mistyped_word(word[0], language, rng) if rng.random() < share else word[0]

    return _WORD.sub(typed, text)


def _mistyped_word(word: str, language: str, rng: random.Random) -> str:
    errors: list[Callable[[str, str, random.Random], str]] = [_swapped, _dropped, _doubled, _beside]
    rng.shuffle(errors)
    # Two letters alike cannot be swapped, nor has every letter a key beside it: then another error.
    return next((made for error in errors if (made := error(word, language, rng)) != word), word)


def _swapped(word: str, _language: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, _language: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, _language: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[: at + 1] + word[at:]


def _beside(word: str, language: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    keys = neighbours(language).get(word[at].lower(), word[at])
    key = rng.choice(keys)
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


@lru_cache
def neighbours(language: str) -> Mapping[str, str]:
    """The keys beside each letter's own, on the keyboard of a language."""
    upper, middle = _MORE.get(language, ("", ""))
    rows = (_LETTERS[0] + upper, _LETTERS[1] + middle, _LETTERS[2])
    found: dict[str, set[str]] = {letter: set() for row in rows for letter in row}
    for row in rows:
        _join(found, pairwise(row))
    for above, below in pairwise(rows):
        # Each row stands half a key to the right of the one above it.
        _join(found, zip(above, below, strict=False))
        _join(found, zip(above[1:], below, strict=False))
    return {letter: "".join(sorted(keys)) for letter, keys in found.items()}


def _join(found: dict[str, set[str]], pairs: Iterable[tuple[str, str]]) -> None:
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
