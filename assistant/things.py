"""The things to buy that a rule names, read so narrowly that its verbs are not taken for things.

A question's words are met by anything that may be meant (`vocabulary`); a rule is ruled out only by a thing
it plainly names: a label of its own language, as written or with a noun's ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from assistant.topics import no_things, wider_things
from assistant.vocabulary import LANGUAGES, load

BOUGHT = frozenset({"goods", "service", "works"})
"""Kinds of concepts that can be bought."""

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 3
"""Words of a label looked for."""
_ENDINGS = {
    "nb": ("ene", "ane", "ens", "et", "en", "er", "ar", "a"),
    "sv": ("erna", "arna", "orna", "er", "ar", "or", "en", "et", "na"),
    "da": ("erne", "ene", "er", "en", "et"),
    "en": ("es", "s"),
}
_SHORTEST_STEM = 5
"""Letters: a shorter stem is as often a verb's."""
_BESIDE = {"nn": "nb"}
_KEPT = 16_384
"""Texts whose things are kept: each step of a purchase meets the same rules again."""


@lru_cache(maxsize=_KEPT)
def things(text: str, language: str) -> frozenset[str]:
    """Ids of what a text plainly names; empty in a language the vocabulary does not have."""
    if language not in LANGUAGES:
        return frozenset()
    labels, idle = _labels(language), no_things(language)
    written = [w for w in _WORD.findall(text) if len(w) > 2 or w.isupper()]
    words = [w.lower() for w in written]
    found: set[str] = set()
    for at in range(len(words)):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            named = labels.get(phrase) or labels.get(_stem(phrase, language))
            if named and phrase not in idle:
                found.update(named)
                break
    for pattern, concepts in wider_things(language):
        if pattern.search(text):
            found.update(concepts)
    return frozenset(found)


def named_as(word: str, text: str, language: str) -> bool:
    """Whether a text holds a word, as written, with a noun's ending, or as the end of a compound."""
    return _as_noun(word, language).search(text) is not None


@cache
def _as_noun(word: str, language: str) -> re.Pattern[str]:
    endings = "|".join(("s", *_ENDINGS.get(_BESIDE.get(language, language), ())))
    before = "" if len(word) >= _SHORTEST_STEM else r"(?<!\w)"
    return re.compile(rf"{before}{re.escape(word)}(?:{endings})?(?!\w)", re.IGNORECASE)


@cache
def _labels(language: str) -> Mapping[str, tuple[str, ...]]:
    """From a label, as written and as a stem with a mark, to the concepts that have it."""
    spoken = (language, "nb") if language == "nn" else (language, "nn") if language == "nb" else (language,)
    found: dict[str, dict[str, None]] = {}
    for concept in load().concepts.values():
        if concept.kind not in BOUGHT:
            continue
        for label in (label.lower() for tongue in spoken for label in concept.labels(tongue)):
            written = " ".join(_WORD.findall(label))
            for key in (written, _stem(written, language)):
                if len(key) >= 2:
                    found.setdefault(key, {})[concept.concept_id] = None
    return {key: tuple(concepts) for key, concepts in found.items()}


def _stem(phrase: str, language: str) -> str:
    """A phrase without a noun's ending, marked as a stem; empty where too little would be left."""
    for ending in _ENDINGS.get(_BESIDE.get(language, language), ()):
        if phrase.endswith(ending) and len(phrase) - len(ending) >= _SHORTEST_STEM:
            return phrase[: -len(ending)] + "-"
    return phrase + "-" if len(phrase) >= _SHORTEST_STEM else ""
