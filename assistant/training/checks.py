"""What is checked before a person looks at an item, and what a person is told of it. Pure but for the assistant.

An error keeps an item from being made or approved; a note is shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers import Answer, Outcome
from assistant.training.items import Item, Kind, fingerprint
from ingest.fold import folded_text

_GIVE_AWAY = 1.6
"""How much longer than the next an option may be before its length points it out."""
_NAMES = frozenset(
    {
        "target_owner",
        "governs",
        "governs_today",
        "governs_why",
        "find_page",
        "question",
        "who_signs",
        "force",
    }
)
"""Templates whose options are names and fixed words: their lengths tell nothing of the key."""
_AS_ASKED = frozenset({"question", "asked_figure"})
"""Templates that ask in people's own words: one sentence may answer many questions."""
_SHORT = 24
"""Characters up to which lengths give nothing away."""
_HARD_TO_READ = 60.0
"""LIX of the question's own words from which text is very hard to read, as laws are."""
_LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[«“”»\"][^«“”»\"]*[»”“«\"]")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")


class Problem(StrEnum):
    KEYS = "keys"
    OPTIONS_ALIKE = "options_alike"
    FEW_OPTIONS = "few_options"
    QUOTE_NOT_FOUND = "quote_not_found"
    NO_QUOTE = "no_quote"
    DUPLICATE = "duplicate"
    LENGTH = "length"
    READING_LEVEL = "reading_level"
    NOT_ANSWERED = "not_answered"


ERRORS = frozenset(
    {
        Problem.KEYS,
        Problem.OPTIONS_ALIKE,
        Problem.FEW_OPTIONS,
        Problem.QUOTE_NOT_FOUND,
        Problem.NO_QUOTE,
        Problem.DUPLICATE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an item, or worth a look."""

    problem: Problem
    detail: str = ""

    @property
    def is_error(self) -> bool:
        return self.problem in ERRORS


PageText = Callable[[str, int | None], str]
"""The text of a page of a file, empty where there is none."""


def check(item: Item, page_text: PageText | None = None, others: Iterable[Item] = ()) -> list[Finding]:
    """Everything found without asking the assistant; `others` are what the item must not repeat."""
    found = [*_keys(item), *_lengths(item), *_reading(item)]
    if not item.quotes:
        found.append(Finding(Problem.NO_QUOTE))
    if page_text is not None:
        found.extend(_quotes(item, page_text))
    repeated = next((o for o in others if o.item_id != item.item_id and repeats(item, o)), None)
    if repeated is not None:
        found.append(Finding(Problem.DUPLICATE, repeated.item_id))
    return found


def _keys(item: Item) -> list[Finding]:
    if item.kind is Kind.MATCHING:
        left, right = {fingerprint(p.left) for p in item.pairs}, {p.right for p in item.pairs}
        alike = len(left) < len(item.pairs) or len(right) < len(item.pairs)
        return [Finding(Problem.OPTIONS_ALIKE)] if alike else []
    found = []
    if len(item.right) != 1 or item.right[0].text != item.answer:
        found.append(Finding(Problem.KEYS, str(len(item.right))))
    if len({fingerprint(o.text) for o in item.options}) < len(item.options):
        found.append(Finding(Problem.OPTIONS_ALIKE))
    if len(item.options) < (2 if item.kind is Kind.TRUE_FALSE else 3):
        found.append(Finding(Problem.FEW_OPTIONS, str(len(item.options))))
    return found


def _lengths(item: Item) -> list[Finding]:
    """Whether the right option is told by being much the longest, or much the shortest."""
    names = item.template in _NAMES or item.template.startswith("plan_")
    if item.kind in (Kind.MATCHING, Kind.TRUE_FALSE, Kind.WHICH_LEVEL) or names or len(item.right) != 1:
        return []
    right = len(item.right[0].text)
    others = [len(o.text) for o in item.options if not o.right]
    if not others or max(right, *others) <= _SHORT:
        return []
    too_long = right > _GIVE_AWAY * max(others)
    too_short = min(others) > _GIVE_AWAY * right
    return [Finding(Problem.LENGTH, str(right))] if too_long or too_short else []


def _reading(item: Item) -> list[Finding]:
    own = _QUOTED.sub(" ", item.question)
    level = lix(own)
    return [Finding(Problem.READING_LEVEL, f"{level:.0f}")] if level >= _HARD_TO_READ else []


def lix(text: str) -> float:
    """Words a sentence, and the share of words of more than six letters: below 40 is easy, above 60 very hard."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return len(words) / sentences + 100 * sum(len(w) > _LONG_WORD for w in words) / len(words)


def _quotes(item: Item, page_text: PageText) -> list[Finding]:
    return [
        Finding(Problem.QUOTE_NOT_FOUND, f"{quote.file}, {quote.page}")
        for quote in item.quotes
        if folded_text(quote.text) not in folded_text(page_text(quote.file, quote.page))
    ]


def repeats(item: Item, other: Item) -> bool:
    """Whether two items ask one thing: the same words, or the same figure of the same sentence the same way."""
    if (item.municipality, item.language) != (other.municipality, other.language):
        return False
    if fingerprint(item.question) == fingerprint(other.question):
        return item.kind is not Kind.MATCHING or {p.left for p in item.pairs} == {p.left for p in other.pairs}
    if item.template in _AS_ASKED:
        return False
    same_key = [b.text_hash for b in item.key_statements] == [b.text_hash for b in other.key_statements]
    return (
        bool(item.key_statements) and same_key and (item.template, item.slot) == (other.template, other.slot)
    )


Ask = Callable[[str, Item], Answer]


def found_by_assistant(item: Item, ask: Ask) -> list[Finding]:
    """Whether the assistant, asked the question, leads to the item's plan; costs the time of one answer."""
    if not item.asked or not item.plan_ids:
        return []
    answer = ask(item.asked[0], item)
    cited = {citation.source.plan_id for citation in answer.citations}
    if answer.outcome is Outcome.ANSWERED and cited & set(item.plan_ids):
        return []
    return [Finding(Problem.NOT_ANSWERED, ", ".join(sorted(cited)) or answer.outcome.value)]


def errors(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.is_error]
