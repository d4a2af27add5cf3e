"""The answers in the HTML report, each with its key, its quotes and why it was graded so. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from eval.records import Record
from eval.report_words import worst

MOST_WORST = 15


def worst_answers(records: Sequence[Record]) -> str:
    """The worst, open to the eye: what was asked, what was said, what should have been."""
    found = worst(records, MOST_WORST)
    if not found:
        return '<h2 id="worst">Worst answers</h2><p>No answer is wrong.</p>'
    return (
        '<h2 id="worst">Worst answers</h2>'
        "<p>Wrong answers, those first that lean on a text not in force or say what must not be said.</p>"
        + "".join(f"<h3>{escape(each.query_id)}: {escape(each.question)}</h3>{_body(each)}" for each in found)
    )


def all_answers(records: Sequence[Record]) -> str:
    """Every answer, folded away."""
    return '<h2 id="answers">Every answer</h2>' + "".join(
        f"<details><summary>{_graded(record)} {escape(record.query_id)}: {escape(record.question)}</summary>"
        f"<div>{_body(record)}</div></details>"
        for record in records
    )


def _graded(record: Record) -> str:
    grade = escape(record.verdict.grade or "not graded", quote=True)
    return f'<span class="grade {grade}">{grade}</span>'


def _body(record: Record) -> str:
    verdict = record.verdict
    due = f" Due to {verdict.due_to}: {verdict.due_because}." if verdict.due_to else ""
    reasons = "".join(
        f"<li><b>{escape(layer)}</b>: {escape(reason)}</li>" for layer, reason in verdict.because.items()
    )
    return (
        f'<p class="soft">{escape(record.language)}, as of {escape(record.as_of or "today")},'
        f" {escape(record.difficulty)}, {escape(', '.join(record.tags) or 'no tags')}; {record.wall_ms:.0f} ms</p>"
        f"<p>{_graded(record)}: {escape(verdict.because.get('headline', ''))}.{escape(due)}</p>"
        f"{_answer(record)}{_key(record.key)}<ul>{reasons}</ul>"
    )


def _answer(record: Record) -> str:
    answer = record.answer
    if answer is None:
        return f"<p>No answer came: {escape(record.error or 'unknown reason')}</p>"
    text = str(answer.get("answer") or "(no text)")
    governing = answer.get("governing")
    told = f"outcome {answer.get('outcome')}, force {answer.get('force') or '–'}"
    if isinstance(governing, dict):
        told += f", governing {governing.get('plan_id')} (level {governing.get('level')}, {governing.get('section') or '–'})"
    quotes = answer.get("citations")
    return (
        f'<p><b>Answer</b> <span class="soft">({escape(told)})</span></p><p class="answer">{escape(text)}</p>'
        + "".join(
            _quote(each) for each in (quotes if isinstance(quotes, list) else []) if isinstance(each, dict)
        )
    )


def _quote(citation: Mapping[str, object]) -> str:
    page = citation.get("page")
    place = [str(citation.get("plan_id") or ""), str(citation.get("file") or "")]
    place += [f"page {page}"] if page is not None else []
    place += [str(citation[key]) for key in ("section", "role") if citation.get(key)]
    marker = f"[{citation.get('marker')}] " if citation.get("marker") else ""
    return (
        f"<blockquote>{escape(marker)}{escape(str(citation.get('quote') or ''))}"
        f"<footer>{escape(', '.join(part for part in place if part))}</footer></blockquote>"
    )


def _key(key: Mapping[str, object] | None) -> str:
    if not key:
        return ""
    expected = key.get("expected")
    told = _expected(expected) if isinstance(expected, dict) else ""
    evidence = key.get("evidence")
    quotes = "".join(
        _quote(each) for each in (evidence if isinstance(evidence, list) else []) if isinstance(each, dict)
    )
    return f"<p><b>Expected</b> {told}</p>{quotes}"


def _expected(expected: Mapping[str, object]) -> str:
    parts = [f"outcome {expected.get('outcome')}"]
    for name in ("governing", "authority"):
        plan = expected.get(name)
        if isinstance(plan, dict):
            version = f" {plan['version']}" if plan.get("version") else ""
            parts.append(
                f"{name} {plan.get('plan_id')}{version} (level {plan.get('level')}, {plan.get('section') or '–'})"
            )
    if expected.get("force"):
        parts.append(f"force {expected['force']}")
    facts = expected.get("key_facts")
    if isinstance(facts, list) and facts:
        parts.append("facts: " + "; ".join(str(fact[0]) for fact in facts if isinstance(fact, list) and fact))
    forbidden = expected.get("forbidden")
    if isinstance(forbidden, list) and forbidden:
        parts.append("must not hold: " + "; ".join(map(str, forbidden)))
    return escape(", ".join(parts))
