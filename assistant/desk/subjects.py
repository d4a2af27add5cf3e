"""Whether two statements are about one thing: shared rare words, shared concepts, and meaning. Pure.

Meaning alone is not enough: an encoder puts "food waste cut by half" beside "energy use cut by half". The words
that a municipality's plans use seldom tell them apart, so they weigh by rarity; across languages the concepts of
the vocabulary stand in for words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import Stemmer

from assistant import vocabulary
from assistant.desk.words import desk_words
from assistant.retrieve import near
from ingest.guess_dates import MONTHS
from ingest.language_words import FUNCTION_WORDS
from ingest.search_files import SearchFiles
from ingest.store import StoredStatement
from ingest.wording import PHRASES, wording

_WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = 5
"""Letters of a stem that are kept, so that a compound meets its first part: "møbelbehov", "møbel"."""
_STEMMERS = {
    "nb": "norwegian", "nn": "norwegian", "da": "danish", "sv": "swedish", "en": "english",
    "de": "german", "fi": "finnish", "nl": "dutch", "fr": "french",
}  # fmt: skip
_FULL = 7.5
_UNRELATED = 0.845
"""Where the middle pair of a municipality's statements lies on the scale of meaning; 1 is the same text."""
_SAMPLE = 600
_FEW = 12
"""Rarity of a word that occurs nowhere."""
_CONTENT_PHRASES = frozenset({"descriptive_subjects", "competence", "fractions", "achieved", "not_known"})
"""Lists of words that say what a statement is about; the other lists hold how it says it."""

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alike:
    """How near two statements are: by meaning, by cosine of words weighed by rarity, and what they share."""

    meaning: float
    words: float
    mass: float
    """Rarity of the shared words in sum; two common words may be all of two short sentences."""
    shared: int


class Subjects:
    """The words and vectors of one municipality's statements."""

    def __init__(self, files: SearchFiles, statements: Sequence[StoredStatement]) -> None:
        self._vectors = files.vectors
        self._row = {int(s): i for i, s in enumerate(files.statement)}
        counts: Counter[str] = Counter()
        for statement in statements:
            counts.update(wordy(statement.text, statement.language).stems)
        size = len(statements) + 1
        scale = _FULL / math.log(max(size, 3))
        self._rarity = {w: scale * math.log(size / (count + 1)) for w, count in counts.items()}
        self._slope = (1.0 - _UNRELATED) / (1.0 - self._middle(statements))

    def _middle(self, statements: Sequence[StoredStatement]) -> float:
        """The cosine of two statements that have nothing to do with one another, which is each encoder's own."""
        if len(statements) < _FEW:
            return _UNRELATED
        chosen = statements[:: max(1, len(statements) // _SAMPLE)]
        vectors = self.vectors(chosen)
        languages = np.array([s.language for s in chosen])
        # Two languages lie further apart than two subjects in one.
        pairs = np.triu(languages[:, None] == languages[None, :], 1)
        near = (vectors @ vectors.T)[pairs]
        return min(float(np.median(near)), 0.95) if near.size else _UNRELATED

    def nearness(self, first: Vectors, second: Vectors) -> Vectors:
        """How near each of these is to each of those in meaning, on one scale whatever the encoder's is."""
        near: Vectors = 1.0 - (1.0 - first @ second.T) * np.float32(self._slope)
        return near

    def meaning(self, first: StoredStatement, second: StoredStatement) -> float:
        return float(self.nearness(self.vectors([first]), self.vectors([second]))[0, 0])

    def vectors(self, statements: Sequence[StoredStatement]) -> Vectors:
        """One row a statement; zeros for one that the search files do not hold."""
        blank = np.zeros(self._vectors.shape[1] if self._vectors.ndim == 2 else 1, np.float32)
        rows = [self._row.get(s.statement_id) for s in statements]
        return np.array([blank if r is None else self._vectors[r] for r in rows], np.float32)

    def rarity(self, word: str) -> float:
        """0 for a word in every statement, `_FULL` for one in none, however many statements there are."""
        return max(0.0, self._rarity.get(word, _FULL))

    def alike(self, first: Wordy, second: Wordy, meaning: float) -> Alike:
        """How near two texts are; by concepts where their languages do not share words."""
        by_concepts = first.language != second.language
        if not near(first.language, second.language):
            return self._by(first.concepts, second.concepts, meaning)
        found = self._by(first.stems, second.stems, meaning)
        other = self._by(first.concepts, second.concepts, meaning) if by_concepts else found
        return max(found, other, key=lambda each: (each.shared >= 2, each.words))

    def _by(self, first: frozenset[str], second: frozenset[str], meaning: float) -> Alike:
        shared = first & second
        if not shared:
            return Alike(meaning, 0.0, 0.0, 0)
        mass = self._weight(shared)
        length = math.sqrt(self._weight(first) * self._weight(second))
        return Alike(meaning, mass / length if length else 0.0, math.sqrt(mass), len(shared))

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self.rarity(w) ** 2 for w in words)


@dataclass(frozen=True, slots=True)
class Wordy:
    """A text as it is compared."""

    language: str
    text: str
    stems: frozenset[str]

    @property
    def concepts(self) -> frozenset[str]:
        """What of the vocabulary it names; looked up when asked for, which is seldom."""
        return _concepts(self.text)


def wordy(text: str, language: str) -> Wordy:
    """A text without those whom every rule of buying binds, who are no part of what it is about."""
    rest = text
    for who in ("buyer", "municipality"):
        rest = wording(language).bearers[who].sub(" ", rest)
    return Wordy(language, text, frozenset(stems(rest, language)))


@lru_cache(maxsize=20_000)
def _concepts(text: str) -> frozenset[str]:
    return frozenset(vocabulary.load().concepts_in(re.findall(r"[\w-]+", text)))


def stems(text: str, language: str) -> set[str]:
    """The content words cut to stems, without the words that only frame a rule ("skal", "minst", "innen")."""
    return {stem[:_LETTERS] for stem in whole_stems(text, language)}


def whole_stems(text: str, language: str) -> list[str]:
    """The same, uncut and in order: "arbeidstøy" and "arbeid" are two."""
    framing = _framing(language)
    found = [w for w in _WORD.findall(text.lower()) if w not in framing]
    # Made anew: a stemmer may not serve two threads at once.
    stemmer = Stemmer.Stemmer(_STEMMERS.get(language, "english"))
    return list(stemmer.stemWords(found))


@cache
def _framing(language: str) -> frozenset[str]:
    words = wording(language)
    lists: Mapping[str, Iterable[str]] = {k: words.words[k] for k in PHRASES if k not in _CONTENT_PHRASES}
    framing = {part for phrases in lists.values() for phrase in phrases for part in phrase.split()}
    framing |= {part for phrase in desk_words(language).words["changes"] for part in phrase.split()}
    framing |= {month for months in MONTHS.values() for month in months}
    counted = (*words.units, *words.numbers, *words.scales)
    framing |= {part for phrase in counted for part in phrase.split()}
    return frozenset(framing | set(FUNCTION_WORDS.get(language, "").split()))
