"""A dataset folder written from its values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from eval.dataset import Dataset, Evidence, Expected, GoldPlan, Question


def described(dataset: Dataset) -> dict[str, object]:
    """What `dataset.yaml` says, as it stands in the file."""
    read: dict[str, object] = yaml.safe_load(
        (dataset.folder / "dataset.yaml").read_text(encoding="utf-8-sig")
    )
    return read


def write_dataset(
    folder: Path,
    described: Mapping[str, object],
    questions: Sequence[Question],
    evidence: Sequence[Evidence],
) -> None:
    """Writes a dataset folder; an existing one is replaced file by file."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    described_text = yaml.safe_dump(dict(described), allow_unicode=True, sort_keys=False)
    (folder / "dataset.yaml").write_text(described_text, encoding="utf-8")
    _write_jsonl(folder / "queries.jsonl", [question_to(each) for each in questions])
    _write_jsonl(folder / "qrels" / "quotes.jsonl", [evidence_to(each) for each in evidence])


def _write_jsonl(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")


def question_to(question: Question) -> dict[str, object]:
    """One line of `queries.jsonl`."""
    expected = question.expected
    return {
        **question.asked(),
        "language": question.language,
        "expected": _expected_to(expected) if expected else None,
        "tags": list(question.tags),
        "difficulty": question.difficulty,
        "split": question.split,
    }


def _expected_to(expected: Expected) -> dict[str, object]:
    written: dict[str, object] = {
        "outcome": expected.outcome,
        "governing": _plan_to(expected.governing),
        "authority": _plan_to(expected.authority),
        "force": expected.force,
        "key_facts": [list(fact) for fact in expected.key_facts],
        "forbidden": list(expected.forbidden),
        "also_relevant": list(expected.also_relevant),
        "notice": expected.notice,
    }
    return {**written, "answer": expected.answer} if expected.answer else written


def _plan_to(plan: GoldPlan | None) -> dict[str, object] | None:
    if plan is None:
        return None
    return {"plan_id": plan.plan_id, "version": plan.version, "level": plan.level, "section": plan.section}


def evidence_to(evidence: Evidence) -> dict[str, object]:
    """One line of `qrels/quotes.jsonl`."""
    row: dict[str, object] = {
        "query_id": evidence.query_id,
        "plan_id": evidence.plan_id,
        "version": evidence.version,
        "file": evidence.file,
        "page": evidence.page,
        "quote": evidence.quote,
        "role": evidence.role,
        "grade": evidence.grade,
    }
    return row | ({"folder": evidence.folder} if evidence.folder else {})
