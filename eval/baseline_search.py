"""Searches for the baselines: BM25, one vector a chunk, and the pipeline a tutorial builds.

Chunks of 1,000 characters, as the tutorials have them; pages come as `ingest` reads them.
"""

from __future__ import annotations

import importlib
import math
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.errors import Unavailable
from eval.judge import Encode
from eval.pages import PageTexts
from eval.run import Search
from eval.standing import Standings
from eval.words import words

CHUNK, OVERLAP = 1_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of a page and whose it is."""

    plan_id: str
    version: str | None
    level: int | None
    file: str
    page: int | None
    text: str

    def as_passage(self, score: float) -> dict[str, object]:
        return {
            "plan_id": self.plan_id,
            "version": self.version,
            "level": self.level,
            "file": self.file,
            "page": self.page,
            "text": self.text,
            "score": round(score, 4),
        }


def chunks(
    pages: PageTexts, standings: Standings | None, split: Callable[[str], Sequence[str]] | None = None
) -> list[Chunk]:
    """The chunks of every page; a file that the register does not name is a plan of its own name."""
    owners = standings.owners() if standings else {}
    found: list[Chunk] = []
    for file in sorted(pages):
        plan_id, version, level = owners.get(file, (file, None, None))
        for number, text in pages[file].texts:
            found.extend(
                Chunk(plan_id=plan_id, version=version, level=level, file=file, page=number, text=piece)
                for piece in (split or by_length)(text)
                if piece.strip()
            )
    return found


def by_length(text: str, size: int = CHUNK, overlap: int = OVERLAP) -> list[str]:
    """Pieces of at most `size` characters that end between words and overlap."""
    pieces, start = [], 0
    while start < len(text):
        end = min(len(text), start + size)
        if end < len(text):
            cut = max(text.rfind(" ", start + overlap, end), text.rfind("\n", start + overlap, end))
            end = cut if cut > start + overlap else end
        pieces.append(text[start:end].strip())
        if end == len(text):
            break
        start = max(end - overlap, start + 1)
    return pieces


_SNOWBALL = {
    "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "sv": "swedish", "da": "danish", "en": "english",
    "de": "german", "fi": "finnish", "nl": "dutch", "fr": "french",
}  # fmt: skip


class BM25:
    """Okapi BM25 (Robertson et al. 1994), k1 = 1.2, b = 0.75, Lucene's idf, over Snowball stems.

    `language` is that of the texts; words are taken whole where Snowball has no stemmer for it.
    """

    def __init__(self, texts: Sequence[str], language: str = "nb", k1: float = 1.2, b: float = 0.75) -> None:
        self._terms = _terms_of(language)
        counted = [Counter(self._terms(text)) for text in texts]
        lengths = np.array([counts.total() for counts in counted] or [0], dtype=np.float64)
        self._k1 = k1
        self._norm = k1 * (1 - b + b * lengths / max(1.0, float(lengths.mean())))
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, counts in enumerate(counted):
            for word, count in counts.items():
                self._postings[word].append((place, count))
        self._n = len(counted)

    def scores(self, query: str) -> npt.NDArray[np.float64]:
        """One score a text; 0 where no word is shared."""
        found = np.zeros(max(1, self._n))
        for word in self._terms(query):
            postings = self._postings.get(word)
            if not postings:
                continue
            idf = math.log(1 + (self._n - len(postings) + 0.5) / (len(postings) + 0.5))
            for place, count in postings:
                found[place] += idf * count * (self._k1 + 1) / (count + self._norm[place])
        return found[: self._n]

    def top(self, query: str, k: int) -> list[tuple[int, float]]:
        """The `k` best (place, score), only those that share a word."""
        scores = self.scores(query)
        order = np.argsort(-scores, kind="stable")[:k]
        return [(int(place), float(scores[place])) for place in order if scores[place] > 0]


def _terms_of(language: str) -> Callable[[str], Sequence[str]]:
    import Stemmer

    name = _SNOWBALL.get(language)
    if name is None:
        return words
    stemmer: Any = Stemmer.Stemmer(name)

    def terms(text: str) -> Sequence[str]:
        return list(stemmer.stemWords(list(words(text))))

    return terms


def bm25_search(made: Sequence[Chunk], language: str = "nb") -> Search:
    """BM25 over chunks of one language."""
    index = BM25([chunk.text for chunk in made], language)

    def search(question: dict[str, object], k: int) -> list[Mapping[str, object]]:
        return [made[place].as_passage(score) for place, score in index.top(str(question["question"]), k)]

    return search


def dense_search(made: Sequence[Chunk], encode_passages: Encode, encode_queries: Encode) -> Search:
    """One vector a chunk, by cosine."""
    vectors = encode_passages([chunk.text for chunk in made])

    def search(question: dict[str, object], k: int) -> list[Mapping[str, object]]:
        scores = vectors @ encode_queries([str(question["question"])])[0]
        order = np.argsort(-scores, kind="stable")[:k]
        return [made[int(place)].as_passage(float(scores[place])) for place in order]

    return search


def tutorial_search(
    pages: PageTexts, standings: Standings | None, encode_passages: Encode, encode_queries: Encode
) -> Search:
    """RecursiveCharacterTextSplitter at 1,000 characters, Chroma, the same encoder.

    Raises:
        Unavailable: LangChain's splitters or Chroma are not installed.
    """
    made = chunks(pages, standings, _recursive_splitter())
    collection = _chroma(made, encode_passages)

    def search(question: dict[str, object], k: int) -> list[Mapping[str, object]]:
        found: Any = collection.query(
            query_embeddings=encode_queries([str(question["question"])]), n_results=k, include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [made[int(place)].as_passage(1.0 - float(distance)) for place, distance in pairs]

    return search


def _recursive_splitter() -> Callable[[str], list[str]]:
    try:
        splitters = importlib.import_module("langchain_text_splitters")
    except ImportError as error:
        raise Unavailable(
            "the tutorial baseline needs LangChain's splitters; run: pip install langchain-text-splitters"
        ) from error
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)

    def split(text: str) -> list[str]:
        return list(splitter.split_text(text))

    return split


def _chroma(made: Sequence[Chunk], encode_passages: Encode) -> Any:
    try:
        import chromadb
        from chromadb.config import Settings
    except ImportError as error:
        raise Unavailable("the tutorial baseline needs Chroma; run: pip install chromadb") from error
    client = chromadb.EphemeralClient(settings=Settings(anonymized_telemetry=False, allow_reset=False))
    # Clients of one process share their collections.
    collection = client.create_collection(
        f"tutorial-{uuid.uuid4().hex}", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    for start in range(0, len(made), 5_000):
        part = made[start : start + 5_000]
        collection.add(
            ids=[str(start + place) for place in range(len(part))],
            embeddings=encode_passages([chunk.text for chunk in part]),
        )
    return collection
