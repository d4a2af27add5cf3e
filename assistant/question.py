"""What a question says of itself: its language, what would answer it, its amounts, whether it stands alone.

Words are data, one file a language in `assistant/questions/`; a language without a file is read as English.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from assistant.answers import Asks, Facts, Question
from assistant.followup import searched, standalone
from ingest.language import detect
from ingest.quantities import quantities
from ingest.wording import phrase_pattern
from ingest.yaml_data import read_yaml

MAX_CHARACTERS = 2_000
"""A longer question is a pasted document; its beginning is kept."""

_LIKELY = ("nb", "nn", "en", "sv", "da")
"""Languages people ask in beside the municipality's own."""

_FOLDER = Path(__file__).parent / "questions"
_BESIDE = {"nn": "nb"}
_ORDER = (Asks.WHO, Asks.AMOUNT, Asks.DEADLINE, Asks.WHICH_RULE, Asks.LIST)


@cache
def asking_words(language: str) -> Mapping[str, re.Pattern[str]]:
    path = _FOLDER / f"{_BESIDE.get(language, language)}.yaml"
    if not path.exists():
        path = _FOLDER / "en.yaml"
    content = read_yaml(path)
    return {key: phrase_pattern(words) for key, words in content.items()}


def facts(question: Question, *, languages: Collection[str], today: date) -> Facts:
    """Reads a question. `languages`: those of the municipality, which are likelier than others."""
    text = " ".join(question.text[:MAX_CHARACTERS].split())
    language = question.language or detect(text, candidates=dict.fromkeys((*languages, *_LIKELY)))
    query = standalone(text, question.history, language, asking_words(language))
    return Facts(
        query=query,
        searched=searched(text, query, question.history),
        language=language,
        as_of=question.as_of or today,
        asks=_asked(text, query, language),
        amounts=tuple(q.amount for q in quantities(query, language)),
    )


def _asked(text: str, query: str, language: str) -> Asks:
    """What a follow-up asks for, or what the question before it did."""
    own = what_is_asked(text, language)
    return what_is_asked(query.removesuffix(text), language) if own is Asks.OTHER and query != text else own


def what_is_asked(text: str, language: str) -> Asks:
    words = asking_words(language)
    last = asking_part(text).lower()
    for asks in _ORDER:
        match = words[asks.value].search(last)
        if match and match.start() < 25:
            return asks
    first = words["yes_no"].match(last) or words["yes_no"].match(_last_clause(last))
    if first or ("?" in text and words["yes_no"].search(last[:20])):
        return Asks.YES_NO
    for asks in _ORDER:
        if words[asks.value].search(last):
            return asks
    return Asks.OTHER


def _last_clause(sentence: str) -> str:
    """What follows the last comma: "the printer broke, a new one is 38 000, may I just buy it?" asks there."""
    return sentence.rpartition(",")[2].strip()


def asking_part(text: str) -> str:
    """The sentence that ends in a question mark, else the last one."""
    parts = [p for p in re.split(r"(?<=[.?!])\s+", text.strip()) if p]
    asking = [p for p in parts if p.endswith("?")]
    return (asking or parts or [""])[-1]


def is_small_talk(text: str, language: str) -> bool:
    """A greeting or thanks and nothing else."""
    words = asking_words(language)
    rest = words["greeting"].sub("", text.lower())
    return bool(words["greeting"].search(text)) and len(re.findall(r"\w+", rest)) <= 2


def asks_for_meaning(text: str, language: str) -> bool:
    """Whether it asks what a word means or what counts as something."""
    return bool(asking_words(language)["meaning"].search(text))


def is_vague(text: str, language: str) -> bool:
    """ "What should I think about?" with nothing named, or no word at all."""
    if not re.search(r"[^\W_]{3,}", text):
        return True
    words = asking_words(language)
    rest = words["vague"].sub("", words["greeting"].sub("", text.lower()))
    return bool(words["vague"].search(text)) and len(re.findall(r"\w{3,}", rest)) <= 1
