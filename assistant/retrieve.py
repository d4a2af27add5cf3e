"""Which statements speak to a question, in order of relevance.

Every statement has its own vector and its own n-grams. Vector scores are put on one scale within a language
(an encoder places its languages apart, so that another tongue or one long law would bury the answer). The
n-gram score is added where question and statement share a language, or languages so near that their words
do; across languages the vector score alone is stretched to what the sum would be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ingest.embed import Encoder
from ingest.search_files import SearchFiles

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

LEXICAL_WEIGHT = 0.3
"""Share of the n-gram score beside the vector's, within a language."""

FOREIGN_STRETCH = 1.2
"""What a vector's standard score is worth alone, where there is no n-gram score to add."""

_NEAR = (frozenset({"nb", "nn", "da"}), frozenset({"nb", "nn", "sv"}))
"""Languages whose words look alike enough for n-grams."""

_ONE_SCALE = {"nn": "nb", "da": "nb"}
"""Languages an encoder does not tell apart."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its row in the search files and how it scored."""

    row: int
    score: float
    dense: float
    lexical: float


EXACT_LIMIT = 300_000
"""Statements up to which all are scanned: faster than the approximate index, with filters much faster."""

_FEW = 0.1
"""Share of the statements below which their vectors are taken out first, instead of comparing all."""

_APPROXIMATE_PASSAGES = 400
_SAMPLE = 4_000
"""Rows that stand in for all when scores are put on one scale beside approximate candidates."""


class PassageIndex(Protocol):
    """Where candidates come from when there are too many statements to scan."""

    def nearest(
        self, vector: Scores, k: int, *, documents: Sequence[int] | None = None
    ) -> list[tuple[str, float]]: ...


def near(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in _NEAR)


class Retriever:
    """Scores the statements of the documents allowed; all of them, exactly, up to `EXACT_LIMIT`.

    Higher is better everywhere.
    """

    def __init__(
        self,
        files: SearchFiles,
        encoder: Encoder,
        passages: PassageIndex | None = None,
        passage_rows: Mapping[str, int] | None = None,
    ) -> None:
        """With `passages`, candidates come from it and its ids lead to rows by `passage_rows`."""
        self.files = files
        self._passages = passages
        self._passage_rows = passage_rows or {}
        self._row_of: dict[int, int] = {}
        spoken, codes, counts = np.unique(files.language, return_inverse=True, return_counts=True)
        self._languages = tuple(str(s) for s in spoken)
        self._scales = tuple(dict.fromkeys(_ONE_SCALE.get(s, s) for s in self._languages))
        scale_of_code = [self._scales.index(_ONE_SCALE.get(s, s)) for s in self._languages]
        self._scale_of = np.array(scale_of_code, np.int8)[codes]
        self.main_language = str(spoken[counts.argmax()]) if len(spoken) else ""
        """The language of most statements; empty where there are none."""
        # A question is scored against texts in force and against the others: both scores are made once.
        self._lexical = lru_cache(maxsize=8)(files.lexical)
        self._compared = lru_cache(maxsize=8)(
            lambda vector: compared(files.vectors, np.frombuffer(vector, np.float32))
        )
        self._encoded = lru_cache(maxsize=64)(lambda query: encoder.encode_queries([query])[0])

    def encode(self, query: str) -> Scores:
        """The query's vector; the last few are kept."""
        vector: Scores = self._encoded(query)
        return vector

    def retrieve(
        self,
        query: str,
        vector: Scores,
        language: str,
        *,
        documents: Sequence[int],
        limit: int,
    ) -> list[Hit]:
        """The best `limit` statements of `documents`, best first; empty when there are none.

        `vector` is the query's own, from `encode`.
        """
        rows = self._rows(documents)
        if self._passages is not None:
            rows = self._approximate(rows, vector, documents)
        if not len(rows):
            return []
        dense = self._dense(rows, vector)
        lexical = self._lexical(query)[rows]
        score = self._fused(rows, language, dense, lexical)
        best = highest(score, limit)
        return [Hit(int(rows[i]), float(score[i]), float(dense[i]), float(lexical[i])) for i in best]

    def _dense(self, rows: Rows, vector: Scores) -> Scores:
        if self._passages is not None or len(rows) < _FEW * len(self.files):
            return compared(self.files.vectors[rows], vector)
        found: Scores = self._compared(np.asarray(vector, np.float32).tobytes())[rows]
        return found

    def similarity(self, row: int, other: int) -> float:
        """Cosine between two statements, by row."""
        return float(self.files.vectors[row] @ self.files.vectors[other])

    def nearness(self, statement_id: int, vector: Scores) -> float:
        """Cosine between a statement and a query."""
        return float(self.files.vectors[self.row_of(statement_id)] @ vector)

    def row_of(self, statement_id: int) -> int:
        """The row of a statement in the search files."""
        if not self._row_of:
            self._row_of.update({int(number): row for row, number in enumerate(self.files.statement)})
        return self._row_of[statement_id]

    def _approximate(self, rows: Rows, vector: Scores, documents: Sequence[int]) -> Rows:
        """The statements of the nearest passages, and a sample of all rows to scale scores by."""
        assert self._passages is not None
        found = self._passages.nearest(vector, _APPROXIMATE_PASSAGES, documents=documents)
        wanted = [self._passage_rows[i] for i, _ in found if i in self._passage_rows]
        close = rows[np.isin(self.files.passage[rows], wanted)]
        sample = rows[:: max(1, len(rows) // _SAMPLE)]
        return np.union1d(close, sample)

    def _rows(self, documents: Sequence[int]) -> Rows:
        most = max((int(self.files.document.max()) if len(self.files) else 0), *documents, 0)
        wanted = np.zeros(most + 1, bool)
        wanted[list(documents)] = True
        return np.flatnonzero(wanted[self.files.document])

    def languages(self) -> tuple[str, ...]:
        """The languages of the statements."""
        return self._languages

    def _fused(self, rows: Rows, language: str, dense: Scores, lexical: Scores) -> Scores:
        scale_of = self._scale_of[rows]
        score = np.zeros(len(rows), np.float32)
        for number, scale in enumerate(self._scales):
            here = np.flatnonzero(scale_of == number)
            if not len(here):
                continue
            if near(language, scale):
                score[here] = standard(dense[here]) + LEXICAL_WEIGHT * standard(lexical[here])
            else:
                score[here] = FOREIGN_STRETCH * standard(dense[here])
        return score


def compared(vectors: Scores, vector: Scores) -> Scores:
    """Cosines, row by row: a product with the whole matrix waits for every core, tens of milliseconds on a busy machine."""
    found: Scores = np.vecdot(vectors, vector)
    return found


def highest(scores: Scores, limit: int) -> Rows:
    """Places of the `limit` highest scores, best first; of equal ones the first."""
    places: Rows = np.arange(len(scores))
    if limit < len(scores):
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        places = np.flatnonzero(scores >= least)
    return places[np.argsort(-scores[places], kind="stable")][:limit]


def standard(scores: Scores) -> Scores:
    """Standard scores: mean 0, deviation 1; all 0 where every score is the same."""
    deviation = float(scores.std()) if len(scores) else 0.0
    if deviation < 1e-9:
        return np.zeros_like(scores)
    result: Scores = (scores - scores.mean()) / deviation
    return result
