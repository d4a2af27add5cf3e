"""What a query reads: vectors, n-gram postings and row numbers as plain arrays, mapped from disk.

Made from the store, one folder a generation, written beside the old one and then swapped in. Nothing here
cannot be made again.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import DiskFull
from ingest.ngrams import FEATURES, features
from ingest.store import Store

_PREFIX = "search-"
_COMMON_SHARE = 0.25
"""N-grams in more than this share of statements say nothing and are left out."""

_GRAM_BYTES = 4
_ROW_BITS = np.uint64(32)
_SOME_KEYS = 1 << 22
"""Keys looked at together, so that no copy of all of them is needed."""


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """Row i of every array is the same statement.

    `vectors` (n, dimension) float32 of length 1; `statement`, `document`, `section`, `passage` (n,) ids in the
    store; `language` (n,) codes; `starts` (FEATURES + 1,), `postings`: the rows holding each n-gram;
    `weights` (FEATURES,) squared inverse document frequency; `norms` (n,) lengths of the statements' n-gram vectors.
    """

    generation: int
    vectors: npt.NDArray[np.float32]
    statement: npt.NDArray[np.int64]
    document: npt.NDArray[np.int64]
    section: npt.NDArray[np.int64]
    passage: npt.NDArray[np.int64]
    language: npt.NDArray[np.str_]
    starts: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    norms: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.statement)

    def lexical(self, text: str) -> npt.NDArray[np.float32]:
        """Cosine between the n-grams of `text` and those of every row, weighted by rarity."""
        wanted = features(text)
        weights = self.weights[wanted]
        present = weights > 0
        wanted, weights = wanted[present], weights[present]
        scores = np.zeros(len(self), np.float32)
        if not len(wanted):
            return scores
        parts = [self.postings[self.starts[f] : self.starts[f + 1]] for f in wanted]
        counts = np.array([len(p) for p in parts])
        rows = np.concatenate(parts)
        scores += np.bincount(rows, np.repeat(weights, counts), minlength=len(self))
        length = float(np.sqrt(weights.sum()))
        result: npt.NDArray[np.float32] = scores / (self.norms * length + 1e-9)
        return result


def folder_of(index: Path, generation: int) -> Path:
    return index / f"{_PREFIX}{generation}"


Row = tuple[int, int, int, int, str, bytes, bytes]
"""Statement, document, section, passage, language, vector (float16) and n-grams (uint32) of one statement."""


def write(store: Store) -> Path:
    """Makes the search files of the store's generation and removes older ones.

    Raises:
        DiskFull: there is no room for them; a query makes do without.
    """
    return write_rows(store.folder, store.generation, store.search_rows(), _dimension(store))


def write_rows(index: Path, generation: int, rows: Iterable[Row], dimension: int) -> Path:
    """Makes the search files of a generation out of its rows, and removes older ones.

    Raises:
        DiskFull: there is no room for them; a query makes do without.
    """
    made = folder_of(index, generation)
    work = Path(tempfile.mkdtemp(prefix="making-", dir=index))
    try:
        for name, values in _arrays(rows, dimension):
            np.save(work / f"{name}.npy", values)
        shutil.rmtree(made, ignore_errors=True)
        work.rename(made)
    except OSError as error:
        if not _is_lack_of_room(error):
            raise
        raise DiskFull(
            f"no space left while writing {made}; what was committed stands: make room and run again"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for old in index.glob(f"{_PREFIX}*"):
        if old != made:
            shutil.rmtree(old, ignore_errors=True)
    return made


def _is_lack_of_room(error: OSError) -> bool:
    """numpy tells a write that was cut short without the system's error number."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "requested and" in str(error)


def _dimension(store: Store) -> int:
    return int(store.meta("dimension") or 1)


def _arrays(rows: Iterable[Row], dimension: int) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
    """The arrays by name, the largest made and let go one after another."""
    ids, lengths = array("q"), array("q")
    vectors, grams = bytearray(), bytearray()
    languages: list[str] = []
    for statement, document, section, passage, language, vector, found in rows:
        ids.extend((statement, document, section, passage))
        languages.append(language)
        vectors += vector
        grams += found
        lengths.append(len(found) // _GRAM_BYTES)
    yield "vectors", np.frombuffer(vectors, np.float16).astype(np.float32).reshape(-1, dimension)
    vectors.clear()
    table = np.array(ids, np.int64).reshape(-1, 4)
    for column, name in enumerate(("statement", "document", "section", "passage")):
        yield name, table[:, column].copy()
    yield "language", np.array(languages, "<U8")
    yield from _postings(np.frombuffer(grams, np.uint32), np.array(lengths, np.int64)).items()


def _postings(
    grams: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.generic]]:
    """`grams` of all statements one after another, `lengths` of each statement's share of them."""
    count = len(lengths)
    # N-gram above, row below, in one number: sorted, every n-gram's rows lie together and ascend.
    keys = grams.astype(np.uint64)
    keys <<= _ROW_BITS
    keys |= np.repeat(np.arange(count, dtype=np.uint64), lengths)
    keys.sort()
    starts = np.searchsorted(keys, np.arange(FEATURES + 1, dtype=np.uint64) << _ROW_BITS)
    frequency = np.diff(starts)
    inverse = np.log((count + 1) / (frequency + 1.0)) + 1.0
    weights = np.where(frequency > 0, inverse**2, 0.0).astype(np.float32)
    norms = _norms(keys, weights, count)
    postings = keys.astype(np.uint32).view(np.int32)
    del keys
    if count > 1000:
        common = frequency > _COMMON_SHARE * count
        weights[common] = 0.0
        postings = postings[np.repeat(~common, frequency)]
        starts = np.concatenate([[0], np.cumsum(np.where(common, 0, frequency))])
    return {"starts": starts.astype(np.int64), "postings": postings, "weights": weights, "norms": norms}


def _norms(
    keys: npt.NDArray[np.uint64], weights: npt.NDArray[np.float32], count: int
) -> npt.NDArray[np.float32]:
    squared = np.zeros(count)
    for start in range(0, len(keys), _SOME_KEYS):
        part = keys[start : start + _SOME_KEYS]
        rows = part.astype(np.uint32)
        squared += np.bincount(rows, weights[part >> _ROW_BITS], minlength=count)
    return np.sqrt(squared).astype(np.float32)


def exists(store: Store) -> bool:
    return folder_of(store.folder, store.generation).exists()


def load(index: Path, generation: int) -> SearchFiles:
    """Opens the arrays of a generation without reading them.

    Raises:
        OSError, ValueError: they are missing or damaged; write them again from the store.
    """
    folder = folder_of(index, generation)
    names = [n for n in SearchFiles.__dataclass_fields__ if n != "generation"]
    # As plain arrays, still mapped: a slice of a memmap makes a new memmap, hundreds a question.
    arrays = {n: np.asarray(np.load(folder / f"{n}.npy", mmap_mode="r", allow_pickle=False)) for n in names}
    rows = {
        len(arrays[n])
        for n in ("vectors", "statement", "document", "section", "passage", "language", "norms")
    }
    if len(rows) != 1 or len(arrays["starts"]) != FEATURES + 1:
        raise ValueError(f"{folder}: arrays do not belong together")
    return SearchFiles(generation=generation, **arrays)


def load_or_write(index: Path, store: Store, generation: int) -> SearchFiles:
    """Opens the arrays of a generation; makes them from the store where they are missing or damaged.

    On a disk that is full or may not be written to they are made in memory, so that questions are answered.
    """
    try:
        return load(index, generation)
    except (OSError, ValueError):
        pass
    try:
        write(store)
        return load(index, generation)
    except (DiskFull, OSError):
        arrays: dict[str, Any] = dict(_arrays(store.search_rows(), _dimension(store)))
        return SearchFiles(generation=generation, **arrays)
