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
_ENDINGS = re.compile(
    r"(?:n?ing(?:en|a|ene|erne|arna)|elsen|ations?|ene|ane|erne|arna|erna|orna|en|et|an|na|a|s)$"
)
"""Of a noun in its definite form, with what makes it a noun of a verb: "redovis|ningen", "kort|et", "reserv|ation"."""
_FEWEST_LETTERS = 4
"""Of a stem that tells a noun."""
_TELLS = frozenset({"descriptive", "restates", "repealed", "definition"})


def says_something(statement: StoredStatement, plan: Plan) -> bool:
    """Whether it asks, allows or aims at something, or sets a limit."""
    if statement.flags & _TELLS or statement.kind is BlockKind.FOOTNOTE:
        return False
    if plan.level > 1 and _by_law(statement.language).search(statement.text):
        return False
    if statement.force is Force.PERMISSION:
        return bool(statement.amounts) or allows(statement)
    if statement.force in _NORMATIVE:
        return True
    limits = [a for a in statement.amounts if a.low != a.high and a.unit in ("money", "percent", "offer")]
    sets = bool(limits) and plan.kind in _RULE_KINDS
    return sets and not _what_is_usual(statement.language).search(statement.text)


def allows(statement: StoredStatement) -> bool:
    """Whether somebody is allowed something: "can lead to" and "may be easy" allow nobody anything."""
    if statement.bearer is not None:
        return True
    words = "|".join(training_texts(statement.language)["reading"]["allows"])
    return re.search(rf"\b(?:{words})\b", statement.text, re.IGNORECASE) is not None


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
    unclear = (_dangling, _dangling_end, _spoken, _labelled)
    return not any(pattern(statement.language).search(text) for pattern in unclear)


def opening_noun(text: str, language: str) -> str:
    """The stem of a definite noun that a sentence opens with ("Avgiften" -> "avgift"); empty where it has none."""
    found = _definite(language).match(text)
    if found is None:
        return ""
    stem = _ENDINGS.sub("", found.group().split()[-1].casefold())
    return stem if len(stem) >= _FEWEST_LETTERS else ""


def stands_for(noun: str, before: str) -> bool:
    """Whether a definite noun is one that the sentences before have named: "The fee" after "apply for a fee"."""
    return noun in before.casefold()


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
def _labelled(language: str) -> re.Pattern[str]:
    """Matches a label of the document's own, "L1", "chapter 5": what it holds is not in the sentence."""
    words = "|".join(training_texts(language)["reading"]["labels"])
    return re.compile(
        rf"(?<!\w)(?:(?:{words})\s*(?:\d|(?-i:[A-Z])(?!\w))|(?-i:[B-Z]\d{{1,2}})(?!\w))", re.IGNORECASE
    )


@cache
def _what_is_usual(language: str) -> re.Pattern[str]:
    """Matches what tells how things are: "in practice most purchases are below the limit" sets none."""
    words = "|".join(training_texts(language)["reading"]["usual"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _definite(language: str) -> re.Pattern[str]:
    forms = "|".join(training_texts(language)["reading"]["definite"])
    return re.compile(rf"(?:{forms})(?!\w)")


@cache
def of_a_period(language: str) -> re.Pattern[str]:
    """Matches right after an amount that is of a month or a head: no single purchase is measured by it."""
    words = "|".join(training_texts(language)["reading"]["rates"])
    return re.compile(rf"\W{{0,3}}(?:\w+ ){{0,4}}(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _spoken(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(training_texts(language)['reading']['spoken'])})\b", re.IGNORECASE)


@cache
def _not_rules(language: str) -> re.Pattern[str]:
    return re.compile("|".join(training_texts(language)["reading"]["headings_without_rules"]), re.IGNORECASE)
