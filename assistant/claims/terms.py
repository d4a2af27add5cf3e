"""Which words of a sentence a source has too: inflected, compounded, in a sister language, or as one concept.

Spelling settles it within a language and between sister languages; the vocabulary's concepts settle it
across languages and between synonyms. A word that neither knows is not grounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

from assistant.claims.words import ClaimWords, claim_words, related
from assistant.vocabulary import load

WORD = re.compile(r"[^\W\d_]+")
_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "en": "english", "sv": "swedish", "da": "danish"}
_SHORTEST = 2
"""Letters of a word that can say what a sentence is about."""
_BOUGHT = frozenset({"goods", "service", "works"})
_PART = 3
"""Letters of a part of a compound."""
_SHARED = 4
_ENDING = 3
"""Letters by which two forms of one word may differ at the end."""
_LINKS = ("", "s", "e")
"""Letters between the parts of a compound."""
_ALIKE = 0.8
"""Likeness from which words of sister languages are one: "utsleppsfri", "utslippsfri"."""
_PHRASE = 3
"""Words of a concept's label that are looked at together."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of some text, as they are compared."""

    words: frozenset[str]
    stems: frozenset[str]
    concepts: frozenset[str]
    languages: frozenset[str]

    def __or__(self, other: Terms) -> Terms:
        return Terms(
            self.words | other.words,
            self.stems | other.stems,
            self.concepts | other.concepts,
            self.languages | other.languages,
        )


NOTHING = Terms(frozenset(), frozenset(), frozenset(), frozenset())


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def terms(text: str, language: str) -> Terms:
    """All the words of a text; little words too, which then never fail to be found."""
    words = words_of(text)
    return Terms(
        words=frozenset(words),
        stems=frozenset(stem(word, language) for word in words),
        concepts=_concepts(words) | frozenset[str]().union(*(_rows(word, language) for word in words)),
        languages=frozenset([language]),
    )


def _concepts(words: Sequence[str]) -> frozenset[str]:
    return frozenset(load().concepts_in(words)) if words else frozenset()


@lru_cache(maxsize=20_000)
def _rows(word: str, language: str) -> frozenset[str]:
    """The rows of `same.tsv` that hold a word: what plans call one thing by several words."""
    by_word = _same_words().get(language, {})
    found = by_word.get(word, frozenset()) | by_word.get(stem(word, language), frozenset())
    if language == "en":  # it writes its compounds apart
        return found
    last = (stem(word[cut:], language) for cut in range(_PART, len(word) - _SHARED + 1))
    return found | next((rows for part in last if (rows := by_word.get(part, frozenset()))), frozenset())


@cache
def _same_words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    header, *lines = (Path(__file__).parent / "same.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        for language, cell in zip(header.split("\t"), line.split("\t"), strict=True):
            rows = found.setdefault(language, {})
            for word in cell.split("; "):
                for form in {word, stem(word, language)}:
                    rows[form] = rows.get(form, frozenset()) | {f"same/{number}"}
    return found


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    name = _STEMMERS.get(language)
    return word if name is None else str(Stemmer.Stemmer(name, 0).stemWord(word))


def content_words(text: str, language: str) -> list[str]:
    """The words that can be true or false of a source, in order."""
    plain = claim_words(language)
    return [word for word in words_of(text) if len(word) >= _SHORTEST and not is_plain(word, plain)]


def telling_words(text: str, language: str) -> list[str]:
    """Plain words too, where a place has no other: "ikke kjøpe"."""
    little = claim_words(language).little
    return [word for word in words_of(text) if len(word) >= _SHORTEST and word not in little]


def is_plain(word: str, words: ClaimWords) -> bool:
    return word in words.plain or (word.endswith("s") and word[:-1] in words.plain)


def ungrounded(text: str, language: str, source: Terms, *, plain: bool = False) -> list[str]:
    """The content words of `text` that `source` does not have; plain ones too, where asked for."""
    words = telling_words(text, language) if plain else content_words(text, language)
    open_words = [w for w in words if not spelled(w, language, source)]
    if not open_words:
        return []
    by_meaning = shared_in_meaning(words_of(text), language, source)
    return [word for word in open_words if word not in by_meaning]


def names_a_thing(word: str) -> bool:
    """Whether the vocabulary knows the word as something that is bought."""
    vocabulary = load()
    return any(vocabulary.concepts[c].kind in _BOUGHT for c in vocabulary.concepts_in([word]))


def shares(words: Iterable[str], language: str, source: Terms) -> bool:
    """Whether any of the words, which are content words, is one of the source's."""
    each = list(words)
    return any(spelled(word, language, source) for word in each) or bool(
        source.concepts and shared_in_meaning(each, language, source)
    )


def shared_in_meaning(words: Sequence[str], language: str, source: Terms) -> set[str]:
    """Words that, alone or as a phrase with their neighbours, name a concept the source names too."""
    found = {word for word in words if source.concepts & _rows(word, language)}
    shorter: dict[int, frozenset[str]] = {}
    for size in range(1, _PHRASE + 1):
        named: dict[int, frozenset[str]] = {}
        for at in range(len(words) - size + 1):
            phrase = words[at : at + size]
            parts = shorter.get(at, frozenset()) | shorter.get(at + 1, frozenset())
            here = _concepts(phrase)
            if source.concepts & (here - parts):  # what the phrase names as a whole
                found.update(phrase)
            named[at] = here | parts
        shorter = named
    return found


def spelled(word: str, language: str, source: Terms) -> bool:
    """Whether the source has the word in some form of it, as part of a compound, or put together of its own."""
    if word in source.words or stem(word, language) in source.stems:
        return True
    near = [s for s in source.stems if _one_word(stem(word, language), s)]
    if near or _in_compound(stem(word, language), source):
        return True
    if _compound_of(word, language, source):
        return True
    kin = [other for other in source.languages if other != language and related(other, language)]
    return bool(kin) and any(_sister(word, other) for other in source.words)


def same_word(word: str, language: str, source: Terms) -> bool:
    """Whether the source has the word itself, inflection aside; for words that must not be near misses."""
    if word in source.words or stem(word, language) in source.stems:
        return True
    return len(word) > _SHARED and any(_inflected(word, other) for other in source.words)


def _inflected(first: str, second: str) -> bool:
    """ "leder", "lederen": a stemmer does not see that they are one."""
    short, long = sorted((first, second), key=len)
    return len(short) >= _SHARED and len(long) - len(short) <= _ENDING and long.startswith(short)


def _one_word(first: str, second: str) -> bool:
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(first), len(second))
    return shared >= _SHARED and longest - shared <= _ENDING and shared * 5 >= longest * 3


def _in_compound(stemmed: str, source: Terms) -> bool:
    """ "lager" in "ombrukslager", "ombruk" in "ombrukskartlegging"."""
    if len(stemmed) < _SHARED:
        return False
    return any(
        w != stemmed and (w.startswith(stemmed) or w.endswith(stemmed)) for w in source.words | source.stems
    )


def _compound_of(word: str, language: str, source: Terms) -> bool:
    """ "bruktmøbler" of "brukte møbler": both parts are the source's, or one is and the other is plain."""
    plain = claim_words(language)
    for cut in range(_PART, len(word) - _PART + 1):
        last = word[cut:]
        if not (same_word(last, language, source) or last in plain.plain):
            continue
        for link in _LINKS:
            first = word[:cut].removesuffix(link) if link else word[:cut]
            if len(first) >= _PART and any(w.startswith(first) for w in source.words):
                return True
    return False


def _sister(first: str, second: str) -> bool:
    if min(len(first), len(second)) < _SHARED or first[0] != second[0]:
        return False
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE
