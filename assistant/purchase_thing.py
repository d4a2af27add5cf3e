"""What is bought, as the rules of plans may name it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.purchase import Purchase, bought
from assistant.stems import content_stems
from assistant.things import BOUGHT, named_as, things
from assistant.topics import no_things
from assistant.vocabulary import load

_KEPT = 8_192
"""Texts that a purchase has met, kept for its next step."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is bought, as rules may name it: by its concept, a broader or a narrower one, or its own words."""

    concepts: frozenset[str]
    words: frozenset[str]
    stems: frozenset[str]
    """Beginnings of its words."""

    @classmethod
    def of(cls, purchase: Purchase, language: str) -> Thing:
        named = bought(purchase.head) or bought(purchase.thing)
        told = {w for w in re.findall(r"[^\W\d_]{4,}", purchase.head.lower()) if w not in no_things(language)}
        return cls(frozenset(_family(named)), frozenset(told), frozenset(content_stems(" ".join(told))))

    @classmethod
    def named(cls, query: str) -> Thing | None:
        """What a question names, if anything that can be bought."""
        named = bought(query)
        return cls(frozenset(_family(named)), frozenset(), frozenset()) if named else None

    def reach(self, text: str, language: str) -> bool | None:
        """Whether a text is for this thing: True it names it, False it names others only, None it names none."""
        return _reach(self, text, language)

    def is_of(self, title: str, language: str) -> bool | None:
        """As `reach`, for headings and titles, which may cut a compound: "leike- og nærmiljøanlegg"."""
        cut = re.findall(r"[^\W\d_]{4,}(?=-\s)", title.lower())
        if any(word.startswith(part) for word in self.words for part in cut):
            return True
        return self.reach(title, language)


@lru_cache(maxsize=_KEPT)
def _reach(thing: Thing, text: str, language: str) -> bool | None:
    if any(named_as(word, text, language) for word in thing.words):
        return True
    named = things(text, language)
    if thing.concepts & named:
        return True
    if not thing.concepts and thing.stems & content_stems(text):
        return True
    return False if named else None


def _family(named: Iterable[str]) -> set[str]:
    concepts = load().concepts
    family = set()
    for first in named:
        name = first
        while name in concepts and concepts[name].kind in BOUGHT:
            family.add(name)
            name = concepts[name].broader_id
    below = {name for name, concept in concepts.items() if concept.broader_id in set(named)}
    return family | below
