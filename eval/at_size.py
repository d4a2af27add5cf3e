"""How long a search takes, and what it costs, as an index grows: `python -m eval.at_size`.

Made-up statements, the real search. Each size is built in one process and searched in another, so that the
memory of the two is told apart; a question is searched for as the assistant does, among the texts in force and
among the others. Beside it, how long the encoder takes for a question of the bundled ones.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.ask import CANDIDATES
from assistant.retrieve import Hit, Retriever
from eval import made_up
from eval.size_plot import size_svg
from ingest import search_files

SIZES = (5_000, 50_000, 250_000)
QUERIES, WARM_UP, ROUNDS = 100, 10, 3
"""Every question is asked in every round and its fastest counts: what other programs did meanwhile is not measured."""
_GENERATION = 1
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSize:
    """Milliseconds a question; megabytes resident at most, mapped files included."""

    statements: int
    documents: int
    p50_ms: float
    p95_ms: float
    open_ms: float
    query_mb: float
    build_s: float
    build_mb: float
    disk_mb: float


class NoEncoder:
    """Stands where the encoder does: made-up questions bring their vectors."""

    name, dimension = "none", made_up.DIMENSION

    def encode_queries(self, texts: Sequence[str]) -> made_up.Vectors:
        raise NotImplementedError(f"{len(texts)} made-up questions bring their vectors")

    encode_passages = encode_queries


def measure(count: int, asked: int = QUERIES) -> AtSize:
    """Builds and searches one size, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="hjemmel-size-") as name:
        folder = Path(name)
        build_s, build_mb = _apart(built, folder, count)
        open_ms, taken, query_mb = _apart(searched, folder, count, asked)
        disk = sum(each.stat().st_size for each in folder.rglob("*.npy"))
    p50, p95 = np.percentile(taken, (50, 95))
    return AtSize(
        statements=count,
        documents=sum(map(len, made_up.documents(count))),
        p50_ms=float(p50),
        p95_ms=float(p95),
        open_ms=open_ms,
        query_mb=query_mb,
        build_s=build_s,
        build_mb=build_mb,
        disk_mb=disk / 2**20,
    )


def built(folder: Path, count: int) -> tuple[float, float]:
    """Writes the search files; seconds without the making up, and megabytes beside what was made up."""
    made = list(made_up.rows(count))
    before, started = resident_mb(), time.perf_counter()
    search_files.write_rows(folder, _GENERATION, made, made_up.DIMENSION)
    return time.perf_counter() - started, resident_mb(most=True) - before


def searched(folder: Path, count: int, asked: int) -> tuple[float, list[float], float]:
    """Milliseconds to open, and of each question at its fastest; megabytes."""
    started = time.perf_counter()
    retriever = Retriever(search_files.load(folder, _GENERATION), NoEncoder())
    opened = 1000 * (time.perf_counter() - started)
    governing, others = made_up.documents(count)
    for question in made_up.questions(WARM_UP):
        find(retriever, question, governing, others)
    questions = made_up.questions(asked, seed=2)
    taken = [float("inf")] * asked
    for _ in range(ROUNDS):
        for place, question in enumerate(questions):
            started = time.perf_counter()
            find(retriever, question, governing, others)
            taken[place] = min(taken[place], 1000 * (time.perf_counter() - started))
    return opened, taken, resident_mb(most=True)


def find(
    retriever: Retriever, question: made_up.Asked, governing: Sequence[int], others: Sequence[int]
) -> list[Hit]:
    """What one question to the assistant searches for."""
    text, vector, language = question
    hits = retriever.retrieve(text, vector, language, documents=governing, limit=CANDIDATES)
    return hits + retriever.retrieve(text, vector, language, documents=others, limit=CANDIDATES // 4)


def encoding_ms(asked: int = QUERIES) -> tuple[float, float]:
    """p50 and p95 of encoding one question, of the bundled municipality's."""
    from eval.commands import dataset_at
    from eval.contestants import default_encoder

    encoder = default_encoder()
    asked_texts = [each.question for each in dataset_at("skogvang").questions[:asked]]
    encoder.encode_queries(asked_texts[:WARM_UP])
    taken = [float("inf")] * len(asked_texts)
    for _ in range(ROUNDS):
        for place, text in enumerate(asked_texts):
            started = time.perf_counter()
            encoder.encode_queries([text])
            taken[place] = min(taken[place], 1000 * (time.perf_counter() - started))
    p50, p95 = np.percentile(taken, (50, 95))
    return float(p50), float(p95)


def resident_mb(*, most: bool = False) -> float:
    """Memory of this process, now or at most so far; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    wanted = "VmHWM:" if most else "VmRSS:"
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(wanted)), 0.0)


def _apart(work: Callable[..., T], *given: object) -> T:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


# --- telling --------------------------------------------------------------------------------


def as_table(found: Sequence[AtSize]) -> str:
    """A Markdown table, a size a row."""
    lines = [
        "| statements | documents | search p50 | p95 | open | memory | on disk | search files made in | memory |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {a.statements:,} | {a.documents:,} | {a.p50_ms:.1f} ms | {a.p95_ms:.1f} ms | {a.open_ms:.0f} ms"
        f" | {a.query_mb:.0f} MB | {a.disk_mb:.0f} MB | {a.build_s:.1f} s | {a.build_mb:.0f} MB |"
        for a in found
    ]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    found = []
    for count in given.sizes:
        found.append(measure(count, given.queries))
        sys.stderr.write(f"{count:,} statements: p95 {found[-1].p95_ms:.1f} ms\n")
    encoding = None if given.no_encoder else encoding_ms(given.queries)
    if given.svg is not None:
        points = [(each.statements, each.p50_ms, each.p95_ms) for each in found]
        given.svg.write_text(size_svg(points, encoding), encoding="utf-8")
    if given.json:
        content = {
            "sizes": [asdict(each) for each in found],
            "encoding_ms": encoding,
            "cores": os.cpu_count(),
        }
        sys.stdout.write(json.dumps(content) + "\n")
        return 0
    sys.stdout.write(as_table(found))
    if encoding is not None:
        sys.stdout.write(f"\nEncoding a question: p50 {encoding[0]:.1f} ms, p95 {encoding[1]:.1f} ms.\n")
    return 0


def _sizes(text: str) -> list[int]:
    try:
        return [int(each) for each in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: write sizes as 5000,50000") from None


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m eval.at_size", description=str(__doc__).partition("\n")[0])
    made.add_argument("--sizes", type=_sizes, default=list(SIZES), metavar="N,N", help="statements")
    made.add_argument("--queries", type=int, default=QUERIES, metavar="N", help="questions a size")
    made.add_argument("--svg", type=Path, metavar="FILE", help="write the curve there")
    made.add_argument("--no-encoder", action="store_true", help="leave the encoder out")
    made.add_argument("--json", action="store_true", help="one JSON object on stdout")
    return made


if __name__ == "__main__":
    sys.exit(main())
