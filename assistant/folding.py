"""The same text found in two plans or two formats, listed once with every place it stands in. Pure.

A handbook quotes the law; one plan lies there as PDF and as DOCX. Two passages are one in a list where the words
that one was found by stand in the other and most of the shorter is in the longer. Where one says another amount, or
"should" for "shall", the words it was found by are not in the other, and it keeps a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import RankedPassage

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
"""A shorter text is a heading or a cell, which many plans have alike."""
_RUN = 5
"""Words in a row by which texts are compared."""
_SHARED = 0.5
"""Share of the shorter passage's runs that the other has too."""


@dataclass(frozen=True, slots=True)
class _Listed:
    passage: RankedPassage
    words: str
    """The passage's words in lower case, a blank around each."""
    found_by: str
    runs: frozenset[tuple[str, ...]]


def folded(passages: Sequence[RankedPassage], found_by: Sequence[str], k: int) -> tuple[RankedPassage, ...]:
    """The `k` best of different text, best first; `found_by` is the statement that each was found by.

    Of the same text that of the highest level is shown, at the best rank any of them had.
    """
    kept: list[_Listed] = []
    for passage, statement in zip(passages, found_by, strict=True):
        new = _read(passage, statement)
        same = next((place for place, each in enumerate(kept) if _same(each, new)), None)
        if same is not None:
            kept[same] = replace(kept[same], passage=_joined(kept[same].passage, passage))
        elif len(kept) < k:
            kept.append(replace(new, passage=replace(passage, rank=len(kept) + 1)))
    return tuple(each.passage for each in kept)


def _read(passage: RankedPassage, statement: str) -> _Listed:
    words = _WORD.findall(passage.text.casefold())
    runs = frozenset(tuple(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1)))
    return _Listed(passage, _spaced(words), _spaced(_WORD.findall(statement.casefold())), runs)


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _same(first: _Listed, second: _Listed) -> bool:
    if first.passage.file == second.passage.file:
        return False
    stands = _stands(first.found_by, second) or _stands(second.found_by, first)
    fewer = min(len(first.runs), len(second.runs))
    return stands and len(first.runs & second.runs) >= _SHARED * fewer


def _stands(said: str, passage: _Listed) -> bool:
    return len(said.split()) >= _FEWEST_WORDS and said in passage.words


def _joined(shown: RankedPassage, other: RankedPassage) -> RankedPassage:
    first, second = (shown, other) if shown.level <= other.level else (other, shown)
    return replace(first, rank=shown.rank, score=shown.score, also=(*shown.also, second.place))
