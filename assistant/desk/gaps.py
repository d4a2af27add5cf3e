"""`plans gaps`: what the plans leave open: targets nobody owns, duties nothing above asks for, silent chapters. Pure.

A gap is a question to the owner, not a fault: a duty may well begin in the strategy that states it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.answers import Source
from assistant.authority import DUTIES
from assistant.desk.due import due
from assistant.desk.layout import wrapped
from assistant.desk.norms import ADVICE, Norm, norms
from assistant.desk.subjects import Subjects, stems, whole_stems
from assistant.desk.targets import OWNERLESS, UNMEASURABLE, PlanTarget, targets
from assistant.desk.words import desk_words
from assistant.library import Library, Shelf
from ingest.plans import BlockKind
from ingest.search_files import SearchFiles
from ingest.wording import wording


class Gap(StrEnum):
    NO_RESPONSIBLE = "no_responsible"
    NO_MEASURE = "no_measure"
    NO_DEADLINE = "no_deadline"
    NO_MONEY = "no_money"
    """No line of the budget speaks of the target."""
    NO_ANCHOR = "no_anchor"
    """A duty of a lower plan that no plan above speaks of."""
    NO_LINK = "no_link"
    """A plan below the top that the register links to nothing above."""
    SILENT = "silent"
    """A sub-plan without a slot that it must have: targets, implementation, schedule or responsibility."""
    PAST_REVISION = "past_revision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One gap; `what` says it in words, `source` shows where, `ask` whom the register names."""

    gap: Gap
    plan_id: str
    level: int
    what: str
    source: Source | None = None
    ask: str | None = None

    def to_json(self) -> dict[str, Any]:
        place = self.source
        return {
            "kind": self.gap.value,
            "plan_id": self.plan_id,
            "level": self.level,
            "subject": self.what,
            "section": place.section if place else None,
            "page": place.page if place else None,
            "quote": place.quote if place else None,
            "file": place.file if place else None,
            "ask": self.ask,
        }


_SUB_PLANS = frozenset({"sub-plan", "theme-plan", "programme", "program"})
_LOCAL = 2
"""The highest level of the municipality's own plans: nothing of its own stands above it."""
_NAMED = 2.5
"""Rarity of a word that says what a section is about."""
_UNLINKED_KINDS = frozenset({"law", "regulation", "guidance", "master-plan", "plan-strategy", "budget"})


def gaps(library: Library, files: SearchFiles, as_of: date) -> list[Open]:
    """Every gap of the plans in force, by kind, higher level first."""
    every = [n for n in norms(library, as_of) if n.governs]
    subjects = Subjects(files, [n.statement for n in every])
    found = [
        *_of_targets(library, every, as_of),
        *_unanchored(library, every, subjects),
        *_unlinked(library, every),
        *_silent(library, every),
        *_past_revision(library, as_of),
    ]
    order = list(Gap)
    return sorted(found, key=lambda g: (order.index(g.gap), g.level, g.plan_id))


# --- targets ------------------------------------------------------------------------------


def _of_targets(library: Library, every: Sequence[Norm], as_of: date) -> Iterator[Open]:
    budget: dict[str, set[str]] = {}
    for norm in every:
        if norm.is_budget:
            budget.setdefault(norm.statement.language, set()).add(norm.statement.text.lower())
    counts: Counter[str] = Counter()
    for norm in every:
        counts.update(set(whole_stems(norm.statement.text, norm.statement.language)))
    marks = {OWNERLESS: Gap.NO_RESPONSIBLE, UNMEASURABLE: Gap.NO_MEASURE, "no_deadline": Gap.NO_DEADLINE}
    for target in targets(library, as_of):
        if not target.in_force or "rule_not_target" in target.flags:
            continue
        for flag, gap in marks.items():
            if flag in target.flags:
                yield _target_gap(gap, target, library)
        lines = budget.get(target.source.language)
        if lines and _without_money(target, lines, counts, library):
            yield _target_gap(Gap.NO_MONEY, target, library)


def _target_gap(gap: Gap, target: PlanTarget, library: Library) -> Open:
    source = target.source
    name = f"{target.target.number} " if target.target.number else ""
    return Open(
        gap=gap,
        plan_id=source.plan_id,
        level=source.level,
        what=f"{name}{target.target.target}",
        source=source,
        ask=target.target.responsible or library.register.plan(source.plan_id).owner,
    )


def _without_money(target: PlanTarget, budget: set[str], counts: Counter[str], library: Library) -> bool:
    """Whether no line of the budget holds one of the two rarest words of the target."""
    plan = library.register.plan(target.source.plan_id)
    if plan.kind not in _SUB_PLANS or {"ongoing", "recommendation_not_target"} & set(target.flags):
        return False
    words = dict.fromkeys(whole_stems(target.target.target, target.source.language))
    rarest = sorted(words, key=lambda w: (counts[w], -len(w)))[:2]
    return bool(rarest) and not any(word in line for word in rarest for line in budget)


# --- duties and plans without anything above ----------------------------------------------


def _unanchored(library: Library, every: Sequence[Norm], subjects: Subjects) -> Iterator[Open]:
    """Sections of the lowest plans whose subject no text above names, one gap a section."""
    lowest = max((plan.level for plan in library.register.plans), default=0)
    sections: dict[tuple[int, int], list[Norm]] = {}
    above: dict[str, set[str]] = {}
    for norm in every:
        if norm.plan.level < lowest:
            above.setdefault(norm.statement.language, set()).update(norm.wordy.stems)
        elif _asks_of_buyers(norm):
            place = norm.statement.document_id, norm.statement.section
            sections.setdefault(place, []).append(norm)
    for (document_id, section), duties in sections.items():
        first = duties[0]
        heading = library.section(document_id, section).heading
        spoken = above.get(first.statement.language)
        if spoken is None or _subject(heading, duties, subjects) & spoken:
            continue
        yield Open(
            gap=Gap.NO_ANCHOR,
            plan_id=first.plan.plan_id,
            level=first.plan.level,
            what=heading,
            source=library.sources(first.statement, "en")[0],
            ask=first.plan.owner,
        )


def _asks_of_buyers(norm: Norm) -> bool:
    """A duty, in a sentence of its own, of a text that binds."""
    is_row = norm.statement.kind is BlockKind.TABLE_ROW
    advice = norm.plan.binding is False or norm.plan.kind in ADVICE
    return norm.force in DUTIES and not norm.is_law and not is_row and not advice


def _subject(heading: str, duties: Sequence[Norm], subjects: Subjects) -> set[str]:
    """What a section is about: the rare words of its heading, else those of its duties."""
    named = {w for w in stems(heading, duties[0].statement.language) if subjects.rarity(w) >= _NAMED}
    return named or {w for duty in duties for w in duty.wordy.stems if subjects.rarity(w) >= _NAMED}


def _unlinked(library: Library, every: Sequence[Norm]) -> Iterator[Open]:
    governing = {n.plan.plan_id for n in every}
    for plan in library.register.plans:
        below = plan.level > _LOCAL and plan.kind not in _UNLINKED_KINDS
        if plan.plan_id in governing and below and not plan.implements and plan.translation_of is None:
            yield Open(
                gap=Gap.NO_LINK,
                plan_id=plan.plan_id,
                level=plan.level,
                what=f"{plan.title} is linked to no plan above",
                ask=plan.owner,
            )


# --- what a sub-plan must hold ------------------------------------------------------------


def _silent(library: Library, every: Sequence[Norm]) -> Iterator[Open]:
    governing = {n.statement.document_id for n in every}
    for document_id, shelf in library.shelves.items():
        if document_id not in governing or shelf.plan.kind not in _SUB_PLANS:
            continue
        for slot in _missing_slots(library, shelf):
            yield Open(
                gap=Gap.SILENT,
                plan_id=shelf.plan.plan_id,
                level=shelf.plan.level,
                what=f"says nothing of its {slot}",
                ask=shelf.plan.owner,
            )


def _missing_slots(library: Library, shelf: Shelf) -> Iterator[str]:
    """The slots with neither a heading, a column of a table nor a filled slot of a target."""
    document = shelf.document
    held = library.store.targets_of(document.document_id)
    words, columns = desk_words(document.language), wording(document.language).columns
    titles = [s.heading for s in library.store.sections(document.document_id).values()]
    titles += [s.context for s in library.store.statements_of(document.document_id) if s.context]
    filled = {"schedule": any(t.deadline for t in held), "responsibility": any(t.responsible for t in held)}
    if library.store.keeps_targets and not held:
        yield "targets"
    for slot, column in (
        ("implementation", None),
        ("schedule", "deadline"),
        ("responsibility", "responsible"),
    ):
        found = any(words.find[slot].search(t) for t in titles)
        found = found or (column is not None and any(columns[column].search(t) for t in titles))
        if not found and not filled.get(slot):
            yield slot


def _past_revision(library: Library, as_of: date) -> Iterator[Open]:
    for row in due(library.register, as_of):
        if row["overdue"]:
            yield Open(
                gap=Gap.PAST_REVISION,
                plan_id=row["plan_id"],
                level=row["level"],
                what=f"was to be revised by {row['due_on']}",
                ask=row["owner"],
            )


# --- as text ------------------------------------------------------------------------------

_TITLES: Mapping[Gap, str] = {
    Gap.NO_RESPONSIBLE: "Targets that nobody is responsible for",
    Gap.NO_MEASURE: "Targets that cannot be measured",
    Gap.NO_DEADLINE: "Targets without a deadline",
    Gap.NO_MONEY: "Targets that no line of the budget speaks of",
    Gap.NO_ANCHOR: "Duties that no plan above speaks of",
    Gap.NO_LINK: "Plans linked to nothing above",
    Gap.SILENT: "Sub-plans that leave out what they must hold",
    Gap.PAST_REVISION: "Plans past their revision",
}


def render(found: Sequence[Open]) -> str:
    """A list by kind, to read in a terminal."""
    if not found:
        return "No gap found."
    lines: list[str] = []
    for gap, title in _TITLES.items():
        rows = [row for row in found if row.gap is gap]
        if rows:
            lines += [f"{title} ({len(rows)})", *(line for row in rows for line in _lines(row)), ""]
    return "\n".join([*lines, f"{len(found)} gaps"])


def _lines(row: Open) -> list[str]:
    page = f", p. {row.source.page}" if row.source and row.source.page else ""
    place = f" ({row.source.section}{page})" if row.source else ""
    ask = f"; ask {row.ask}" if row.ask else ""
    return wrapped(f"  {row.plan_id}  {row.what}{place}{ask}", indent=6)
