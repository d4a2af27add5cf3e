"""Which statements are worth a question: those that say something and can be read alone. Pure."""

from __future__ import annotations

import re
from functools import cache

from ingest.plans import BlockKind, Force, Plan
from ingest.store import StoredSection, StoredStatement
from prompts import training_texts

_SHORTEST, _LONGEST = 24, 300
"""Characters: less says nothing by itself, more cannot be taken in as an option."""
_ENDS = (".", ".»", ".”", '."', "!")
_NORMATIVE = frozenset(
    {
        Force.OBLIGATION,
        Force.PROHIBITION,
        Force.COMPLY_OR_EXPLAIN,
        Force.RECOMMENDATION,
        Force.PERMISSION,
        Force.TARGET,
    }
)
_RULE_KINDS = frozenset(
    {
        "law",
        "regulation",
        "standing-orders",
        "guideline",
        "guidance",
        "routine",
        "strategy",
        "policy",
        "handbook",
    }
)
"""Kinds of plans whose plain sentences with limits are rules too: "The act applies from 500 000"."""
_TELLS = frozenset({"descriptive", "restates", "repealed", "definition"})


def says_something(statement: StoredStatement, plan: Plan) -> bool:
    """Whether it asks, allows or aims at something, or sets a limit."""
    if statement.flags & _TELLS or statement.kind is BlockKind.FOOTNOTE:
        return False
    if plan.level > 1 and _by_law(statement.language).search(statement.text):
        return False
    if statement.force in _NORMATIVE:
        return True
    limits = [a for a in statement.amounts if a.low != a.high and a.unit in ("money", "percent", "offer")]
    return bool(limits) and plan.kind in _RULE_KINDS


def reads_alone(statement: StoredStatement, section: StoredSection) -> bool:
    """Whether it is one whole sentence that needs nothing before it."""
    text = statement.text
    if statement.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) or statement.context:
        return False
    if not _SHORTEST <= len(text) <= _LONGEST or not text.endswith(_ENDS) or "?" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "£€$«“"):
        return False
    if any(_not_rules(statement.language).search(heading) for heading in section.path):
        return False
    unclear = (_dangling, _dangling_end, _spoken)
    return not any(pattern(statement.language).search(text) for pattern in unclear)


def gives_power(statement: StoredStatement) -> bool:
    """Whether it says who may approve what amount; only a text that binds can."""
    money = any(amount.unit == "money" for amount in statement.amounts)
    return money and signing(statement.language).search(statement.text) is not None


@cache
def signing(language: str) -> re.Pattern[str]:
    """Matches the words for approving and signing."""
    return re.compile("|".join(training_texts(language)["reading"]["signing"]), re.IGNORECASE)


@cache
def _dangling(language: str) -> re.Pattern[str]:
    """Matches what points back to an earlier sentence."""
    texts = training_texts(language)["reading"]
    starts = "|".join(texts["dangling_starts"])
    inside = "|".join(texts["dangling_words"])
    return re.compile(rf"^(?:{starts})(?!\w)|\b(?:{inside})\b", re.IGNORECASE)


@cache
def _dangling_end(language: str) -> re.Pattern[str]:
    """Matches a sentence that ends in a pronoun: what it stands for was named before."""
    words = "|".join(training_texts(language)["reading"]["dangling_ends"])
    return re.compile(rf"\b(?:{words})[.!]$", re.IGNORECASE)


@cache
def _by_law(language: str) -> re.Pattern[str]:
    """Matches what repeats a law: it falls with the law's own text."""
    return re.compile(rf"\b(?:{'|'.join(training_texts(language)['reading']['by_law'])})\b", re.IGNORECASE)


@cache
def _spoken(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(training_texts(language)['reading']['spoken'])})\b", re.IGNORECASE)


@cache
def _not_rules(language: str) -> re.Pattern[str]:
    return re.compile("|".join(training_texts(language)["reading"]["headings_without_rules"]), re.IGNORECASE)
