"""A run on disk: `run.json` and one line per answer in `answers.jsonl`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.dataset import Question
from eval.errors import RunError
from eval.layers.verdict import Verdict

META, ANSWERS, SUMMARY = "run.json", "answers.jsonl", "summary.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One question as it went: asked, answered, judged, timed."""

    query_id: str
    question: str
    language: str
    as_of: str | None
    tags: tuple[str, ...]
    difficulty: str
    answer: Mapping[str, object] | None
    passages: tuple[Mapping[str, object], ...]
    verdict: Verdict
    wall_ms: float
    cpu_ms: float
    error: str | None = None
    """Why no answer came."""
    key: Mapping[str, object] | None = None
    """What was expected, and the evidence: a run can be read without its dataset."""

    def to_json(self) -> dict[str, object]:
        written = asdict(self)
        written["verdict"] = self.verdict.to_json()
        return written

    @property
    def score(self) -> Mapping[str, float | None]:
        return self.verdict.scores


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back."""

    folder: Path
    meta: Mapping[str, object]
    records: tuple[Record, ...]

    @property
    def run_id(self) -> str:
        return str(self.meta.get("run_id", self.folder.name))

    @property
    def seed(self) -> int:
        seed = self.meta.get("seed")
        return seed if isinstance(seed, int) else 0


def described(question: Question) -> dict[str, object]:
    """What a record keeps of its question."""
    return {
        "query_id": question.query_id,
        "question": question.question,
        "language": question.language,
        "as_of": question.as_of,
        "tags": question.tags,
        "difficulty": question.difficulty,
    }


def read_meta(folder: Path) -> Mapping[str, object]:
    """What `run.json` says.

    Raises:
        RunError: it is missing or no run's.
    """
    path = folder / META
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"{folder} is no run folder: no {META} in it; `eval run` makes one") from error
    except ValueError as error:
        raise RunError(f"{path} is not JSON ({error}); run again into a new folder") from error
    if not isinstance(read, dict):
        raise RunError(f"{path} is not a run's; run again into a new folder")
    return read


def read_run(folder: Path) -> Run:
    """A run with its records, in the order first asked; of a question asked twice the last counts."""
    meta = read_meta(folder)
    return Run(folder, meta, tuple(read_records(folder / ANSWERS).values()))


def read_records(path: Path) -> dict[str, Record]:
    """The records of a file by question; a last line torn by an interruption is left out.

    Raises:
        RunError: any other line cannot be read.
    """
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found: dict[str, Record] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = record_from(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                break
            raise RunError(f"{path}:{number} is no record ({error}); remove the line and resume") from error
        found[record.query_id] = record
    return found


def record_from(row: Mapping[str, object]) -> Record:
    fields = dict(row)
    verdict = dict(fields.pop("verdict"))  # type: ignore[call-overload]  # a dict, or TypeError as documented
    fields["verdict"] = Verdict(**verdict)
    fields["tags"] = tuple(fields["tags"])  # type: ignore[arg-type]  # likewise
    fields["passages"] = tuple(fields["passages"])  # type: ignore[arg-type]  # likewise
    return Record(**fields)  # type: ignore[arg-type]  # an unknown or missing key is a TypeError


def append_record(path: Path, record: Record) -> None:
    """Adds a record so that it survives whatever comes next; a torn last line is cut off first."""
    _cut_torn_line(path)
    line = json.dumps(record.to_json(), ensure_ascii=False) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        content = file.read()
        if content and not content.endswith(b"\n"):
            file.truncate(content.rfind(b"\n") + 1)


def write_json(path: Path, content: object) -> None:
    """Replaces a file whole, or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


def by_query(records: Iterable[Record]) -> dict[str, Record]:
    return {record.query_id: record for record in records}
