"""From a draft to the sentences of it that hold. Pure.

A draft is a language model's words, unproven. Every sentence must cite a passage, and its figures, names,
denials, force and words must be that passage's own; what fails is dropped with a reason, never mended.
A condition left out is not told: the governing quote stands below the words, whole, for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.claims.checks import Checked, Fault, check
from assistant.claims.form import fit_to_show
from assistant.claims.passages import Grounds, Passage
from assistant.claims.words import languages
from ingest.sentences import split

__all__ = [
    "Checked", "Fault", "Grounds", "Passage", "Verified", "check", "fit_to_show", "languages", "sentences", "verify",
]  # fmt: skip

MOST_SENTENCES = 6
"""Two or three are asked for; who writes many more has lost the thread."""

_BARE_MARKER = re.compile(r"\[(?=\s*\d{0,3}\s*(?:\]|$))(\s*\d{0,3}\s*)\]?")
_AFTER_END = re.compile(r"([.!?…][»”\"]?)\s*((?:⟦\s*\d{1,3}\s*⟧\s*)+)")
_OPEN_MARKER = re.compile(r"⟦\s*\d{0,3}\s*$")
_LAYOUT = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|\*\*", re.MULTILINE)
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Verified:
    """A draft's sentences in their order."""

    checked: tuple[Checked, ...]
    grounds: Grounds

    @property
    def kept(self) -> tuple[Checked, ...]:
        return tuple(c for c in self.checked if c.fault is None)

    @property
    def dropped(self) -> tuple[Checked, ...]:
        return tuple(c for c in self.checked if c.fault is not None)

    @property
    def holds(self) -> bool:
        """At least half of it does, and something that does rests on the governing passage."""
        governing = {p.marker for p in self.grounds.governing}
        on_it = any(governing.intersection(c.markers) for c in self.kept)
        return on_it and len(self.kept) * 2 >= len(self.checked)


def verify(draft: str, grounds: Grounds) -> Verified:
    return Verified(tuple(check(sentence, grounds) for sentence in sentences([draft])), grounds)


def sentences(chunks: Iterable[str]) -> Iterator[str]:
    """The sentences of a draft as it arrives, each once it is whole, with the markers that follow it."""
    rest, given = "", 0
    for chunk in chunks:
        rest += chunk
        whole = _cut(rest)
        for sentence in whole[given:-1]:
            given += 1
            yield sentence
            if given == MOST_SENTENCES:
                return
    yield from _cut(rest)[given:MOST_SENTENCES]


def _cut(draft: str) -> list[str]:
    """All sentences so far. Markers written after a full stop belong before it; layout is no part of the words."""
    text = _OPEN_MARKER.sub("", _BARE_MARKER.sub(r"⟦\1⟧", _LAYOUT.sub("", draft)))
    moved = _AFTER_END.sub(lambda m: f" {' '.join(m[2].split())}{m[1]} ", text)
    return [line[a:b] for line in _BREAK.split(moved) for a, b in split(line)]
