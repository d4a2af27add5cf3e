"""Tensions that two figures side by side do not show. Pure.

A text that repeats an old figure of the law, a budget that comes after a target's deadline, a permission that
points away from an aim, a rule for everything where the law makes an exception, two duties that both come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.authority import DUTIES
from assistant.desk.norms import Norm, is_named_target, years
from assistant.desk.subjects import Alike, Subjects
from assistant.desk.tension import Ground, Kind, Severity, Tension, made
from assistant.desk.words import desk_words
from assistant.maxims import Maxim
from ingest.plans import BlockKind, Force

_ACT = frozenset({"procurement-act", "procurement-regulations"})
_DIRECTION = frozenset({"master-plan", "budget", "plan-strategy"})
"""Plans that point a way and name no steps of a purchase."""
_RARE = 2.5
"""Rarity of a word that says what a statement is about."""
_SENTENCE = 400
"""Characters of the longest sentence that repeats a rule; a longer text is a form or a table run together."""
_STOP = re.compile(r"[.;:!?•](?=\D|$)")


def find(every: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    governing = [n for n in every if n.governs]
    yield from _restated(governing, every, subjects)
    yield from _budgets(governing, subjects)
    yield from _aims(governing, subjects)
    yield from _exceptions(governing, subjects)
    yield from _orders(governing)


# --- a figure of the law that the law no longer has ---------------------------------------


def _restated(governing: Sequence[Norm], every: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    laws = [n for n in governing if _is_provision(n) and _bounds(n)]
    former = [n for n in every if n.is_law and not n.governs and _bounds(n)]
    lawful = {bound for law in laws for bound in _bounds(law, strictly=True)}
    for norm in governing:
        if norm.is_law or not _bounds(norm) or _bounds(norm) & lawful or not _repeats_law(norm):
            continue
        enters = _is_entry_point(norm)
        found = _nearest(norm, [w for w in laws if _is_entry_point(w)] if enters else laws, subjects)
        if found is None:
            continue
        law, alike = found
        known = any(_bounds(old) & _bounds(norm) for old in former)
        least = 0.0 if enters else 0.1 if known else 0.2
        if alike.meaning < 0.87 or alike.words < least or _bounds(norm) & _bounds(law):
            continue
        yield made(Kind.RESTATED_LAW, law, norm, "a", Maxim.RESTATES_HIGHER, Severity.HIGH, alike)


def _is_provision(norm: Norm) -> bool:
    """A sentence of a law; its tables may list what it was before."""
    return norm.is_law and norm.statement.kind is not BlockKind.TABLE_ROW


def _is_entry_point(norm: Norm) -> bool:
    """ "The Act applies to contracts of 40,000 or more"."""
    words = desk_words(norm.statement.language)
    named, compound, entry = (
        words.find[key].search(norm.statement.text) for key in ("acts", "named_act", "entry")
    )
    closed = norm.is_law or named is not None or compound is not None
    return closed and entry is not None and any(a.unit == "money" for a in norm.amounts)


def _bounds(norm: Norm, *, strictly: bool = False) -> set[tuple[str, float]]:
    """The figures it names, each with its unit; `strictly` only those with an open side."""
    amounts = (a for a in norm.amounts if not strictly or a.low != a.high)
    values = ((a.unit, a.low if a.low is not None else a.high) for a in amounts)
    return {(unit, value) for unit, value in values if value is not None and unit != "year"}


def _repeats_law(norm: Norm) -> bool:
    """Whether it says what the law says, and not what the municipality asks for itself."""
    if norm.force in DUTIES or norm.force is Force.TARGET or len(norm.statement.text) > _SENTENCE:
        return False
    named = desk_words(norm.statement.language).find["acts"].search(norm.statement.text)
    return bool(named or "restates" in norm.statement.flags or norm.wordy.concepts & _ACT)


def _nearest(norm: Norm, others: Sequence[Norm], subjects: Subjects) -> tuple[Norm, Alike] | None:
    """The one most like it in words, of those that bound something in the same unit."""
    units = {unit for unit, _ in _bounds(norm)}
    rivals = [o for o in others if units & {unit for unit, _ in _bounds(o)}]
    if not rivals:
        return None
    near = subjects.nearness(
        subjects.vectors([norm.statement]), subjects.vectors([o.statement for o in rivals])
    )
    scored = [
        (subjects.alike(norm.wordy, o.wordy, float(m)), o) for o, m in zip(rivals, near[0], strict=True)
    ]
    alike, best = max(scored, key=lambda pair: (pair[0].words + pair[0].meaning, pair[1].statement.text))
    return best, alike


# --- money after the deadline -------------------------------------------------------------


def _budgets(governing: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    aims = [n for n in governing if n.due and is_named_target(n) and n.plan.kind != "budget"]
    budget = [
        n for n in governing if n.is_budget and n.statement.kind is not BlockKind.TABLE_ROW and not n.target
    ]
    if not aims or not budget:
        return
    near = subjects.nearness(
        subjects.vectors([n.statement for n in aims]), subjects.vectors([n.statement for n in budget])
    )
    for i, aim in enumerate(aims):
        assert aim.due is not None
        found: list[tuple[bool, float, Norm, Alike]] = []
        for j, line in enumerate(budget):
            alike = subjects.alike(aim.wordy, line.wordy, float(near[i, j]))
            if line.plan is not aim.plan and _told_of(alike, line, aim.due.year):
                names_year = max(years(line), default=0) > aim.due.year
                found.append((names_year, alike.words + alike.meaning, line, alike))
        if found:
            *_, line, alike = max(found, key=lambda each: each[:2])
            yield made(Kind.BUDGET, aim, line, "b", Ground.BUDGET_GATE, Severity.MEDIUM, alike)


def _told_of(alike: Alike, line: Norm, year: int) -> bool:
    """Whether a line of the budget is about the aim and names a year after it."""
    if max(years(line), default=0) > year:
        said = alike.meaning >= 0.88 and alike.mass >= 4.0 and alike.words >= 0.12
        return said or (alike.meaning >= 0.84 and alike.mass >= 5.0 and alike.words >= 0.5)
    runs_on = max(years(line, periods=True), default=0) > year
    return runs_on and alike.meaning >= 0.88 and alike.mass >= 4.0 and alike.words >= 0.2


# --- an aim and a permission that points away from it -------------------------------------


def _aims(governing: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    allowing = [n for n in governing if n.force is Force.PERMISSION and not n.is_law and not n.target]
    for aim in governing:
        if aim.target is None or aim.force is not Force.TARGET:
            continue
        gone = [g for g in _absent(aim) if all(subjects.rarity(w[:5]) >= _RARE for w in g)]
        for other in allowing:
            if other.plan is aim.plan or other.statement.language != aim.statement.language:
                continue
            if gone and _permits(other, gone):
                alike = _alike(aim, other, subjects)
                maxim = Maxim.TARGET_DOES_NOT_BIND
                yield made(Kind.AIM, aim, other, "b", maxim, Severity.MEDIUM, alike)


def _absent(aim: Norm) -> list[tuple[str, ...]]:
    """What shall be no more: "engangsfri" -> "engangs", "no single-use tableware" -> "single-use".

    A thing named by two words, neither of them a compound, is known again by both.
    """
    words = desk_words(aim.statement.language)
    text = (aim.target.target if aim.target else aim.statement.text).lower()
    gone: list[tuple[str, ...]] = []
    for word in re.findall(r"[\w-]{6,}", text):
        ending = next((e for e in words.endings if word.endswith(e)), None)
        if ending:
            gone.append((word.removesuffix(ending).strip("-"),))
    for match in words.find["absence"].finditer(text):
        named = re.findall(r"[^\W\d_][\w-]{4,}", " ".join(text[match.end() :].split()[:2]))
        joined = next((w for w in named if "-" in w), None)
        gone.append((joined,) if joined else tuple(named))
    return [things for things in gone if things and all(len(word) >= 5 for word in things)]


def _permits(norm: Norm, gone: Sequence[tuple[str, ...]]) -> bool:
    """Whether what is allowed is one of these things: it stands before the modal word or right after it.

    Only the clause around the modal word is read, and to be allowed to end a thing is no permission of it.
    """
    text = norm.statement.text.lower()
    words = desk_words(norm.statement.language)
    modal = norm.words.find["permission"].search(text)
    if modal is None or norm.words.find["plain_negation"].search(text[modal.start() : modal.end() + 12]):
        return False
    before = _STOP.split(text[: modal.start()])[-1]
    after = re.split(r"[,.;:]\s", text[modal.end() :], maxsplit=1)[0]
    if words.find["ends"].search(f"{before} | {after}"):
        return False
    spoken = [*re.findall(r"[\w-]{5,}", before)[-6:], *re.findall(r"[\w-]{5,}", after)[:4]]
    spoken = [w for w in spoken if not w.endswith(words.endings)]
    return any(all(any(_one_thing(w, g) for w in spoken) for g in things) for things in gone)


def _one_thing(word: str, other: str) -> bool:
    return word.startswith(other if "-" in other else other[:6])


# --- a rule for everything where the law makes an exception -------------------------------


def _exceptions(governing: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    excepted = {_section(n) for n in governing if _excepts(n)}
    rules = [n for n in governing if _for_everything(n) and n.amounts and _section(n) not in excepted]
    duties: dict[tuple[int, int], list[Norm]] = {}
    for norm in governing:
        if norm.is_law and norm.force in DUTIES and norm.amounts:
            duties.setdefault(_section(norm), []).append(norm)
    for exception in governing:
        ruled = duties.get(_section(exception), []) if exception.is_law and _excepts(exception) else []
        for rule in rules if ruled else ():
            if rule.rank <= exception.rank:
                continue
            best = max((_alike(h, rule, subjects) for h in ruled), key=lambda a: a.words, default=None)
            units = {a.unit for h in ruled for a in h.amounts} & {a.unit for a in rule.amounts}
            if best and units - {"money"} and best.words >= 0.4 and best.meaning >= 0.88:
                ground = Ground.OUTSIDE_THE_ROOM
                yield made(Kind.EXCEPTION, exception, rule, "unresolved", ground, Severity.MEDIUM, best)


def _excepts(norm: Norm) -> bool:
    return "exception" in norm.statement.flags


def _for_everything(norm: Norm) -> bool:
    words = desk_words(norm.statement.language)
    return (
        norm.force in DUTIES
        and not norm.is_law
        and bool(words.find["everything"].search(norm.statement.text))
    )


def _section(norm: Norm) -> tuple[int, int]:
    return norm.statement.document_id, norm.statement.section


def _alike(first: Norm, second: Norm, subjects: Subjects) -> Alike:
    near = subjects.meaning(first.statement, second.statement)
    return subjects.alike(first.wordy, second.wordy, near)


# --- two duties that both come first ------------------------------------------------------


def _orders(governing: Sequence[Norm]) -> Iterator[Tension]:
    """To use the agreement there is, and to look somewhere else before buying: which comes first is not said."""
    firsts = [n for n in governing if _comes_first(n)]
    agreed = [n for n in governing if firsts and not n.is_law and _must_use_agreement(n)]
    for first in firsts:
        for other in agreed:
            if other.plan is not first.plan and not {other.plan.kind, first.plan.kind} & _DIRECTION:
                a, b = (other, first) if other.rank <= first.rank else (first, other)
                side = "b" if b is first else "a"
                alike = Alike(0.0, 0.0, 0.0, 0)
                yield made(Kind.ORDER, a, b, side, Maxim.BOTH_MET, Severity.LOW, alike)


def _comes_first(norm: Norm) -> bool:
    if norm.is_law or norm.force is not Force.OBLIGATION:
        return False
    words = desk_words(norm.statement.language)
    return bool(words.find["before_buying"].search(norm.statement.text)) and not _names_agreement(norm)


def _names_agreement(norm: Norm) -> bool:
    return bool(desk_words(norm.statement.language).find["agreements"].search(norm.statement.text))


def _must_use_agreement(norm: Norm) -> bool:
    duty = desk_words(norm.statement.language).find["duty"]
    must = norm.force is Force.OBLIGATION or bool(duty.search(norm.statement.text))
    return must and _names_agreement(norm)
