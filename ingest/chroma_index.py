"""The vectors in Chroma: one a passage, the mean of its statements. The only file that knows Chroma.

Serves candidates where there are more statements than a scan of all of them is good for, and whoever wants to
query the index with Chroma's own tools. It is made from the store and can be thrown away. One process at a
time may have it open; it is never served over a network.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed import Vectors
from ingest.errors import DiskFull, IndexDamaged, IngestError
from ingest.store import Store

_FOLDER = "chroma"
_BATCH = 5_000
"""Below Chroma's own limit of 5,461 rows a call."""
_LITTLE_ROOM = 64_000_000
"""Bytes; a write of the largest batch takes a third of it."""


class ChromaPassages:
    """Passages of one index in a Chroma collection, by cosine similarity."""

    def __init__(self, index: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(
            str(index / _FOLDER), settings=Settings(anonymized_telemetry=False, allow_reset=False)
        )
        self._collection = self._client.get_or_create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def count(self) -> int:
        return int(self._collection.count())

    def ids(self) -> set[str]:
        found: dict[str, Any] = dict(self._collection.get(include=[]))
        return set(found["ids"])

    def put(self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            self._collection.upsert(
                ids=list(ids[part]), embeddings=vectors[part], metadatas=list(metadatas[part])
            )

    def remove(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def nearest(
        self, vector: Vectors, k: int, *, documents: Sequence[int] | None = None
    ) -> list[tuple[str, float]]:
        """The `k` passages nearest a query vector, as (passage id, cosine similarity), best first."""
        where: Any = {"document_id": {"$in": [int(d) for d in documents]}} if documents is not None else None
        found = self._collection.query(
            query_embeddings=vector.reshape(1, -1), n_results=k, where=where, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]


def update(store: Store, index: Path) -> None:
    """Brings the collection to what the store holds: puts what is missing, removes what is gone.

    Raises:
        DiskFull, IndexDamaged: Chroma could not write; everything is in the store and can be made again.
    """
    from chromadb.errors import ChromaError

    try:
        _bring_up_to_date(store, index)
    except ChromaError as error:
        raise _translated(error, index) from error


def _translated(error: Exception, index: Path) -> IngestError:
    """Chroma names a full disk only sometimes; a disk with next to no room left is called full too."""
    folder = index / _FOLDER
    if "full" in str(error) or shutil.disk_usage(index).free < _LITTLE_ROOM:
        return DiskFull(
            f"no space left while writing {folder}; what was committed stands: make room and run again"
        )
    return IndexDamaged(f"{folder} cannot be written ({error}); run: hjemmel doctor --repair")


def _bring_up_to_date(store: Store, index: Path) -> None:
    passages = ChromaPassages(index)
    wanted = {pid: (row, document) for row, pid, document in store.all_passages()}
    held = passages.ids()
    passages.remove(sorted(held - wanted.keys()))
    missing = wanted.keys() - held
    if missing:
        _put(store, passages, {wanted[p][0]: (p, wanted[p][1]) for p in missing})


def _put(store: Store, passages: ChromaPassages, missing: dict[int, tuple[str, int]]) -> None:
    sums: dict[int, Any] = {}
    for _, _, _, row, _, vector, _ in store.search_rows():
        if row in missing:
            sums[row] = sums.get(row, 0) + np.frombuffer(vector, np.float16).astype(np.float32)
    rows = [row for row in sorted(missing) if row in sums]
    if not rows:
        return
    vectors = np.array([sums[row] for row in rows], np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    documents = {d.document_id: d for d in store.documents()}
    metadatas = []
    for row in rows:
        document = documents[missing[row][1]]
        metadatas.append(
            {
                "municipality": document.municipality_id,
                "plan": document.plan_id,
                "file": document.file,
                "language": document.language,
                "document_id": document.document_id,
            }
        )
    passages.put([missing[row][0] for row in rows], vectors, metadatas)


def rebuild(store: Store, index: Path) -> None:
    """Throws the collection away and makes it anew from the store."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()  # a client of this process would go on with the removed files
    shutil.rmtree(index / _FOLDER, ignore_errors=True)
    update(store, index)


def check(store: Store, index: Path) -> None:
    """Whether every passage of the store is reachable by vector; call it in a child process.

    Raises:
        IndexDamaged: fewer than 99.5 % are (HNSW is approximate), or the collection cannot be read.
    """
    passages = ChromaPassages(index)
    wanted = len(store.all_passages())
    reachable = 0
    if wanted:
        probe = np.ones((1, int(store.meta("dimension") or 1)), np.float32)
        reachable = len(passages.nearest(probe, wanted))
    if reachable < wanted * 0.995:
        raise IndexDamaged(
            f"{index / _FOLDER}: {reachable} of {wanted} passages are reachable by vector;"
            " run: hjemmel doctor --repair"
        )
