"""The content words of a text, cut to what inflection leaves alone. Pure."""

from __future__ import annotations

import re

_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters of a word that inflection leaves alone, near enough in the languages read here."""


def content_stems(text: str) -> set[str]:
    return {word[:_STEM].lower() for word in _CONTENT_WORD.findall(text)}
