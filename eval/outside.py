"""The search on published sets: `python -m eval.outside FOLDER …`, a BEIR folder each.

Five ways to rank the same passages, in one run: BM25; one vector a passage; the two fused by equal reciprocal
ranks; our fusion over the passages' vectors; and our search as it is shipped, passages read into statements with
a vector and n-grams each, a passage ranked by its best. Questions and passages are a sample, the same for every
encoder; vectors are kept in a folder, so that only another encoder or sample is encoded again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.ask import CANDIDATES
from assistant.retrieve import Retriever
from eval.baseline_search import BM25
from eval.errors import EvalError
from eval.measures.intervals import bootstrap
from eval.measures.retrieval import ndcg_at
from eval.measures.significance import paired_bootstrap
from eval.outside_set import OutsideSet, read_sets, sample
from ingest import search_files
from ingest.embed import Encoder
from ingest.load.text import bare_lines
from ingest.ngrams import features
from ingest.plans import LoadedDocument, Page, Reading
from ingest.read import embedded_text, read_document

DEPTH = 10
QUESTIONS, PASSAGES = 300, 800
_RRF_K = 60
"""Cormack, Clarke and Büttcher 2009."""
BASES = ("BM25", "dense", "equal RRF")
OURS, SHIPPED = "our fusion", "as shipped"

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
Ranking = Callable[[str, Vectors], list[str]]
"""A question and its vector to passage ids, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """nDCG@10 of one way to rank, with its 95 % interval; `gain` over BM25 and over the vectors, paired."""

    way: str
    ndcg: float
    low: float
    high: float
    gain: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    name: str
    asked_in: str
    language: str
    encoder: str
    questions: int
    passages: int
    ways: tuple[Measured, ...]


def measure(given: OutsideSet, encoder: Encoder, vectors: Path) -> Outside:
    """Ranks the passages for every question in each way."""
    texts = list(given.passages.values())
    asked = list(given.questions.values())
    keep = Kept(vectors, encoder.name)
    whole = keep.encoded("passage", texts, encoder.encode_passages)
    queries = keep.encoded("query", asked, encoder.encode_queries)
    owners, said = statements(texts, given.language)
    shipped = keep.encoded("passage", said, encoder.encode_passages)
    ways: dict[str, Ranking] = {
        **_bases(given, whole),
        OURS: fused(given, encoder, texts, whole, list(range(len(texts)))),
        SHIPPED: fused(given, encoder, said, shipped, owners),
    }
    scores = {
        way: [
            ndcg_at(DEPTH, rank(text, vector)[:DEPTH], given.qrels[query_id]) or 0.0
            for (query_id, text), vector in zip(given.questions.items(), queries, strict=True)
        ]
        for way, rank in ways.items()
    }
    return Outside(
        name=given.name,
        asked_in=given.asked_in,
        language=given.language,
        encoder=encoder.name,
        questions=len(asked),
        passages=len(texts),
        ways=tuple(_measured(way, scores) for way in ways),
    )


def _measured(way: str, scores: Mapping[str, Sequence[float]]) -> Measured:
    own = scores[way]
    low, high = bootstrap(own, seed=0)
    gain = {}
    for base in ("BM25", "dense"):
        paired = paired_bootstrap(scores[base], own, seed=0)
        gain[base] = (paired.mean, paired.low, paired.high)
    return Measured(way=way, ndcg=float(np.mean(own)), low=low, high=high, gain=gain)


# --- ways to rank ---------------------------------------------------------------------------


def _bases(given: OutsideSet, vectors: Vectors) -> dict[str, Ranking]:
    ids = list(given.passages)
    index = BM25(list(given.passages.values()), given.language)

    def bm25(text: str, _vector: Vectors) -> list[str]:
        return [ids[place] for place, _ in index.top(text, len(ids))]

    def dense(_text: str, vector: Vectors) -> list[str]:
        return [ids[place] for place in np.argsort(-np.vecdot(vectors, vector), kind="stable")]

    def equal(text: str, vector: Vectors) -> list[str]:
        return reciprocal([bm25(text, vector), dense(text, vector)])

    return dict(zip(BASES, (bm25, dense, equal), strict=True))


def reciprocal(rankings: Sequence[Sequence[str]]) -> list[str]:
    """Reciprocal rank fusion, every ranking counting the same."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, each in enumerate(ranking, 1):
            scores[each] = scores.get(each, 0.0) + 1 / (_RRF_K + rank)
    return sorted(scores, key=lambda each: -scores[each])


def fused(
    given: OutsideSet, encoder: Encoder, texts: Sequence[str], vectors: Vectors, owners: Sequence[int]
) -> Ranking:
    """Our search over units of text; `owners` are the places of the passages they are of."""
    ids = list(given.passages)
    retriever = Retriever(_search_files(texts, vectors, owners, given.language), encoder)
    documents = range(len(ids))

    def rank(text: str, vector: Vectors) -> list[str]:
        limit = max(CANDIDATES, DEPTH * 8)
        hits = retriever.retrieve(text, vector, given.asked_in, documents=documents, limit=limit)
        return list(dict.fromkeys(ids[owners[hit.row]] for hit in hits))

    return rank


def _search_files(
    texts: Sequence[str], vectors: Vectors, owners: Sequence[int], language: str
) -> search_files.SearchFiles:
    rows = (
        (place, owner, 0, owner, language, vector.astype(np.float16).tobytes(), features(text).tobytes())
        for place, (text, vector, owner) in enumerate(zip(texts, vectors, owners, strict=True))
    )
    with tempfile.TemporaryDirectory(prefix="hjemmel-outside-") as folder:
        search_files.write_rows(Path(folder), 1, rows, vectors.shape[1])
        return search_files.load(Path(folder), 1)


def statements(texts: Sequence[str], language: str) -> tuple[list[int], list[str]]:
    """What an ingest reads out of each passage: the place of its passage, and the words that get a vector."""
    owners, said = [], []
    for place, text in enumerate(texts):
        page = Page(None, None, text, bare_lines(text))
        loaded = LoadedDocument(media_type="text/plain", reading=Reading.OK, pages=(page,))
        read = read_document(loaded, str(place), language=language, is_law=False)
        found = [embedded_text(each) for each in read.statements] or [text]
        owners += [place] * len(found)
        said += found
    return owners, said


@dataclass(frozen=True, slots=True)
class Kept:
    """Vectors in a folder, by encoder and texts."""

    folder: Path
    encoder: str

    def encoded(self, kind: str, texts: Sequence[str], encode: Encode) -> Vectors:
        key = hashlib.sha256("\0".join((self.encoder, kind, *texts)).encode()).hexdigest()[:24]
        path = self.folder / f"{key}.npy"
        if path.exists():
            kept: Vectors = np.load(path, allow_pickle=False)
            return kept
        made = encode(texts)
        self.folder.mkdir(parents=True, exist_ok=True)
        np.save(path, made)
        return made


# --- telling --------------------------------------------------------------------------------


def as_table(found: Sequence[Outside]) -> str:
    """A Markdown table of nDCG@10, a set a row."""
    lines = [
        f"| question → text | n | {' | '.join((*BASES, OURS, SHIPPED))} | as shipped − BM25 | − dense |",
        "| --- " * (len(BASES) + 6) + "|",
    ]
    for each in found:
        cells = [f"{way.ndcg:.3f} ({way.low:.3f}–{way.high:.3f})" for way in each.ways]
        gains = [
            f"{mean:+.3f} ({low:+.3f} to {high:+.3f})" for mean, low, high in each.ways[-1].gain.values()
        ]
        name = f"{each.name}, {each.asked_in} → {each.language}"
        lines.append(f"| {' | '.join((name, f'{each.questions} of {each.passages}', *cells, *gains))} |")
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        found = list(_measured_sets(given))
    except EvalError as error:
        sys.stderr.write(f"eval.outside: {error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps([asdict(each) for each in found]) + "\n")
    else:
        sys.stdout.write(as_table(found) + f"\nEncoder: {found[0].encoder}\n")
    return 0


def _measured_sets(given: argparse.Namespace) -> list[Outside]:
    from eval.contestants import default_encoder

    encoder, found = default_encoder(), []
    for folder in given.folders:
        for whole in read_sets(folder, given.language):
            if given.asked_in in {None, whole.asked_in}:
                chosen = sample(whole, given.questions, given.passages, given.seed)
                found.append(measure(chosen, encoder, given.vectors))
                sys.stderr.write(as_table(found[-1:]).splitlines()[-1] + "\n")
    if not found:
        raise EvalError(f"no question is asked in {given.asked_in!r}; leave --asked-in out to see which are")
    return found


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m eval.outside", description=str(__doc__).partition("\n")[0])
    made.add_argument(
        "folders", type=Path, nargs="+", metavar="FOLDER", help="corpus.jsonl, queries.jsonl, qrels"
    )
    made.add_argument("--language", metavar="CODE", help="of the passages; default: told from their words")
    made.add_argument("--asked-in", metavar="CODE", help="only questions in this language")
    made.add_argument("--questions", type=int, default=QUESTIONS, metavar="N")
    made.add_argument("--passages", type=int, default=PASSAGES, metavar="N")
    made.add_argument("--seed", type=int, default=0, help="of the sample")
    made.add_argument(
        "--vectors", type=Path, default=Path("eval-runs/vectors"), metavar="DIR", help="kept here"
    )
    made.add_argument("--json", action="store_true", help="one JSON array on stdout")
    return made


if __name__ == "__main__":
    sys.exit(main())
