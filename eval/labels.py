"""Labelling in a spreadsheet: a dataset as one table, a table as a dataset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.dataset import Dataset, Evidence, Expected, GoldPlan, Question
from eval.dataset_write import described, write_dataset
from eval.errors import DatasetError
from eval.fields import Fields
from eval.measures.authority import STRENGTH
from eval.measures.outcome import ABSTAINED, ANSWERED, OUTCOMES
from eval.tables import Row, read_rows, unquoted, write_rows

COLUMNS = (
    "id", "question", "language", "as_of", "outcome", "plan", "version", "level", "section",
    "authority", "force", "facts", "forbidden", "quote", "file", "page", "answer", "tags",
    "difficulty", "split",
)  # fmt: skip
"""`facts`: one fact a line or between `;`, spellings of one fact between `|`. `quote`: several likewise."""

_ALSO_CALLED = {
    "id": "nr number query_id", "question": "spørsmål spørsmal fråga query",
    "language": "språk lang", "as_of": "dato date per", "outcome": "utfall utfall_forventet",
    "plan": "plan_id governing governing_plan plan-id styrende", "version": "versjon",
    "level": "nivå nivå_styrende", "section": "paragraf punkt §",
    "authority": "hjemmel authority_plan", "force": "styrke", "facts": "fakta key_facts nøkkelfakta",
    "forbidden": "forbudt feil", "quote": "sitat", "file": "fil dokument", "page": "side sida",
    "answer": "svar fasit gold_answer", "tags": "merker stikkord", "difficulty": "vanskelighet",
    "split": "del",
}  # fmt: skip
_COLUMN_OF = {other: name for name, others in _ALSO_CALLED.items() for other in [name, *others.split()]}

FORCE_WORDS = {
    "må": "obligation", "skal": "obligation", "must": "obligation", "shall": "obligation",
    "må ikke": "prohibition", "skal ikke": "prohibition", "must not": "prohibition",
    "bør": "recommendation", "should": "recommendation", "kan": "permission", "may": "permission",
    "mål": "target", "info": "information", "ingen": "none", "ikke krav": "none",
    "": "",
}  # fmt: skip
OUTCOME_WORDS = {
    "svar": "answered", "besvart": "answered", "answer": "answered", "answerable": "answered",
    "ikke svar": "abstained", "finnes ikke": "abstained", "unanswerable": "abstained",
    "no answer": "abstained", "avklar": "unresolved", "motstrid": "unresolved", "conflict": "unresolved",
}  # fmt: skip


# --- out ------------------------------------------------------------------------------------


def export_table(dataset: Dataset, path: Path) -> int:
    """Writes a dataset as a table to label; gives the number of rows."""
    rows = [_row(question, dataset.evidence_of(question.query_id)) for question in dataset.questions]
    write_rows(path, COLUMNS, rows)
    return len(rows)


def _row(question: Question, evidence: Sequence[Evidence]) -> Row:
    expected = question.expected or Expected(outcome="")
    answering = [row for row in evidence if row.grade >= 2]
    gold = expected.governing
    return {
        "id": question.query_id,
        "question": question.question,
        "language": question.language,
        "as_of": question.as_of or "",
        "outcome": expected.outcome,
        "plan": gold.plan_id if gold else "",
        "version": (gold.version if gold else None) or "",
        "level": str(gold.level) if gold and gold.level is not None else "",
        "section": (gold.section if gold else None) or "",
        "authority": expected.authority.plan_id if expected.authority else "",
        "force": expected.force or "",
        "facts": "\n".join(" | ".join(fact) for fact in expected.key_facts),
        "forbidden": "\n".join(expected.forbidden),
        "quote": "\n".join(row.quote for row in answering),
        "file": "\n".join(row.file for row in answering),
        "page": "\n".join("" if row.page is None else str(row.page) for row in answering),
        "answer": expected.answer or "",
        "tags": ", ".join(question.tags),
        "difficulty": question.difficulty,
        "split": question.split,
    }


# --- in -------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[Row]:
    """The rows of a table under this project's column names, whatever they are called there.

    Raises:
        DatasetError: there is no column of questions.
    """
    rows: list[Row] = [
        {_COLUMN_OF.get(name, name): unquoted(value) for name, value in row.items()}
        for row in read_rows(path)
    ]
    if rows and not any("question" in row for row in rows):
        names = ", ".join(rows[0])
        raise DatasetError(f"{path}: no column `question` among {names}; name one so")
    return rows


def from_table(
    path: Path, *, language: str = "nb", as_of: str | None = None
) -> tuple[list[Question], list[Evidence]]:
    """The questions and evidence of a table; only `question` must be filled in.

    A row with no outcome counts as answered where it names a plan, a fact, a quote or an answer, and is left
    unlabelled otherwise.
    """
    questions: list[Question] = []
    evidence: list[Evidence] = []
    for number, row in enumerate(rows_of(path), 2):
        fields = Fields(f"{path}:{number}", row)
        question = _question(fields, number - 1, language, as_of)
        questions.append(question)
        evidence.extend(_evidence(fields, question))
    return questions, evidence


def _question(fields: Fields, number: int, language: str, as_of: str | None) -> Question:
    return Question(
        query_id=fields.text("id") or f"Q{number:03d}",
        question=fields.required("question"),
        language=fields.text("language") or language,
        as_of=fields.day("as_of") or as_of,
        expected=_expected(fields),
        tags=tuple(parts(fields.text("tags"), r"[;,\n]")),
        difficulty=fields.text("difficulty") or "medium",
        split=fields.one_of("split", ("tune", "held_out")) or "held_out",
    )


def _expected(fields: Fields) -> Expected | None:
    outcome = _outcome(fields)
    if outcome is None:
        return None
    plan, authority = fields.text("plan"), fields.text("authority")
    governing = (
        GoldPlan(plan, fields.text("version"), fields.integer("level"), fields.text("section"))
        if plan
        else None
    )
    return Expected(
        outcome=outcome,
        governing=governing if outcome != ABSTAINED else None,
        authority=GoldPlan(authority) if authority else None,
        force=_force(fields),
        key_facts=tuple(
            tuple(parts(fact, r"\|")) for fact in parts(fields.text("facts"), r"[;\n]") if parts(fact, r"\|")
        ),
        forbidden=tuple(parts(fields.text("forbidden"), r"[;|\n]")),
        answer=fields.text("answer"),
    )


def _outcome(fields: Fields) -> str | None:
    written = (fields.text("outcome") or "").casefold()
    if written:
        known = OUTCOME_WORDS.get(written, written)
        return Fields(fields.place, {"outcome": known}).one_of("outcome", OUTCOMES)
    filled = any(fields.text(key) for key in ("plan", "facts", "quote", "answer"))
    return ANSWERED if filled else None


def _force(fields: Fields) -> str | None:
    written = (fields.text("force") or "").casefold()
    known = FORCE_WORDS.get(written, written)
    return Fields(fields.place, {"force": known}).one_of("force", tuple(STRENGTH)) if known else None


def _evidence(fields: Fields, question: Question) -> list[Evidence]:
    quotes = parts(fields.text("quote"), r"\n")
    files = parts(fields.text("file"), r"\n") or [""]
    pages = (fields.text("page") or "").split("\n")
    found = []
    for place, quote in enumerate(quotes):
        page = Fields(fields.place, {"page": (pages[place] if place < len(pages) else pages[-1]).strip()})
        found.append(
            Evidence(
                query_id=question.query_id,
                plan_id=fields.text("plan") or "",
                version=fields.text("version"),
                file=files[min(place, len(files) - 1)],
                page=page.integer("page"),
                quote=quote,
            )
        )
    return found


def parts(text: str | None, separator: str) -> list[str]:
    """The parts of a cell, none empty."""
    return [part.strip() for part in re.split(separator, text or "") if part.strip()]


# --- back into the dataset it came from -------------------------------------------------------


def merged_with(
    dataset: Dataset, questions: Sequence[Question], evidence: Sequence[Evidence]
) -> dict[str, int]:
    """Writes labelled questions into their dataset; what a table has no column for is kept, by id.

    Kept are history, folder, notice, other relevant plans, and evidence that does not answer (grade 1).
    """
    before = {question.query_id: question for question in dataset.questions}
    merged = [_with_kept(question, before.get(question.query_id)) for question in questions]
    labelled = {question.query_id for question in questions}
    merged += [question for question in dataset.questions if question.query_id not in labelled]
    kept = [row for row in dataset.evidence if row.grade < 2 or row.query_id not in labelled]
    folders = {question.query_id: question.folder for question in merged}
    rows = [replace(row, folder=folders[row.query_id]) for row in evidence]
    write_dataset(dataset.folder, described(dataset), merged, [*rows, *kept])
    return {"questions": len(merged), "quotes": len(rows) + len(kept)}


def _with_kept(question: Question, kept: Question | None) -> Question:
    if kept is None:
        return question
    expected = question.expected
    if expected is not None and kept.expected is not None:
        expected = replace(expected, notice=kept.expected.notice, also_relevant=kept.expected.also_relevant)
    return replace(question, history=kept.history, folder=kept.folder, expected=expected)
