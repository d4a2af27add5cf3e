"""The statements of the plans that ask for something, as they are held against one another. Pure.

A norm keeps the amounts it demands apart from those that only say when it applies or where one started: of "70 %
by reuse, 12 % in 2020" the 70 % alone is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.authority import DUTIES
from assistant.desk.asked import SPANS, TIMES, asked
from assistant.desk.subjects import Wordy, stems, wordy
from assistant.desk.targets import last_day
from assistant.desk.validity import State, Validity, of_statement
from assistant.desk.words import desk_words
from assistant.library import Library, Shelf
from ingest.plans import Amount, BlockKind, Force, Plan, PlanVersion, Target
from ingest.store import StoredStatement
from ingest.targets import deadline
from ingest.wording import Wording, wording

LAWS = frozenset({"law", "regulation"})
ASKING = DUTIES | {Force.RECOMMENDATION, Force.PERMISSION, Force.TARGET}
DEMANDED = ("percent", "year", "month", "week", "day", "offer", TIMES)
"""Units in which plans ask for more or less; square metres, persons and tonnes mostly say when a rule applies."""

_SHORTEST = 12
"""Characters of a statement that says something by itself."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PERIOD = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?[-–—]\s?(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One statement with its plan, what it demands and what it is about."""

    statement: StoredStatement
    shelf: Shelf
    validity: Validity
    """Of the statement, whose own text may say until when it holds."""
    rank: tuple[int, int]
    """Level, then adopting body; smaller is higher."""
    force: Force
    amounts: tuple[Amount, ...]
    target: Target | None
    due: date | None
    wordy: Wordy

    @property
    def plan(self) -> Plan:
        return self.shelf.plan

    @property
    def version(self) -> PlanVersion:
        return self.shelf.version

    @property
    def is_law(self) -> bool:
        return self.plan.kind in LAWS

    @property
    def is_budget(self) -> bool:
        """A budget by its kind, or a plan whose title says that it holds one."""
        title = desk_words(self.statement.language).find["budget"].search(self.plan.title)
        return self.plan.kind == "budget" or title is not None

    @property
    def governs(self) -> bool:
        return self.validity.governs

    @property
    def is_proposal(self) -> bool:
        return self.validity.state in (State.DRAFT, State.HEARING)

    @property
    def words(self) -> Wording:
        return wording(self.statement.language)

    @property
    def band(self) -> tuple[float, float] | None:
        """The amounts of money for which it applies; None where it names no limit, or two apart."""
        limits = [a for a in self.amounts if a.unit == "money" and a.low != a.high]
        low = max((a.low for a in limits if a.low is not None), default=0.0)
        high = min((a.high for a in limits if a.high is not None), default=float("inf"))
        return (low, high) if limits and low < high else None

    def demands(self, unit: str) -> tuple[Amount, ...]:
        return tuple(a for a in self.amounts if a.unit == unit)


def norms(library: Library, as_of: date) -> list[Norm]:
    """Every statement of every plan that may be held against another, whatever its plan's state."""
    return [n for shelf in library.shelves.values() for n in _of_shelf(library, shelf, as_of, _speaks)]


def definitions(library: Library, as_of: date) -> list[Norm]:
    """The statements that say what a term means, which ask for nothing."""
    return [n for shelf in library.shelves.values() for n in _of_shelf(library, shelf, as_of, _defines)]


_Chosen = Callable[[StoredStatement, Target | None], bool]


def _of_shelf(library: Library, shelf: Shelf, as_of: date, chosen: _Chosen) -> Iterator[Norm]:
    document = shelf.document.document_id
    state = library.validity(shelf, as_of)
    targets = {t.place: t for t in library.store.targets_of(document)}
    rank = (shelf.plan.level, library.body_rank(shelf))
    explains = comply_or_explain(library, shelf)
    for statement in library.statements_of(document):
        target = targets.get(statement.place)
        if not chosen(statement, target):
            continue
        text = target.target if target else _said(statement)
        force = _force(statement, target, shelf.plan)
        if explains and force is Force.RECOMMENDATION:
            force = Force.COMPLY_OR_EXPLAIN
        yield Norm(
            statement=statement,
            shelf=shelf,
            validity=of_statement(state, library.period(statement), as_of),
            rank=rank,
            force=force,
            amounts=_demanded(statement, target, text, force),
            target=target,
            due=_due(statement, target),
            wordy=wordy(text, statement.language),
        )


def comply_or_explain(library: Library, shelf: Shelf) -> bool:
    """Whether a whole text is to be followed or its departures explained, by its tier or as it says of itself."""
    language = shelf.version.language or "en"
    find = wording(language).find["comply_or_explain"]
    names = library.register.level(shelf.plan.level).names.values()
    if any(find.search(name.replace("-", " ")) for name in names):
        return True
    title = stems(shelf.plan.title, language)
    statements = library.statements_of(shelf.document.document_id)
    said = [s.text for s in statements if s.force is Force.COMPLY_OR_EXPLAIN and not s.amounts]
    return any(title & stems(text, language) for text in said)


def _speaks(statement: StoredStatement, target: Target | None) -> bool:
    """Whether it says something to hold against another: no note, question, definition or scrap."""
    text = statement.text
    if target is not None:
        return True
    if statement.kind is BlockKind.FOOTNOTE or text.endswith("?") or len(text) < _SHORTEST:
        return False
    return not {"definition", "descriptive"} & statement.flags


def _defines(statement: StoredStatement, target: Target | None) -> bool:
    return target is None and "definition" in statement.flags


def _force(statement: StoredStatement, target: Target | None, plan: Plan) -> Force:
    """What a text says by where it stands, where no modal word says it.

    A row of a table of targets is one, whatever modal word it holds, unless it says must, must not or should. A
    handbook asks in plain words ("Bytt telefon etter 3 år"), a rule may stand in the present tense ("the register
    is published every quarter"), and a row of a table of procedure binds as its plan does.
    """
    stands = statement.force in DUTIES or statement.force is Force.RECOMMENDATION
    if target is not None:
        return statement.force if stands else Force.TARGET
    advice = plan.binding is False or (plan.binding is None and plan.kind in ADVICE)
    row = statement.kind is BlockKind.TABLE_ROW
    may_rule = advice or row or plan.kind in _RULING
    if statement.force is not Force.INFORMATION or not may_rule or not _asks_plainly(statement):
        return statement.force
    if advice:
        return Force.RECOMMENDATION
    return Force.OBLIGATION if (_offers(statement) if row else _keeps_time(statement)) else statement.force


def _asks_plainly(statement: StoredStatement) -> bool:
    """Whether a plain sentence or row names a figure that can be followed, and no history."""
    if {"restates", "amended", "repealed", "exception"} & statement.flags or _YEAR.search(statement.text):
        return False
    if statement.kind is BlockKind.TABLE_ROW:
        return any(a.unit in DEMANDED for a in statement.amounts)
    amounts = asked(statement.text, statement.language, statement.force)
    limited = any(a.unit == "money" and a.low != a.high for a in amounts)
    return limited or any(a.unit in DEMANDED for a in amounts)


def _keeps_time(statement: StoredStatement) -> bool:
    """Whether it says how often or how fast something is done."""
    amounts = asked(statement.text, statement.language, statement.force)
    return any(a.unit == TIMES or (a.unit in SPANS and a.low is None) for a in amounts)


def _offers(statement: StoredStatement) -> bool:
    units = {a.unit for a in statement.amounts}
    return {"money", "offer"} <= units


_RULING = frozenset({"strategy", "standing-orders", "routine", "guideline"})
ADVICE = frozenset({"guidance", "handbook", "manual", "template"})


def _said(statement: StoredStatement) -> str:
    """The rule without what it is compared with or measured in."""
    words = wording(statement.language)
    cuts = [m.start() for key in ("compared", "measured") if (m := words.find[key].search(statement.text))]
    return statement.text[: min(cuts)] if cuts and min(cuts) > _SHORTEST else statement.text


def _demanded(
    statement: StoredStatement, target: Target | None, text: str, force: Force
) -> tuple[Amount, ...]:
    if statement.kind is BlockKind.TABLE_ROW and target is None:
        return statement.amounts
    return asked(text, statement.language, force)


def _due(statement: StoredStatement, target: Target | None) -> date | None:
    if target is not None:
        return last_day(target.deadline or "", statement.language)
    if statement.force not in DUTIES | {Force.TARGET}:
        return None
    return last_day(deadline(statement.text, wording(statement.language)) or "", statement.language)


def figures_in(norm: Norm) -> frozenset[str]:
    """Every number it prints but years, whatever it counts."""
    text = norm.target.target if norm.target else norm.statement.text
    return frozenset(re.findall(r"\d+(?:[.,]\d+)?", _YEAR.sub(" ", text)))


def is_named_target(norm: Norm) -> bool:
    """A row of a table of targets or a sentence that calls itself one; a task with a date is neither."""
    named = norm.target is not None or norm.words.find["target"].search(norm.statement.text)
    return norm.force is Force.TARGET and bool(named)


def asking(found: Sequence[Norm]) -> list[Norm]:
    """Those that say must, should, may or want, and powers, which stand in the present tense or in a table."""
    return [n for n in found if n.force in ASKING or is_power(n)]


def is_power(norm: Norm) -> bool:
    """Whether it says up to what amount somebody may decide; in a table, by its title."""
    statement = norm.statement
    if not norm.demands("money") or norm.force is Force.PROHIBITION:
        return False
    pattern = desk_words(statement.language).find["powers"]
    if statement.kind is BlockKind.TABLE_ROW:
        return bool(pattern.search(statement.context)) and len(norm.demands("money")) <= 2
    decides = norm.words.find["competence"].search(statement.text) or pattern.search(statement.text)
    limited = any(a.low is None for a in norm.demands("money"))
    told = limited and norm.force is Force.INFORMATION and not norm.is_law
    return bool(decides) and (
        told or "competence" in statement.flags or norm.force in DUTIES | {Force.PERMISSION}
    )


def years(norm: Norm, *, periods: bool = False) -> list[int]:
    """The years it names one by one; with `periods` also those of a period, which may be a plan's own name."""
    text = norm.statement.text
    return [int(y) for y in _YEAR.findall(text if periods else _PERIOD.sub(" ", text))]
