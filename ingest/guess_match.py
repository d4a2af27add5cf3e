"""Finds listed words in lines, written as `guess_words` says, and tells which lines come first."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.guess_cover import Cover, CoverLine
from ingest.guess_words import DECIDED, NOT, PLANNED

_TITLE_PAGE_LINES = 25
_COMPOUND_FROM = 4
"""Shorter words are too often part of others."""
_DENIED_WITHIN = 14


def front(cover: Cover) -> list[CoverLine]:
    """The first lines of the first page."""
    return [line for line in cover.lines[:_TITLE_PAGE_LINES] if line.page == cover.lines[0].page]


@lru_cache(maxsize=1024)
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words, read as `guess_words` says they are written."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_one_word(word) for word in longest_first), re.IGNORECASE)


def _one_word(word: str) -> str:
    bare = word.removeprefix("^").strip()
    core = re.escape(bare).replace(r"\ ", r"\s+")
    if word.startswith("^"):
        core = r"^\W*" + core
    elif len(bare) >= _COMPOUND_FROM and not word.endswith(" ") and " " not in bare:
        core = r"\b[\w-]{0,60}" + core
    else:
        core = r"\b" + core
    return core + (r"(?!\w)" if word.endswith(" ") or not bare[-1].isalpha() else r"\w{0,3}\b")


def decided_in(text: str) -> re.Match[str] | None:
    """The words for a decision that was taken: not "ej beslutad", not "beslutas planenlig i april"."""
    match = word_pattern(DECIDED).search(text)
    if match is None or is_denied(text, match) or word_pattern(PLANNED).search(text):
        return None
    return match


def is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether a word for "not" stands right before or after the match."""
    denied = word_pattern(tuple(f"{word} " for word in NOT))
    before, after = text[max(0, match.start() - _DENIED_WITHIN) : match.start()], text[match.end() :]
    return bool(denied.search(before) or denied.search(after[:_DENIED_WITHIN]))
