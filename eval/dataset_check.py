"""What is wrong with a dataset: a key nobody can meet makes a good assistant look bad. Pure.

Errors make a question unfair; warnings are for a person to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eval.dataset import Dataset, Evidence, Question
from eval.measures.outcome import ABSTAINED, ANSWERED
from eval.pages import PageTexts
from eval.phrases import phrase_in
from eval.standing import Standings
from eval.words import content_stems, sentences

_NEAR = 0.85
"""From this share of common content words on two questions are near duplicates."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong; `kind` is a word to count by."""

    severity: str
    kind: str
    query_id: str
    message: str

    def to_json(self) -> dict[str, object]:
        return {
            "severity": self.severity,
            "kind": self.kind,
            "query_id": self.query_id,
            "message": self.message,
        }


def _error(kind: str, query_id: str, message: str) -> Defect:
    return Defect("error", kind, query_id, message)


def _warning(kind: str, query_id: str, message: str) -> Defect:
    return Defect("warning", kind, query_id, message)


def check(
    dataset: Dataset, pages: Mapping[str, PageTexts], standings: Mapping[str, Standings]
) -> tuple[Defect, ...]:
    """Every defect found; pages and registers by folder.

    Where there are no pages quotes are not looked up, and without a register plans are not.
    """
    found = [*_ids(dataset), *_duplicates(dataset.questions)]
    for question in dataset.questions:
        evidence = dataset.evidence_of(question.query_id)
        found.extend(_key(question, evidence))
        found.extend(_facts(question, evidence))
        if question.folder in standings:
            found.extend(_plans(question, standings[question.folder]))
    for row in dataset.evidence:
        if row.folder in pages:
            found.extend(_quote(row, pages[row.folder]))
        if row.folder in standings and standings[row.folder].level(row.plan_id) is None:
            what = f"evidence names plan {row.plan_id!r}, not in plans.yaml"
            found.append(_error("unknown_plan", row.query_id, what))
    return tuple(found)


def _ids(dataset: Dataset) -> Iterator[Defect]:
    counts = Counter(question.query_id for question in dataset.questions)
    for query_id, count in counts.items():
        if count > 1:
            yield _error("duplicate_id", query_id, f"the id stands {count} times; give each question its own")
    for query_id in sorted({row.query_id for row in dataset.evidence} - set(counts)):
        yield _error("orphan_evidence", query_id, "evidence for a question that is not there; remove it")
    for question in dataset.questions:
        if not question.as_of:
            yield _warning("no_date", question.query_id, "no as_of, here or in dataset.yaml; today will hold")


def _duplicates(questions: Iterable[Question]) -> Iterator[Defect]:
    seen: list[tuple[Question, frozenset[str], str]] = []
    for question in questions:
        stems = frozenset(content_stems(question.question))
        text = " ".join(question.question.casefold().split())
        for other, other_stems, other_text in seen:
            if _apart(question, other):
                continue
            if text == other_text:
                yield _error("duplicate", question.query_id, f"is the same question as {other.query_id}")
            elif _overlap(stems, other_stems) >= _NEAR and other.language == question.language:
                yield _warning("near_duplicate", question.query_id, f"asks nearly what {other.query_id} asks")
        seen.append((question, stems, text))


def _apart(one: Question, other: Question) -> bool:
    """Asked of other plans, on another date or after other words, the same question is another one."""
    return (one.folder, one.as_of, one.history) != (other.folder, other.as_of, other.history)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if len(one | other) > 3 else 0.0


def _key(question: Question, evidence: tuple[Evidence, ...]) -> Iterator[Defect]:
    """What the key says must fit together."""
    expected, query_id = question.expected, question.query_id
    answering = [row for row in evidence if row.grade >= 2]
    if expected is None:
        if not answering:
            yield _warning(
                "no_evidence", query_id, "neither an expected answer nor evidence: measures nothing"
            )
        return
    if expected.outcome == ABSTAINED and answering:
        yield _error("abstained_with_evidence", query_id, "abstention is expected, yet a quote answers it")
    if expected.outcome == ABSTAINED and expected.governing is not None:
        yield _error("abstained_with_plan", query_id, "abstention is expected, yet a plan is to govern")
    if expected.outcome == ANSWERED and expected.governing is None:
        yield _warning("no_governing", query_id, "an answer is expected, but no governing plan is named")
    if expected.outcome == ANSWERED and not answering:
        yield _warning("no_evidence", query_id, "an answer is expected, but no quote of grade 2 proves it")
    if expected.outcome == ANSWERED and not expected.key_facts:
        yield _warning("no_facts", query_id, "no key facts: any answer from the right plan will count")
    governing = expected.governing.plan_id if expected.governing else None
    if governing and answering and governing not in {row.plan_id for row in evidence}:
        yield _error(
            "governing_without_evidence", query_id, f"no evidence is from {governing!r}, which governs"
        )


def _facts(question: Question, evidence: tuple[Evidence, ...]) -> Iterator[Defect]:
    expected = question.expected
    if expected is None or not evidence:
        return
    quotes = [row.quote for row in evidence]
    for fact in expected.key_facts:
        if not any(_holds(spelling, quote) for spelling in fact for quote in quotes):
            yield _error(
                "unsupported_fact", question.query_id, f"no gold quote holds the fact {' / '.join(fact)}"
            )
    for said in expected.forbidden:
        for fact in expected.key_facts:
            if said in fact:
                yield _error("fact_forbidden", question.query_id, f"{said!r} is both a fact and forbidden")


def _holds(spelling: str, quote: str) -> bool:
    if " ".join(spelling.casefold().split()) in " ".join(quote.casefold().split()):
        return True
    return any(phrase_in(spelling, sentence) is not None for sentence in [quote, *sentences(quote)])


def _plans(question: Question, standings: Standings) -> Iterator[Defect]:
    expected, query_id = question.expected, question.query_id
    if expected is None:
        return
    for name, gold in (("governing", expected.governing), ("authority", expected.authority)):
        if gold is None:
            continue
        level = standings.level(gold.plan_id)
        if level is None:
            yield _error("unknown_plan", query_id, f"{name} plan {gold.plan_id!r} is not in plans.yaml")
            continue
        if gold.level not in {None, level}:
            yield _error(
                "wrong_level", query_id, f"{gold.plan_id!r} is level {level} in plans.yaml, not {gold.level}"
            )
        standing = standings.of(gold.plan_id, gold.version, question.as_of)
        if not standing.may_govern:
            yield _error(
                "not_in_force", query_id, f"{gold.plan_id!r} is {standing.value} on {question.as_of}"
            )
    for plan_id in expected.also_relevant:
        if standings.level(plan_id) is None:
            yield _error("unknown_plan", query_id, f"also_relevant names {plan_id!r}, not in plans.yaml")


def _quote(row: Evidence, pages: PageTexts) -> Iterator[Defect]:
    file = pages.get(row.file)
    if file is None or not file.texts:
        reason = (file.reason if file else None) or "it was not read"
        told = _warning if file is not None and file.there else _error
        yield told("unread_file", row.query_id, f"{row.file or 'no file'}: {reason}")
        return
    there = file.pages_with(row.quote) or file.pages_with_words(row.quote)
    quoted = f"“{row.quote[:80]}{'…' if len(row.quote) > 80 else ''}”"
    if not there:
        yield _error("quote_not_found", row.query_id, f"{quoted} is nowhere in {row.file}")
    elif row.page not in there:
        found = ", ".join(str(number) if number is not None else "no page" for number in there)
        yield _error(
            "quote_on_other_page", row.query_id, f"{quoted} is on page {found} of {row.file}, not {row.page}"
        )
