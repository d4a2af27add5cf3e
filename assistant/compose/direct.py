"""The figure, the day, the role or the yes that a question asks for, where the governing words make it certain. Pure.

What is said stands in the governing statement itself. Where two figures could be meant, or a yes would rest on
a condition nobody has told, nothing is said here and the statement speaks alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Asks, Facts, Outcome
from assistant.authority import Decision, Speaker
from assistant.question import asking_part, asking_words
from assistant.retrieve import near
from assistant.stems import content_stems
from assistant.strictness import CONDITIONS, covers, in_scope
from ingest.plans import Amount, BlockKind, Force
from ingest.quantities import Quantity, quantities
from ingest.wording import wording
from prompts import Texts

_LONGEST_ROLE = 5
"""Words."""
_CONDITIONS = frozenset({"money", "m2", "person"})
"""Units that say when a rule applies; the others say what it asks for."""
_COVERED = 0.6
"""Share of a question's content words that a rule must hold before it is a yes to that question: of two, both."""
_TIMES = frozenset({"year", "month", "week", "day"})


def direct(facts: Facts, decision: Decision, marker: int, words: Texts) -> str:
    """What to say before the statement, with its marker; empty where it is not certain."""
    governing = decision.governing
    if governing is None or decision.outcome is not Outcome.ANSWERED:
        return ""
    if facts.asks is Asks.YES_NO:
        said = _yes_no(facts, decision, governing)
        return str(words["direct"][said]) if said else ""
    if decision.force is Force.NONE:  # nothing is asked here, so its figure is no answer
        return ""
    found = {Asks.AMOUNT: _amount, Asks.DEADLINE: _deadline, Asks.WHO: _role}.get(facts.asks)
    told = found(facts, governing) if found else ""
    if not told:
        return ""
    if not near(facts.language, governing.statement.language):  # the document's words, in its own language
        return str(words["quote"].format(quote=told, marker=marker)) + ". "
    return f"{told[0].upper()}{told[1:]} [{marker}]. "


# --- figures, days and roles --------------------------------------------------------------


def _amount(facts: Facts, governing: Speaker) -> str:
    text, language = governing.source.quote, governing.statement.language
    words = asking_words(facts.language)
    wants_money = bool(words["asks_money"].search(facts.query))
    wants_time = bool(words["asks_time"].search(facts.query))
    told = {a.unit for a in facts.amounts}
    found = [
        q
        for q in quantities(text, language)
        if (q.amount.unit == "money") is wants_money
        and (q.amount.unit in _TIMES) is wants_time
        and (q.amount.unit not in told or wants_money)
    ]
    if len({q.amount for q in found}) > 1:
        found = _of_clause(text, found, facts.query)
    return _with_bound(text, found[0], language) if len(found) == 1 else ""


def _of_clause(text: str, found: Sequence[Quantity], query: str) -> list[Quantity]:
    """Those whose own part of the sentence shares a word with the question."""
    asked, start, kept = content_stems(query), 0, []
    for quantity in found:
        if asked & content_stems(text[start : quantity.start]):
            kept.append(quantity)
        start = quantity.end
    return kept


def _with_bound(text: str, quantity: Quantity, language: str) -> str:
    """The figure as it stands, with the "at least" before it."""
    before = text[: quantity.start]
    for match in asking_words(language)["bounds"].finditer(before):
        if not before[match.end() :].strip():
            return text[match.start() : quantity.end].strip()
    return text[quantity.start : quantity.end].strip()


def _deadline(_: Facts, governing: Speaker) -> str:
    dates = set(governing.statement.dates)
    return dates.pop() if len(dates) == 1 else ""


def _role(facts: Facts, governing: Speaker) -> str:
    """Who acts: the subject of a sentence that gives a power, the name in a row of a table of limits."""
    text, language = governing.source.quote, governing.statement.language
    if governing.statement.kind is BlockKind.TABLE_ROW:
        if facts.purchase_value is None or not _covers(governing, facts):
            return ""
        figures = [q for q in quantities(text, language) if q.amount.unit == "money"]
        name = re.split(r"\s(?=[a-zæøåäö]+\s*$)", text[: figures[0].start].strip())[0] if figures else ""
    else:
        told = in_scope(governing.statement.amounts, facts.figures)
        if any(a.unit in CONDITIONS for a in governing.statement.amounts) and told is not True:
            return ""
        power = wording(language).find["competence"].search(text)
        name = text[: power.start()].strip() if power else ""
    fine = name[:1].isupper() and len(name.split()) <= _LONGEST_ROLE and not re.search(r"[\d,:;]", name)
    return name if fine and not asking_words(language)["pronouns"].match(name) else ""


def _covers(governing: Speaker, facts: Facts) -> bool | None:
    value = facts.purchase_value
    return None if value is None else covers(governing.statement.amounts, value)


# --- yes and no ---------------------------------------------------------------------------


def _yes_no(facts: Facts, decision: Decision, governing: Speaker) -> str:
    """`yes`, `no` or nothing."""
    words = asking_words(facts.language)
    asked = asking_part(facts.query)
    if words["denying"].search(asked) or not _certain(facts, governing):
        return ""
    force = Force.NONE if decision.force is Force.NONE else governing.statement.force
    if words["asks_must"].match(asked):
        says = {Force.OBLIGATION: "yes", Force.RECOMMENDATION: "no", Force.NONE: "no", Force.TARGET: "no"}
        return says.get(force, "")
    if words["asks_may"].match(asked):
        return {Force.PROHIBITION: "no", Force.PERMISSION: "yes"}.get(force, "")
    return ""


def _certain(facts: Facts, governing: Speaker) -> bool:
    """Whether the statement speaks of what is asked, on no condition that the question leaves open."""
    statement = governing.statement
    if statement.kind is BlockKind.TABLE_ROW:  # a row is of one case
        return False
    if not governing.binds or "exception" in statement.flags or not near(facts.language, statement.language):
        return False
    if not all(_met(amount, facts) for amount in statement.amounts):
        return False
    return _shared(facts, governing) >= _COVERED


def _shared(facts: Facts, governing: Speaker) -> float:
    """The share of the question's content words that the statement, its lead-in or its heading holds."""
    statement = governing.statement
    asked = content_stems(facts.query)
    said = content_stems(f"{statement.context} {statement.text} {governing.source.section}")
    return len(asked & said) / max(1, len(asked))


def _met(amount: Amount, facts: Facts) -> bool:
    told = [a for a in facts.amounts if a.unit == amount.unit]
    if amount.unit in _CONDITIONS:
        return bool(told) and all(_figure(a) is not None for a in told)
    return all(_figure(a) == _figure(amount) for a in told)


def _figure(amount: Amount) -> float | None:
    return amount.low if amount.low is not None else amount.high
