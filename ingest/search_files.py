"""What a query reads: vectors, n-gram postings and row numbers as plain arrays, mapped from disk.

Made from the store, one folder a generation, written beside the old one and then swapped in. Nothing here
cannot be made again.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
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


def write(store: Store) -> Path:
    """Makes the search files of the store's generation and removes older ones.

    Raises:
        DiskFull: there is no room for them; a query makes do without.
    """
    index, generation = store.folder, store.generation
    made = folder_of(index, generation)
    work = Path(tempfile.mkdtemp(prefix="making-", dir=index))
    try:
        for name, array in _arrays(store).items():
            np.save(work / f"{name}.npy", array)
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


def _arrays(store: Store) -> dict[str, npt.NDArray[np.generic]]:
    ids: list[tuple[int, int, int, int]] = []
    vectors: list[npt.NDArray[np.float16]] = []
    found: list[npt.NDArray[np.uint32]] = []
    languages: list[str] = []
    for statement, document, section, passage, language, vector, grams in store.search_rows():
        ids.append((statement, document, section, passage))
        languages.append(language)
        vectors.append(np.frombuffer(vector, np.float16))
        found.append(np.frombuffer(grams, np.uint32))
    dimension = int(store.meta("dimension") or 1)
    table = np.array(ids, np.int64).reshape(-1, 4)
    return {
        "vectors": np.array(vectors, np.float32).reshape(-1, dimension),
        "statement": table[:, 0].copy(),
        "document": table[:, 1].copy(),
        "section": table[:, 2].copy(),
        "passage": table[:, 3].copy(),
        "language": np.array(languages, "<U8"),
        **_postings(found),
    }


def _postings(found: list[npt.NDArray[np.uint32]]) -> dict[str, npt.NDArray[np.generic]]:
    count = len(found)
    lengths = np.array([len(f) for f in found], np.int64)
    grams = np.concatenate(found) if found else np.zeros(0, np.uint32)
    rows = np.repeat(np.arange(count, dtype=np.int32), lengths)
    frequency = np.bincount(grams, minlength=FEATURES)
    inverse = np.log((count + 1) / (frequency + 1.0)) + 1.0
    weights = np.where(frequency > 0, inverse**2, 0.0).astype(np.float32)
    norms = np.sqrt(np.bincount(rows, weights[grams], minlength=count)).astype(np.float32)
    if count > 1000:
        weights[frequency > _COMMON_SHARE * count] = 0.0
    kept = weights[grams] > 0
    grams, rows = grams[kept], rows[kept]
    order = np.argsort(grams, kind="stable")
    starts = np.zeros(FEATURES + 1, np.int64)
    np.cumsum(np.bincount(grams, minlength=FEATURES), out=starts[1:])
    return {"starts": starts, "postings": rows[order], "weights": weights, "norms": norms}


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
        arrays: dict[str, Any] = _arrays(store)
        return SearchFiles(generation=generation, **arrays)
