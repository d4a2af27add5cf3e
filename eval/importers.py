"""Other people's question sets as datasets: BEIR folders, SQuAD-form JSON, tables, a trainer's approved answers."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from eval.complete import complete
from eval.dataset import Evidence, Expected, Question, evidence_from, gold_plan
from eval.dataset_write import write_dataset
from eval.errors import DatasetError
from eval.fields import Fields
from eval.labels import from_table
from eval.measures.outcome import ABSTAINED, ANSWERED
from eval.pages import read_pages
from eval.standing import read_standings


def import_dataset(
    source: Path, folder: Path, *, documents: Path | None, language: str, as_of: date | None = None
) -> dict[str, object]:
    """Makes a dataset folder of a source, told apart by what it is; gives what was made.

    A BEIR folder and SQuAD-form JSON bring their passages: they are written as text files in `documents`. For
    a table or a trainer's export `documents` names the folder of plans, or is left out.

    Raises:
        DatasetError: the source is none of these.
    """
    described: dict[str, object] = {
        "name": folder.name,
        "version": "1",
        "documents": os.path.relpath(documents, folder) if documents else None,
        "register": documents is not None and read_standings(documents) is not None,
        "as_of": as_of.isoformat() if as_of else None,
        "languages": [language],
    }
    if source.is_dir():
        return _made("beir", folder, *_beir(source, folder, described, language))
    if source.suffix.casefold() in {".csv", ".tsv", ".xlsx"}:
        questions, evidence = from_table(
            source, language=language, as_of=as_of.isoformat() if as_of else None
        )
        return _made("table", folder, *_completed(folder, described, questions, evidence, documents))
    if source.suffix.casefold() == ".jsonl":
        questions, evidence = _trainer(source, language)
        return _made("trainer", folder, *_completed(folder, described, questions, evidence, documents))
    if source.suffix.casefold() == ".json":
        return _made("squad", folder, *_squad(source, folder, described, language))
    raise DatasetError(
        f"{source} is no BEIR folder, no .csv, .xlsx, .json (SQuAD) or .jsonl (trainer); see eval/README.md"
    )


def _made(kind: str, folder: Path, questions: int, quotes: int) -> dict[str, object]:
    return {"kind": kind, "path": str(folder), "questions": questions, "quotes": quotes}


def _completed(
    folder: Path,
    described: Mapping[str, object],
    questions: list[Question],
    evidence: list[Evidence],
    documents: Path | None,
) -> tuple[int, int]:
    """Writes a dataset with what its documents settle filled in."""
    if documents is not None:
        standings = read_standings(documents)
        every = {path.relative_to(documents).as_posix() for path in documents.rglob("*") if path.is_file()}
        files = standings.files() if standings else every
        pages = read_pages(documents, files)
        questions, evidence = complete(questions, evidence, pages, standings)
    write_dataset(folder, described, questions, evidence)
    return len(questions), len(evidence)


# --- BEIR -----------------------------------------------------------------------------------


def _beir(source: Path, folder: Path, described: dict[str, object], language: str) -> tuple[int, int]:
    """`corpus.jsonl`, `queries.jsonl`, `qrels/*.tsv` or `qrels.tsv`: retrieval only, no key."""
    corpus = {_id(row): _passage(row) for _, row in rows_of_jsonl(source / "corpus.jsonl")}
    qrels = read_qrels(source)
    queries = [
        (_id(row), str(row.get("text", "")), str(row.get("lang") or language))
        for _, row in rows_of_jsonl(source / "queries.jsonl")
        if _id(row) in qrels
    ]
    names = _write_documents(folder / "documents", corpus)
    questions = [
        Question(query_id=query_id, question=text, language=lang, as_of=None, expected=None)
        for query_id, text, lang in queries
    ]
    evidence = [
        Evidence(
            query_id=query_id,
            plan_id=passage_id,
            file=names[passage_id],
            page=None,
            quote=corpus[passage_id],
            role="supports",
            grade=grade,
        )
        for query_id, _, _ in queries
        for passage_id, grade in qrels[query_id].items()
        if passage_id in corpus and grade > 0
    ]
    described.update(documents="documents", register=False)
    write_dataset(folder, described, questions, evidence)
    return len(questions), len(evidence)


def read_qrels(source: Path) -> dict[str, dict[str, int]]:
    """Grades by query and passage, from `qrels/test.tsv`, any one file of `qrels/`, or `qrels.tsv`."""
    candidates = [
        source / "qrels" / "test.tsv",
        *sorted((source / "qrels").glob("*.tsv")),
        source / "qrels.tsv",
    ]
    path = next((each for each in candidates if each.is_file()), None)
    if path is None:
        raise DatasetError(f"{source}: no qrels/*.tsv and no qrels.tsv; a BEIR folder has one")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            if len(row) == 4:  # trec's form has an iteration in second place
                row = [row[0], row[2], row[3]]
            if len(row) < 3 or (number == 1 and not re.fullmatch(r"-?\d+", row[2].strip())):
                continue
            found[row[0]][row[1]] = int(row[2])
    return dict(found)


def rows_of_jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of a JSONL file with their line numbers.

    Raises:
        DatasetError: the file or a line cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise DatasetError(f"{path}:{number} is no JSON object; write one object a line")
                    yield number, row
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise DatasetError(f"{path} has a line that is not JSON: {error}") from error


def _id(row: Mapping[str, object]) -> str:
    return str(row.get("_id", row.get("id", "")))


def _passage(row: Mapping[str, object]) -> str:
    return "\n".join(part for key in ("title", "text") if (part := str(row.get(key) or "").strip()))


def _write_documents(folder: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """One text file a passage; gives the file name of each id."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for passage_id, text in texts.items():
        safe = re.sub(r"[^\w.-]", "_", passage_id)[:80]
        if safe != passage_id:
            safe += "-" + hashlib.sha256(passage_id.encode()).hexdigest()[:8]
        names[passage_id] = f"{safe}.txt"
        (folder / names[passage_id]).write_text(text + "\n", encoding="utf-8")
    return names


# --- SQuAD ----------------------------------------------------------------------------------


def _squad(source: Path, folder: Path, described: dict[str, object], language: str) -> tuple[int, int]:
    """`data[].paragraphs[].{context, qas}`: answers are facts; `is_impossible` expects an abstention."""
    try:
        read = json.loads(source.read_text(encoding="utf-8-sig"))
        paragraphs = [
            (f"{place}-{number}", paragraph)
            for place, article in enumerate(read["data"])
            for number, paragraph in enumerate(article["paragraphs"])
        ]
        texts = {passage_id: str(paragraph["context"]) for passage_id, paragraph in paragraphs}
        asked = [(passage_id, qa) for passage_id, paragraph in paragraphs for qa in paragraph["qas"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{source} is not in SQuAD's form ({error!r}): data[].paragraphs[].context and .qas[]"
        raise DatasetError(what) from error
    questions: list[Question] = []
    evidence: list[Evidence] = []
    names = _write_documents(folder / "documents", texts)
    for passage_id, qa in asked:
        question, quote = _squad_question(qa, texts[passage_id], language)
        questions.append(question)
        if quote is not None:
            row = {
                "query_id": question.query_id,
                "plan_id": passage_id,
                "file": names[passage_id],
                "quote": quote,
            }
            evidence.append(evidence_from(Fields(str(source), row)))
    described.update(documents="documents", register=False)
    write_dataset(folder, described, questions, evidence)
    return len(questions), len(evidence)


def _squad_question(qa: Mapping[str, object], context: str, language: str) -> tuple[Question, str | None]:
    answers = qa.get("answers")
    listed = answers if isinstance(answers, list) else []
    given = [str(each.get("text") or "") for each in listed if isinstance(each, dict)]
    spelled = tuple(dict.fromkeys(each for each in given if each.strip()))
    impossible = bool(qa.get("is_impossible")) or not spelled
    expected = Expected(
        outcome=ABSTAINED if impossible else ANSWERED, key_facts=() if impossible else (spelled,)
    )
    query_id = str(qa.get("id"))
    question = Question(
        query_id=query_id,
        question=str(qa.get("question", "")),
        language=language,
        as_of=None,
        expected=expected,
    )
    return question, None if impossible else _sentence_with(spelled[0], context)


def _sentence_with(answer: str, context: str) -> str:
    """The sentence an answer stands in, as the context has it."""
    at = max(0, context.find(answer))
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)|\n", context)]
    start = max((end for end in ends if end <= at), default=0)
    stop = min((end for end in ends if end >= at + len(answer)), default=len(context))
    return context[start:stop].strip()


# --- a trainer's approved questions and answers ----------------------------------------------


def _trainer(source: Path, language: str) -> tuple[list[Question], list[Evidence]]:
    """One object a line: `question`, `answer`, `governing`, `citations`; only those not rejected count."""
    questions: list[Question] = []
    evidence: list[Evidence] = []
    for number, row in rows_of_jsonl(source):
        if str(row.get("status", "approved")) not in {"approved", "verified", "godkjent"}:
            continue
        fields = Fields(f"{source}:{number}", row)
        question = _trainer_question(fields, number, language)
        questions.append(question)
        evidence.extend(_trainer_quotes(fields, question))
    return questions, evidence


def _trainer_question(fields: Fields, number: int, language: str) -> Question:
    governing = fields.inner("governing")
    gold = gold_plan(governing) if governing else None
    return Question(
        query_id=fields.text("id") or f"T{number:03d}",
        question=fields.required("question"),
        language=fields.text("language") or fields.text("lang") or language,
        as_of=fields.day("as_of"),
        expected=Expected(
            outcome=fields.text("outcome") or ANSWERED,
            governing=gold,
            force=fields.text("force"),
            key_facts=tuple(fields.spellings("key_facts")),
            answer=fields.text("answer"),
        ),
        tags=tuple(fields.texts("tags")) or ("trainer",),
    )


def _trainer_quotes(fields: Fields, question: Question) -> Sequence[Evidence]:
    """The citations, graded by role: what governs answers, the rest is relevant."""
    found = []
    for each in fields.inners("citations"):
        if each.text("quote"):
            grade = 2 if each.text("role") in {None, "governing"} else 1
            row = {"grade": grade, **each.row, "query_id": question.query_id}
            found.append(evidence_from(Fields(each.place, row)))
    return found
