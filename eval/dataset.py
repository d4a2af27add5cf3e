"""A dataset: questions with what is expected of the answer, and the quotes that prove it.

A folder: `dataset.yaml`, `queries.jsonl`, `qrels/quotes.jsonl` and, beside or inside it, the documents.
`eval/README.md` writes the form down.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from eval.errors import DatasetError
from eval.fields import Fields
from eval.measures.authority import STRENGTH
from eval.measures.outcome import OUTCOMES

ROLES = ("governing", "authority", "supports", "yields", "not_in_force")
SPLITS = ("tune", "held_out")
NOTICES = ("conflict", "expired_not_replaced", "draft_exists", "version_change", "out_of_date")


@dataclass(frozen=True, slots=True)
class GoldPlan:
    """The plan an answer should name. None: not labelled, so not measured."""

    plan_id: str
    version: str | None = None
    level: int | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a right answer does. `answer` is a reference answer in words, where there is one."""

    outcome: str
    governing: GoldPlan | None = None
    authority: GoldPlan | None = None
    force: str | None = None
    key_facts: tuple[tuple[str, ...], ...] = ()
    """Each fact as its accepted spellings; the answer must have one of each."""
    forbidden: tuple[str, ...] = ()
    also_relevant: tuple[str, ...] = ()
    notice: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as asked, on a date, after what was said before it."""

    query_id: str
    question: str
    language: str
    as_of: str | None
    expected: Expected | None
    """None: only retrieval is labelled."""
    history: tuple[Mapping[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: str = "medium"
    split: str = "held_out"
    folder: str = ""
    """Where a dataset spans several municipalities: the sub-folder of `documents` this one asks about."""

    def asked(self) -> dict[str, object]:
        """What an assistant is given: nothing of the key, and not the language, which it must see itself."""
        asked: dict[str, object] = {
            "id": self.query_id,
            "question": self.question,
            "as_of": self.as_of,
            "history": [dict(turn) for turn in self.history],
        }
        return asked | ({"folder": self.folder} if self.folder else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote that bears on a question. `page` is physical, 1-based; None where the format has none."""

    query_id: str
    plan_id: str
    file: str
    page: int | None
    quote: str
    role: str = "governing"
    grade: int = 2
    version: str | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Questions and evidence; `sha256` names this very content."""

    name: str
    version: str
    folder: Path
    documents: Path | None
    register: bool
    municipality: str
    languages: tuple[str, ...]
    as_of: str | None
    questions: tuple[Question, ...]
    evidence: tuple[Evidence, ...]
    sha256: str

    def evidence_of(self, query_id: str) -> tuple[Evidence, ...]:
        return tuple(each for each in self.evidence if each.query_id == query_id)

    @property
    def folders(self) -> tuple[str, ...]:
        """The sub-folders of `documents` asked about; one empty name where it is a single municipality."""
        return tuple(sorted({each.folder for each in self.questions}))

    def documents_of(self, folder: str) -> Path | None:
        """The documents a question with that `folder` is asked about; None where none are known."""
        return self.documents / folder if self.documents is not None else None

    def question(self, query_id: str) -> Question:
        """The question of that id.

        Raises:
            DatasetError: there is none.
        """
        found = next((each for each in self.questions if each.query_id == query_id), None)
        if found is None:
            raise DatasetError(f"{self.folder}: no question {query_id!r}; see the ids in queries.jsonl")
        return found

    def of_split(self, split: str) -> tuple[Question, ...]:
        """The questions of a split; `all` gives every one."""
        return tuple(each for each in self.questions if split in {"all", each.split})


def load_dataset(folder: Path) -> Dataset:
    """Reads a dataset folder.

    Raises:
        DatasetError: something in it cannot be read; the message names file, line, key and remedy.
    """
    described = Fields(str(folder / "dataset.yaml"), _yaml(folder / "dataset.yaml"))
    as_of = described.day("as_of")
    questions = tuple(
        question_from(Fields(f"{folder / 'queries.jsonl'}:{line}", row), as_of)
        for line, row in _jsonl(folder / "queries.jsonl")
    )
    quotes = folder / "qrels" / "quotes.jsonl"
    evidence = tuple(
        evidence_from(Fields(f"{quotes}:{line}", row))
        for line, row in (_jsonl(quotes) if quotes.exists() else ())
    )
    documents = described.text("documents")
    return Dataset(
        name=described.text("name") or folder.name,
        version=described.text("version") or "0",
        folder=folder,
        documents=(folder / documents).resolve() if documents else None,
        register=bool(described.boolean("register", default=True)),
        municipality=described.text("municipality") or "",
        languages=tuple(described.texts("languages")),
        as_of=as_of,
        questions=questions,
        evidence=evidence,
        sha256=_sha256(folder),
    )


def _sha256(folder: Path) -> str:
    """A hash over the three files; the documents have theirs in the index."""
    digest = hashlib.sha256()
    for name in ("dataset.yaml", "queries.jsonl", "qrels/quotes.jsonl"):
        path = folder / name
        digest.update(name.encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def question_from(fields: Fields, as_of: str | None = None) -> Question:
    """A question from one line of `queries.jsonl`; the dataset's date holds where it has none."""
    expected = fields.inner("expected")
    return Question(
        query_id=fields.required("id"),
        question=fields.required("question"),
        language=fields.text("language") or "nb",
        as_of=fields.day("as_of") or as_of,
        expected=_expected(expected) if expected else None,
        history=tuple(_turn(turn) for turn in fields.inners("history")),
        tags=tuple(fields.texts("tags")),
        difficulty=fields.text("difficulty") or "medium",
        split=fields.one_of("split", SPLITS) or "held_out",
        folder=fields.text("folder") or "",
    )


def _turn(fields: Fields) -> Mapping[str, str]:
    role = fields.one_of("role", ("user", "assistant")) or "user"
    return {"role": role, "content": fields.required("content")}


def _expected(fields: Fields) -> Expected:
    return Expected(
        outcome=fields.one_of("outcome", OUTCOMES) or "answered",
        governing=_plan_or_none(fields.inner("governing")),
        authority=_plan_or_none(fields.inner("authority")),
        force=fields.one_of("force", tuple(STRENGTH)),
        key_facts=tuple(fields.spellings("key_facts")),
        forbidden=tuple(fields.texts("forbidden")),
        also_relevant=tuple(fields.texts("also_relevant")),
        notice=fields.one_of("notice", NOTICES),
        answer=fields.text("answer"),
    )


def _plan_or_none(fields: Fields | None) -> GoldPlan | None:
    return gold_plan(fields) if fields is not None else None


def gold_plan(fields: Fields) -> GoldPlan:
    """A plan as a key names it."""
    return GoldPlan(
        plan_id=fields.required("plan_id"),
        version=fields.text("version"),
        level=fields.integer("level"),
        section=fields.text("section"),
    )


def evidence_from(fields: Fields) -> Evidence:
    """A quote from one line of `qrels/quotes.jsonl`."""
    return Evidence(
        query_id=fields.required("query_id"),
        plan_id=fields.required("plan_id"),
        file=fields.text("file") or "",
        page=fields.integer("page"),
        quote=fields.required("quote"),
        role=fields.one_of("role", ROLES) or "governing",
        grade=2 if (grade := fields.integer("grade")) is None else grade,
        version=fields.text("version"),
        folder=fields.text("folder") or "",
    )


# --- files ----------------------------------------------------------------------------------


def _yaml(path: Path) -> Mapping[str, object]:
    text = _text(path)
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DatasetError(f"{path} is not YAML: {error}; see eval/README.md for the form") from error
    if not isinstance(read, dict):
        raise DatasetError(f"{path} holds no keys; write `name: …` and `documents: …` in it")
    return {str(key): value.isoformat() if isinstance(value, date) else value for key, value in read.items()}


def _jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DatasetError(f"{path}:{number} is not JSON: {error}; write one object a line") from error
        if not isinstance(row, dict):
            raise DatasetError(f"{path}:{number} is no JSON object; write one object a line")
        yield number, row


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise DatasetError(f"{path} cannot be read ({what}); `eval import` makes a dataset folder") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from error
