"""`plans targets`: what the plans want reached, slot by slot, with what is missing or late marked. Pure.

A slot that the plan does not fill stays None and is reported as a flag. `status` says whether the target is in
force; a draft's targets are proposals, marked as such and counted in no list of what is missing.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answers import Source
from assistant.desk.layout import wrapped
from assistant.desk.validity import State, of_statement
from assistant.library import Library, Shelf
from assistant.stems import content_stems
from ingest.corrections import FLAG as CORRECTED
from ingest.guess_dates import MONTHS, find_days
from ingest.plans import Force, Target
from ingest.store import StoredStatement
from ingest.wording import Wording, wording

OVERDUE, OWNERLESS, UNMEASURABLE = "overdue", "ownerless", "unmeasurable"
FLAGS = (OVERDUE, OWNERLESS, UNMEASURABLE)
"""What a list can be cut down to; the other flags are remarks."""

_ONE_SUBJECT = 0.6
"""Share of the content words of the shorter target from which two are about one thing."""
_PROPOSED = frozenset({State.DRAFT, State.HEARING, State.NOT_YET})
_RULES = frozenset({Force.PROHIBITION, Force.OBLIGATION})
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTarget:
    """A target with where it stands and its flags; `due` is the last day of what the plan prints."""

    source: Source
    target: Target
    statement: StoredStatement
    in_force: bool
    due: date | None
    flags: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's keys; `number`, `due_on` and `progress` besides."""
        said, source = self.target, self.source
        return {
            "plan_id": source.plan_id,
            "number": said.number,
            "target": said.target,
            "measure": said.measure,
            "baseline": said.baseline,
            "deadline": said.deadline,
            "due_on": self.due.isoformat() if self.due else None,
            "responsible": said.responsible,
            "status": "in_force" if self.in_force else "not_in_force",
            "progress": said.status,
            "section": source.section,
            "page": source.page,
            "quote": source.quote,
            "file": source.file,
            "flags": list(self.flags),
        }


def targets(library: Library, as_of: date, *, language: str = "en") -> list[PlanTarget]:
    """The targets of every plan in force or proposed on a day, higher level first.

    What was superseded or repealed by then is left out.
    """
    found = [t for shelf in library.shelves.values() for t in _of_shelf(library, shelf, as_of, language)]
    proposed = [t for t in found if not t.in_force]
    order = {plan.plan_id: place for place, plan in enumerate(library.register.plans)}
    return sorted(
        (_with_proposals(t, proposed) for t in found),
        key=lambda t: (t.source.level, not t.in_force, order[t.source.plan_id]),
    )


def _with_proposals(made: PlanTarget, proposed: Sequence[PlanTarget]) -> PlanTarget:
    """Marks a target in force that a proposal on the same level would set otherwise."""
    if not made.in_force:
        return made
    rivals = [p for p in proposed if p.source.level == made.source.level and on_one_subject(p, made)]
    same = [p for p in rivals if p.target.target == made.target.target and p.due == made.due]
    return replace(made, flags=(*made.flags, "draft_differs")) if rivals and not same else made


def on_one_subject(first: PlanTarget, second: PlanTarget) -> bool:
    """Whether two targets share most of the words of the shorter one."""
    a, b = content_stems(first.target.target), content_stems(second.target.target)
    return bool(a and b) and len(a & b) >= _ONE_SUBJECT * min(len(a), len(b))


def chosen(
    found: Sequence[PlanTarget],
    *,
    plans: Collection[str] = (),
    flags: Collection[str] = (),
    responsible: str | None = None,
) -> list[PlanTarget]:
    """The targets of these plans (all where none is named) with every flag, of who is named."""
    wanted = (responsible or "").casefold()
    return [
        t
        for t in found
        if (not plans or t.source.plan_id in plans)
        and set(flags) <= set(t.flags)
        and wanted in (t.target.responsible or "").casefold()
    ]


def _of_shelf(library: Library, shelf: Shelf, as_of: date, language: str) -> Iterator[PlanTarget]:
    whole = library.validity(shelf, as_of)
    if not (whole.governs or whole.state in _PROPOSED):
        return
    said = library.store.targets_of(shelf.document.document_id)
    if not said:
        return
    statements = library.statements_of(shelf.document.document_id)
    for target in said:
        statement = statements[target.place]
        state = of_statement(whole, library.period(statement), as_of)
        if not (state.governs or state.state in _PROPOSED):
            continue
        words = wording(statement.language)
        due = last_day(target.deadline or "", statement.language)
        made = PlanTarget(
            source=library.sources(statement, language)[0],
            target=target,
            statement=statement,
            in_force=state.governs,
            due=due,
            flags=(),
        )
        yield replace(made, flags=tuple(_flags(made, words, as_of)))


# --- what is missing or late --------------------------------------------------------------


def _flags(made: PlanTarget, words: Wording, as_of: date) -> Iterator[str]:
    said, force = made.target, made.statement.force
    if CORRECTED in made.statement.flags:
        yield CORRECTED
    if force in _RULES:
        yield "rule_not_target"
    if force is Force.RECOMMENDATION:
        yield "recommendation_not_target"
    if said.deadline and words.find["ongoing"].search(said.deadline):
        yield "ongoing"
    if not made.in_force:
        yield "draft"
        return
    if made.due and made.due < as_of and force not in _RULES and not _achieved(said, words):
        yield OVERDUE
    if not said.responsible:
        yield OWNERLESS
    if not _measurable(made, words):
        yield UNMEASURABLE
    if not said.deadline:
        yield "no_deadline"
    if not said.baseline and force not in _RULES:
        yield "no_baseline"


def _achieved(said: Target, words: Wording) -> bool:
    return bool(said.status and words.find["achieved"].search(said.status))


def _measurable(made: PlanTarget, words: Wording) -> bool:
    """Whether one can tell if it is reached: a measure, a starting point, or a figure or share in it."""
    said = made.target
    if said.measure or said.baseline:
        return True
    text = YEAR.sub(" ", said.target)
    numbers = {word for word, value in words.numbers.items() if value > 1}
    counted = any(word in numbers for word in re.findall(r"\w+", text.lower()))
    return bool(re.search(r"\d", text)) or counted or bool(words.find["fractions"].search(text))


def last_day(deadline: str, language: str) -> date | None:
    """The last day of a deadline as printed: a day, a month of a year, a year; None where it names none."""
    days = find_days(deadline)
    if days:
        return days[-1].day
    years = [int(y) for y in YEAR.findall(deadline)]
    if not years:
        return None
    month = _month(deadline.lower(), language)
    last = calendar.monthrange(years[-1], month)[1]
    return date(years[-1], month, last)


def _month(text: str, language: str) -> int:
    for names in (MONTHS.get(language, ()), *MONTHS.values()):
        for number, name in enumerate(names, 1):
            if re.search(rf"\b{name}\b", text):
                return number
    return 12


# --- as text ------------------------------------------------------------------------------


def render(found: Sequence[PlanTarget], *, kept: bool = True) -> str:
    """A list to read in a terminal; `kept`: whether the index keeps targets at all."""
    if not kept:
        return "This index was made before targets were kept; ingest the folder again."
    if not found:
        return "No target fits."
    return "\n".join([*(line for target in found for line in _lines(target)), "", _counted(found)])


def _lines(made: PlanTarget) -> Iterator[str]:
    said, source = made.target, made.source
    name = f"{source.plan_id} {said.number}" if said.number else source.plan_id
    yield from wrapped(f"{name}  {said.target}", indent=4)
    slots = [
        f"due {said.deadline}" if said.deadline else "",
        said.responsible or "",
        f"measured by {said.measure}" if said.measure else "",
        f"from {said.baseline}" if said.baseline else "",
        f"progress: {said.status}" if said.status else "",
        f"{source.section}, p. {source.page}" if source.page else source.section,
    ]
    yield from wrapped("    " + "; ".join(slot for slot in slots if slot), indent=4)
    marks = [flag.upper() if flag in FLAGS else flag for flag in made.flags]
    if marks:
        yield from wrapped("    " + ", ".join(marks), indent=4)


def _counted(found: Sequence[PlanTarget]) -> str:
    counts = [f"{sum(flag in t.flags for t in found)} {flag}" for flag in FLAGS]
    drafts = sum(not t.in_force for t in found)
    proposed = f" ({drafts} only proposed)" if drafts else ""
    return f"{len(found)} targets{proposed}: {', '.join(counts)}"
