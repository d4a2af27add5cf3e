"""`plans impact ID`: beside the plans that build on it, the texts and targets to read again when it changes. Pure.

Three ways lead from one plan to another: a link of the register, a text that names it, and a statement on the same
subject whose figures or force pull apart or agree only because one is stricter. Higher levels come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from assistant.desk.conflict_text import conflict_id
from assistant.desk.impact import impact
from assistant.desk.layout import wrapped
from assistant.desk.names import Names
from assistant.desk.norms import Norm
from assistant.desk.targets import PlanTarget, on_one_subject
from assistant.desk.tension import Kind, Tension
from assistant.desk.words import desk_words
from assistant.library import Library
from ingest.plans import BlockKind, Register

ApprovedAnswers = Callable[[str], Sequence[Mapping[str, Any]]]
"""The approved answers that rest on a plan, each with its id and why it is to be looked at."""

_MOST_FOR_ONE_PLAN = 5
_LISTS = frozenset({"plan-strategy"})
_FOLLOWED = frozenset(Kind) - {Kind.ORDER, Kind.EXCEPTION, Kind.SUPERSEDED}
"""Kinds of tension whose other side is to be read again when one side changes."""


def reach(
    library: Library,
    plan_id: str,
    every: Sequence[Norm],
    tensions: Sequence[Tension],
    targets: Sequence[PlanTarget],
    answers: ApprovedAnswers | None = None,
) -> dict[str, Any]:
    """The contract's review, and what of the plans' texts, targets and approved answers to look at, in order.

    Raises:
        UnknownPlan: the register has no plan of that id.
    """
    content = impact(library.register, plan_id)
    naming = list(_naming(library, plan_id, every))
    pulling = list(_pulling(library, plan_id, tensions))
    statements = [*naming, *pulling]
    level = library.register.plan(plan_id).level
    # What stands above is not changed by what a lower plan says; a text that names the plan may be.
    leaning = [*naming, *(row for row in pulling if row["level"] >= level)]
    by_link = {row["plan_id"] for row in content["review"]}
    added = [row for row in _plans_of(library.register, leaning) if row["plan_id"] not in by_link]
    return {
        **content,
        "review": sorted([*content["review"], *added], key=lambda row: row["level"]),
        "statements": sorted(statements, key=lambda row: row["level"]),
        "targets": [_target(t, plan_id) for t in _affected(plan_id, targets, tensions)],
        "answers": [dict(row) for row in answers(plan_id)] if answers else [],
    }


def _affected(
    plan_id: str, targets: Sequence[PlanTarget], tensions: Sequence[Tension]
) -> Iterator[PlanTarget]:
    """The plan's own targets, those of other plans on the same subject, and those it pulls against."""
    own = [t for t in targets if t.source.plan_id == plan_id]
    pulled = {
        n.statement.statement_id for t in tensions if plan_id in t.plans for n in (t.a, t.b) if n.target
    }
    yield from own
    for target in targets:
        if target.source.plan_id == plan_id:
            continue
        if target.statement.statement_id in pulled or any(on_one_subject(target, each) for each in own):
            yield target


def _plans_of(register: Register, statements: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The plans of these statements, each once with the first reason."""
    for plan_id in dict.fromkeys(row["plan_id"] for row in statements):
        first = next(row for row in statements if row["plan_id"] == plan_id)
        level = register.plan(plan_id).level
        yield {"plan_id": plan_id, "level": level, "why": f"{first['why']} ({first['section']})"}


def _statement(library: Library, norm: Norm, why: str) -> dict[str, Any]:
    source = library.sources(norm.statement, "en")[0]
    return {
        "plan_id": source.plan_id,
        "level": source.level,
        "why": why,
        "section": source.section,
        "page": source.page,
        "quote": source.quote,
        "file": source.file,
    }


def _target(made: PlanTarget, plan_id: str) -> dict[str, Any]:
    own = made.source.plan_id == plan_id
    why = "is a target of the plan" if own else f"is on one subject with {plan_id}"
    return {
        "plan_id": made.source.plan_id,
        "number": made.target.number,
        "target": made.target.target,
        "why": why,
        "section": made.source.section,
        "page": made.source.page,
        "quote": made.source.quote,
    }


# --- texts that name it -------------------------------------------------------------------


def _naming(library: Library, plan_id: str, every: Sequence[Norm]) -> Iterator[dict[str, Any]]:
    plan = library.register.plan(plan_id)
    if plan.kind in _LISTS:
        return
    living = {n.plan.plan_id for n in every if n.governs}
    names = Names(plan, [p for p in library.register.plans if p.plan_id in living])
    told: dict[str, int] = {}
    for norm in every:
        text = norm.statement.text
        if norm.plan is plan or not _leans(norm) or not names.stand_in(text, norm.statement.language):
            continue
        if desk_words(norm.statement.language).find["replaces"].search(text):
            continue
        told[norm.plan.plan_id] = told.get(norm.plan.plan_id, 0) + 1
        if told[norm.plan.plan_id] <= _MOST_FOR_ONE_PLAN:
            yield _statement(library, norm, f"names {plan_id}")


def _leans(norm: Norm) -> bool:
    """A sentence of a plan; a law, and a list of plans with their dates, need no change."""
    listed = norm.plan.kind in _LISTS or norm.statement.kind is BlockKind.TABLE_ROW
    return (norm.governs or norm.is_proposal) and not norm.is_law and not listed


# --- statements on the same subject -------------------------------------------------------


def _pulling(library: Library, plan_id: str, tensions: Sequence[Tension]) -> Iterator[dict[str, Any]]:
    for tension in tensions:
        if tension.a.plan is tension.b.plan or plan_id not in tension.plans:
            continue
        other = tension.b if tension.a.plan.plan_id == plan_id else tension.a
        if (other.governs or other.is_proposal) and tension.kind in _FOLLOWED and not other.is_law:
            kind = tension.kind.value.replace("_", " ")
            yield {**_statement(library, other, f"{kind} with {plan_id}"), "conflict": conflict_id(tension)}


# --- as text ------------------------------------------------------------------------------


def render(content: Mapping[str, Any]) -> str:
    """What to look at, in order, to read in a terminal."""
    if not content["review"] and not content["statements"]:
        return f"No other plan builds on {content['plan_id']}."
    lines = [f"If {content['plan_id']} changes, look at:"]
    for row in content["review"]:
        lines += wrapped(f"  level {row['level']}  {row['plan_id']}  ({row['why']})", indent=11)
    lines += _block("Statements", [(r, f"«{r['quote']}»", r["why"]) for r in content["statements"]])
    lines += _block("Targets", [(r, r["target"], "") for r in content["targets"]])
    lines += _answers(content["answers"])
    return "\n".join(lines)


def _answers(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = ["", f"Approved answers ({len(rows)})"] if rows else []
    for row in rows:
        lines += wrapped(f"  {row['id']}  {row['question']} {row['answer']} ({row['why']})", indent=6)
    return lines


def _block(title: str, rows: Sequence[tuple[Mapping[str, Any], str, str]]) -> list[str]:
    lines = ["", f"{title} ({len(rows)})"] if rows else []
    for row, words, why in rows:
        page = f", p. {row['page']}" if row["page"] else ""
        number = f" {row['number']}" if row.get("number") else ""
        reason = f" ({why})" if why else ""
        lines += wrapped(f"  {row['plan_id']}{number} {row['section']}{page}  {words}{reason}", indent=6)
    return lines
