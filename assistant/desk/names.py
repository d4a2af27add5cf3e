"""How other texts name a plan: its title, the title inflected or shortened, "the climate plan", "håndboka". Pure.

A short form counts only where no other plan in force could be meant by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.desk.subjects import whole_stems
from assistant.desk.words import desk_words
from ingest.fold import folded_text
from ingest.plans import Plan

_PERIOD = re.compile(r"(?:19|20)\d{2}(?:\s?[-–—/]\s?\d{2,4})?")
_SHORTEST_NAME = 12
"""Characters: a shorter name may be any word."""
_SHORT, _HEAD, _TOPIC = 6, 4, 5
"""Letters of a last word that names a plan by itself, of one in a compound, and of what stands before it there."""


def name_of(plan: Plan) -> str:
    """What others call it: the title without its period, its version and what stands in brackets or quotes."""
    title = folded_text(plan.title).lower()
    title = re.split(r"\s[–—-]\s|[«»“”\"(:/]|\sv?\d", title, maxsplit=1)[0]
    return _PERIOD.sub(" ", title).strip(" ,.")


class Names:
    """The forms of one plan's name. `living`: the plans in force, among which a short form must be the only one."""

    def __init__(self, plan: Plan, living: Sequence[Plan]) -> None:
        self._name = name_of(plan)
        self._period = _PERIOD.search(plan.title)
        self._words = _words(self._name)
        others = [p for p in living if p.plan_id != plan.plan_id and p.plan_id not in plan.supersedes]
        self._others = [_words(name_of(p)) for p in others]

    def stand_in(self, text: str, language: str) -> bool:
        lowered = folded_text(text).lower()
        if len(self._name) >= _SHORTEST_NAME and self._name in lowered:
            return not self._is_other_edition(lowered)
        return self._inflected(text, language) or any(self._short(text, language))

    def _is_other_edition(self, lowered: str) -> bool:
        """Whether a period right after the name is that of another edition."""
        after = _PERIOD.search(lowered[lowered.find(self._name) + len(self._name) :][:18])
        return (
            after is not None and self._period is not None and after.group()[:4] != self._period.group()[:4]
        )

    def _inflected(self, text: str, language: str) -> bool:
        """Whether the stems of the whole name stand in a row."""
        named, said = whole_stems(self._name, language), whole_stems(text, language)
        if len(self._name) < _SHORTEST_NAME or (len(named) < 2 and len("".join(named)) < _SHORTEST_NAME):
            return False
        return any(said[i : i + len(named)] == named for i in range(len(said) - len(named) + 1))

    def _short(self, text: str, language: str) -> Iterator[bool]:
        tokens = re.findall(r"[^\W\d_]+(?:['’]s)?", text.lower())
        definite = desk_words(language).find["definite"]
        for at, token in enumerate(tokens):
            before = tokens[at - 1] if at else ""
            pointed = definite.fullmatch(before) is not None
            for base in _bases(token, language):
                inflected = base != token
                yield (inflected or pointed) and len(base) >= _SHORT and self._only(base)
                topic = before if not inflected and at > 1 and definite.fullmatch(tokens[at - 2]) else ""
                yield self._joined(base, topic)

    def _only(self, base: str) -> bool:
        """Whether the last part of a word of this name, and of no other, is `base`."""
        return _ends(self._words, base) and not any(_ends(words, base) for words in self._others)

    def _joined(self, base: str, topic: str) -> bool:
        """A word of the name and its head in one compound, "klimaplan", or side by side, "the climate plan"."""
        return self._compound(self._words, base, topic) and not any(
            self._compound(words, base, topic) for words in self._others
        )

    @staticmethod
    def _compound(words: Sequence[str], base: str, topic: str) -> bool:
        if len(topic) >= _TOPIC and topic in words and base in words[-1:] and topic != base:
            return True
        return any(
            base.startswith(word) and len(word) >= _TOPIC and _ends(rest, base[len(word) :].lstrip("s-"))
            for i, word in enumerate(words)
            if (rest := [*words[:i], *words[i + 1 :]])
        )


def _words(name: str) -> list[str]:
    return [w for w in re.findall(r"[^\W\d_]+", name) if len(w) >= _HEAD]


def _ends(words: Sequence[str], base: str) -> bool:
    return len(base) >= _HEAD and any(word.endswith(base) for word in words)


def _bases(token: str, language: str) -> Iterator[str]:
    """The word, and what it is the definite form of: a plural names no plan."""
    yield token
    for ending in desk_words(language).words["definite_endings"]:
        if token.endswith(ending) and len(token) - len(ending) >= _HEAD:
            yield token.removesuffix(ending)
