"""A published retrieval set as BEIR folders have them, and a sample of it that is cheap to encode."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import DatasetError
from eval.importers import read_qrels, rows_of_jsonl
from ingest.language import detect

_SAMPLED_TEXTS = 50
"""Texts enough to tell a set's language by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSet:
    """Passages by id in `language`, questions by id asked in `asked_in`, grades by question and passage."""

    name: str
    language: str
    asked_in: str
    passages: Mapping[str, str]
    questions: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def read_sets(folder: Path, language: str | None = None) -> list[OutsideSet]:
    """A set for each language that the queries are in; only questions with a relevant passage.

    `language` is that of the passages, told from their words where it is not given.

    Raises:
        DatasetError: the folder is no BEIR folder, or its qrels name none of its questions.
    """
    passages = {_id(row): _text(row) for _, row in rows_of_jsonl(folder / "corpus.jsonl")}
    spoken = language or detect("\n".join(list(passages.values())[:_SAMPLED_TEXTS]))
    qrels = {
        query_id: kept
        for query_id, grades in read_qrels(folder).items()
        if (kept := {each: grade for each, grade in grades.items() if grade > 0 and each in passages})
    }
    asked: dict[str, dict[str, str]] = {}
    for _, row in rows_of_jsonl(folder / "queries.jsonl"):
        if _id(row) in qrels:
            asked.setdefault(str(row.get("lang") or spoken), {})[_id(row)] = str(row.get("text") or "")
    if not asked:
        raise DatasetError(f"{folder}: qrels.tsv names no question of queries.jsonl with a passage to find")
    return [
        OutsideSet(
            name=folder.name,
            language=spoken,
            asked_in=each,
            passages=passages,
            questions=questions,
            qrels={query_id: qrels[query_id] for query_id in questions},
        )
        for each, questions in sorted(asked.items())
    ]


def sample(whole: OutsideSet, questions: int, passages: int, seed: int = 0) -> OutsideSet:
    """`questions` of the questions with every passage that answers them, filled up with others to `passages`."""
    rng = random.Random(seed)
    ids = sorted(whole.questions)
    chosen = rng.sample(ids, min(questions, len(ids)))
    wanted = {each for query_id in chosen for each in whole.qrels[query_id]}
    rest = sorted(set(whole.passages) - wanted)
    kept = wanted | set(rng.sample(rest, min(len(rest), max(0, passages - len(wanted)))))
    return OutsideSet(
        name=whole.name,
        language=whole.language,
        asked_in=whole.asked_in,
        passages={each: text for each, text in whole.passages.items() if each in kept},
        questions={query_id: whole.questions[query_id] for query_id in sorted(chosen)},
        qrels={query_id: whole.qrels[query_id] for query_id in chosen},
    )


def _id(row: Mapping[str, object]) -> str:
    return str(row.get("_id", row.get("id", "")))


def _text(row: Mapping[str, object]) -> str:
    parts = (str(row.get(key) or "").strip() for key in ("title", "text"))
    return "\n\n".join(part for part in parts if part)
