"""Made-up search files of any size: random vectors, and invented words as frequent as words are.

No encoder runs, so every size is made in seconds. Written and read by the code that a real index is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ingest.ngrams import features
from ingest.search_files import Row

DIMENSION = 384
_PER_DOCUMENT, _PER_PASSAGE, _PER_SECTION = 120, 5, 8
"""Statements, about as real plans have them."""
_OUT_OF_FORCE = 5
"""Every fifth document does not govern, and is searched apart."""
_LANGUAGES, _SHARES = ("nb", "nn", "en", "sv"), (0.7, 0.1, 0.15, 0.05)
_WORDS = 20_000
_ONSETS = "b br d f fl g gr h j k kl kr l m n p pr r s sk sl sm st str t tr v"
_VOWELS, _CODAS = "aeiouyæøå", "l m n ng r s t st nd rt"
_STATEMENT_WORDS, _QUESTION_WORDS = (6, 36), (6, 15)
"""With these a statement has 140-170 n-grams and a question meets 6 postings a statement; real plans: 135-240, 1-7."""
_CHUNK = 5_000

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
Asked = tuple[str, Vectors, str]
"""Text, vector and language of a question."""


@lru_cache
def vocabulary() -> tuple[str, ...]:
    """Invented words, Norwegian in their syllables; the first are short, as frequent words are."""
    rng = np.random.default_rng(7)
    syllable = (_ONSETS.split(), list(_VOWELS), ["", "", *_CODAS.split()])
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        syllables = 1 + min(3, int(rng.integers(0, 2 + len(found) // 500)))
        made = ("".join(part[rng.integers(len(part))] for part in syllable) for _ in range(syllables))
        found["".join(made)] = None
    return tuple(found)


def rows(count: int, seed: int = 0) -> Iterator[Row]:
    """The rows of an index of `count` statements, as a store gives them."""
    rng = np.random.default_rng(seed)
    languages: list[str] = rng.choice(_LANGUAGES, p=_SHARES, size=count // _PER_DOCUMENT + 1).tolist()
    for start in range(0, count, _CHUNK):
        size = min(_CHUNK, count - start)
        vectors = unit(rng, size).astype(np.float16)
        texts = texts_of(rng, rng.integers(*_STATEMENT_WORDS, size=size))
        for at, (vector, places) in enumerate(zip(vectors, texts, strict=True), start):
            document, section, passage = at // _PER_DOCUMENT, at // _PER_SECTION, at // _PER_PASSAGE
            language, grams = languages[document], grams_of(places)
            yield at + 1, document + 1, section, passage + 1, language, vector.tobytes(), grams.tobytes()


def questions(count: int, seed: int = 1) -> list[Asked]:
    rng = np.random.default_rng(seed)
    texts = texts_of(rng, rng.integers(*_QUESTION_WORDS, size=count))
    spoken = rng.choice(_LANGUAGES, p=_SHARES, size=count)
    return [
        (" ".join(vocabulary()[place] for place in places), vector, str(language))
        for places, vector, language in zip(texts, unit(rng, count), spoken, strict=True)
    ]


def documents(count: int) -> tuple[list[int], list[int]]:
    """The documents of an index of `count` statements: those in force, and the others."""
    every = range(1, (count - 1) // _PER_DOCUMENT + 2)
    return [d for d in every if d % _OUT_OF_FORCE], [d for d in every if not d % _OUT_OF_FORCE]


def unit(rng: np.random.Generator, count: int) -> Vectors:
    """Random vectors of length 1."""
    found = rng.standard_normal((count, DIMENSION), np.float32)
    lengths: Vectors = np.linalg.norm(found, axis=1, keepdims=True)
    return found / lengths


def texts_of(rng: np.random.Generator, lengths: Places) -> list[Places]:
    """Texts as places in the vocabulary, words falling by Zipf's law."""
    count = int(lengths.sum())
    ranks = np.minimum(rng.zipf(1.25, count) - 1 + rng.integers(0, 30, count), _WORDS - 1)
    return np.split(ranks.astype(np.int64), np.cumsum(lengths)[:-1])


def grams_of(places: Places) -> npt.NDArray[np.uint32]:
    """The n-grams of a text; those of its words together, which are found once a word."""
    return np.unique(np.concatenate([_word_grams(int(place)) for place in places]))


@lru_cache(maxsize=_WORDS)
def _word_grams(place: int) -> npt.NDArray[np.uint32]:
    return features(vocabulary()[place])
