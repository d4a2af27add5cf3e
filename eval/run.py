"""One run: every question asked, every answer judged, all of it on disk as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from eval.answers import answer_from, passage_from
from eval.dataset import Dataset, Evidence, Question
from eval.dataset_write import evidence_to, question_to
from eval.errors import RunError
from eval.judge import Judge
from eval.layers.case import Case
from eval.layers.retrieval import DEPTH, holds
from eval.layers.verdict import judge_answer
from eval.pages import PageTexts
from eval.provenance import provenance
from eval.records import (
    ANSWERS,
    META,
    SUMMARY,
    Record,
    append_record,
    described,
    read_meta,
    read_records,
    write_json,
)
from eval.standing import Standings
from eval.summary import Summary, summarise

Answerer = Callable[[dict[str, object]], Mapping[str, object]]
"""A question (`id`, `question`, `as_of`, `history`) to an answer in the contract's form."""
Search = Callable[[dict[str, object], int], Sequence[Mapping[str, object]]]
"""A question and how many, to ranked passages."""
Progress = Callable[[str], None]

_MUST_MATCH = ("dataset", "index_id", "settings", "split", "seed", "judge", "assistant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What a run is measured on: the dataset, its judge and what is known of its documents."""

    dataset: Dataset
    judge: Judge
    pages: Mapping[str, PageTexts] = field(default_factory=dict)
    standings: Mapping[str, Standings] = field(default_factory=dict)
    """Both by the folder a question asks about; nothing where the documents are not at hand."""

    def case(self, question: Question) -> Case:
        return Case(
            question=question,
            evidence=self.dataset.evidence_of(question.query_id),
            judge=self.judge,
            pages=self.pages.get(question.folder),
            standings=self.standings.get(question.folder),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """Who answers. `settings` and `index_id` are recorded, and must match to resume."""

    name: str
    answer: Answerer
    search: Search | None = None
    index_id: str = ""
    settings: Mapping[str, object] | None = None


def silent(_line: str) -> None:
    """The `Progress` of a caller that wants none."""


def run(
    bench: Bench,
    contestant: Contestant,
    folder: Path,
    *,
    split: str = "all",
    seed: int = 0,
    progress: Progress = silent,
) -> Summary:
    """Asks what is not yet answered in `folder`, judges, and sums up the whole.

    Interrupted, it goes on where it stopped; answers that failed are asked again.

    Raises:
        RunError: the folder holds a run on another dataset, index, split or setting.
    """
    questions = bench.dataset.of_split(split)
    if not questions:
        raise RunError(f"{bench.dataset.folder}: no question in the split {split!r}; try --split all")
    _open(bench, contestant, folder, split=split, seed=seed)
    done = {k: v for k, v in read_records(folder / ANSWERS).items() if v.answer is not None}
    for place, question in enumerate(questions, 1):
        if question.query_id in done:
            continue
        record = ask(bench, contestant, question)
        append_record(folder / ANSWERS, record)
        done[question.query_id] = record
        progress(_line(place, len(questions), record))
    kept = [done[question.query_id] for question in questions]
    summary = summarise(kept, seed=seed)
    write_json(folder / SUMMARY, summary.to_json())
    return summary


def _open(bench: Bench, contestant: Contestant, folder: Path, *, split: str, seed: int) -> None:
    meta = {
        "run_id": folder.name,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "dataset": {
            "name": bench.dataset.name,
            "version": bench.dataset.version,
            "sha256": bench.dataset.sha256,
        },
        "assistant": contestant.name,
        "index_id": contestant.index_id,
        "settings": dict(contestant.settings or {}),
        "judge": bench.judge.name,
        "split": split,
        "seed": seed,
        **provenance(),
    }
    if not (folder / META).exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / META, meta)
        return
    before = read_meta(folder)
    for key in _MUST_MATCH:
        if before.get(key) != meta[key]:
            raise RunError(
                f"{folder} holds a run with {key} {before.get(key)!r}, not {meta[key]!r};"
                " give another --out, or remove the folder"
            )


def ask(bench: Bench, contestant: Contestant, question: Question, *, trace: bool = False) -> Record:
    """Asks one question and judges what comes back. `trace` asks the assistant to show its steps."""
    asked = question.asked() | ({"trace": True} if trace else {})
    wall, cpu = time.perf_counter(), time.process_time()
    answer: Mapping[str, object] | None = None
    error: str | None = None
    try:
        answer = contestant.answer(asked)
    except Exception as raised:  # noqa: BLE001  # what the judged system raises is its wrong answer
        error = f"{type(raised).__name__}: {raised}"
    wall_ms, cpu_ms = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
    searched = _searched(contestant, asked, answer)
    verdict = judge_answer(
        bench.case(question),
        answer_from(answer) if answer is not None else None,
        [passage_from(each) for each in searched or _shown(answer)],
    )
    return Record(
        **described(question),  # type: ignore[arg-type]  # its keys are the record's first fields
        answer=answer,
        passages=tuple(searched),
        verdict=verdict,
        wall_ms=round(wall_ms, 1),
        cpu_ms=round(cpu_ms, 1),
        error=error,
        key=_key(question, bench.dataset.evidence_of(question.query_id)),
    )


def _key(question: Question, evidence: Sequence[Evidence]) -> dict[str, object]:
    return {"expected": question_to(question)["expected"], "evidence": [evidence_to(row) for row in evidence]}


def _searched(
    contestant: Contestant, asked: dict[str, object], answer: Mapping[str, object] | None
) -> Sequence[Mapping[str, object]]:
    """A search of its own, where the answer does not show as many passages as are measured."""
    if contestant.search is None or len(_shown(answer)) >= DEPTH:
        return ()
    return contestant.search(asked, DEPTH)


def _line(place: int, of: int, record: Record) -> str:
    verdict = record.verdict
    due = f" ({verdict.due_to})" if verdict.due_to else ""
    return f"{place}/{of} {record.query_id} {verdict.grade or 'asked'}{due} {record.wall_ms:.0f} ms"


def trace(bench: Bench, contestant: Contestant, query_id: str) -> dict[str, object]:
    """One question asked alone, with every step: the key, the evidence and where it was retrieved."""
    question = bench.dataset.question(query_id)
    record = ask(bench, contestant, question, trace=True)
    evidence = bench.dataset.evidence_of(query_id)
    shown = record.passages or _shown(record.answer)
    read = [passage_from(each) for each in shown]
    return {
        **record.to_json(),
        "evidence": [
            {"retrieved_at": [n for n, each in enumerate(read, 1) if holds(each, row)], **evidence_to(row)}
            for row in evidence
        ],
        "passages": [
            {"rank": n, "holds": [row.role for row in evidence if holds(passage_from(each), row)], **each}
            for n, each in enumerate(shown, 1)
        ],
    }


def _shown(answer: Mapping[str, object] | None) -> list[Mapping[str, object]]:
    passages = answer.get("passages") if answer is not None else None
    return [each for each in passages if isinstance(each, dict)] if isinstance(passages, list) else []
