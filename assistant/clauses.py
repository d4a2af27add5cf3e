"""Express clauses on which plan goes before which: "Ved motstrid går reglementet foran håndboka". Pure.

A clause names plans by a noun of their titles. What it names cannot be told where the noun fits plans of
different kinds; then it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.plans import Plan, Register
from ingest.wording import wording

_MARKED = re.compile(
    r"foran|framfor|forrang|føre|forud|före|företräd|vike|viger|precedence|prevail|overrid|give way|yield|vor\b|vorrang",
    re.IGNORECASE,
)
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "nb": (
        r"(?:går|gjelder|har)\s+(?P<over>\S.*?)\s+(?:foran|framfor|forrang\s+(?:foran|over|framfor))\s+(?P<under>.+)",
        r"(?P<over>.+?)\s+(?:går|gå|gjelder|gjelde|har|ha)\s+"
        r"(?:foran|framfor|forrang\s+(?:foran|over|framfor))\s+(?P<under>.+)",
        r"(?P<under>.+?)\s+(?:viker|vike)\s+for\s+(?P<over>.+)",
    ),
    "nn": (
        r"(?:går|gjeld|har)\s+(?P<over>\S.*?)\s+(?:føre|framfor|foran|forrang\s+(?:framfor|over))\s+(?P<under>.+)",
        r"(?P<over>.+?)\s+(?:går|gå|gjeld|gjelde|har)\s+(?:føre|framfor|foran|forrang\s+(?:framfor|over))\s+(?P<under>.+)",
        r"(?P<under>.+?)\s+(?:vik|vike)\s+for\s+(?P<over>.+)",
    ),
    "sv": (
        r"(?:går|gäller|har)\s+(?P<over>\S.*?)\s+(?:före|framför|företräde\s+(?:framför|före))\s+(?P<under>.+)",
        r"(?P<over>.+?)\s+(?:går|gå|gäller|gälla|har|ha)\s+(?:före|framför|företräde\s+(?:framför|före))\s+(?P<under>.+)",
        r"(?P<under>.+?)\s+(?:viker|vika)\s+för\s+(?P<over>.+)",
    ),
    "da": (
        r"(?:går|gælder|har)\s+(?P<over>\S.*?)\s+(?:forud\s+for|frem\s+for|forrang\s+(?:for|frem\s+for))\s+(?P<under>.+)",
        r"(?P<over>.+?)\s+(?:går|gå|gælder|gælde|har|have)\s+"
        r"(?:forud\s+for|frem\s+for|forrang\s+(?:for|frem\s+for))\s+(?P<under>.+)",
        r"(?P<under>.+?)\s+(?:viger|vige)\s+for\s+(?P<over>.+)",
    ),
    "en": (
        r"(?P<over>.+?)\s+(?:prevails?\s+over|(?:takes?|has|have)\s+precedence\s+over|overrides?)\s+(?P<under>.+)",
        r"(?P<under>.+?)\s+(?:yields?|gives?\s+way)\s+to\s+(?P<over>.+)",
    ),
    "de": (
        r"(?P<over>.+?)\s+(?:hat|haben)\s+vorrang\s+vor\s+(?P<under>.+)",
        r"(?P<over>.+?)\s+(?:geht|gehen)\s+(?P<under>.+?)\s+vor(?!\w)",
    ),
}
"""In the order tried: a verb before its subject first, for "går reglementet foran" holds no other reading."""

_BOTH: Mapping[str, str] = {
    "nb": r"motstrid\s+mellom\s+(?P<both>.+?),?\s+(?:gjelder|er\s+det)\s+(?P<over>.+)",
    "nn": r"motstrid\s+mellom\s+(?P<both>.+?),?\s+(?:gjeld|er\s+det)\s+(?P<over>.+)",
    "sv": r"(?:motstridighet|konflikt)\s+mellan\s+(?P<both>.+?),?\s+(?:gäller|är\s+det)\s+(?P<over>.+)",
    "da": r"modstrid\s+mellem\s+(?P<both>.+?),?\s+(?:gælder|er\s+det)\s+(?P<over>.+)",
    "en": r"conflicts?\s+between\s+(?P<both>.+?),\s+(?P<over>.+?)\s+(?:shall\s+|will\s+)?(?:prevails?|appl(?:y|ies))",
    "de": r"widerspruch\s+zwischen\s+(?P<both>.+?)\s+gilt\s+(?P<over>.+)",
}
_SELF: Mapping[str, str] = {
    "nb": "denne dette disse", "nn": "denne dette desse", "sv": "denna detta dessa", "da": "denne dette disse",
    "en": "this these", "de": "diese dieser dieses",
}  # fmt: skip

_NOUN = 5
"""Letters: a shorter word of a title names nothing by itself."""
_ENDING = 4
_SUBJECT = 5
"""Words of the longest subject that is a plan: "The council's strategy for purchasing"."""
_FOR = re.compile(r"\s(?:for|om|av|til|på|i|för|till|of|on|für|zur|zum|von)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`over` goes before `under`: plan ids."""

    over: frozenset[str]
    under: frozenset[str]


def clause(text: str, language: str, own: Plan, register: Register) -> Clause | None:
    """What a sentence of plan `own` says of the order of plans; None where it says nothing sure."""
    spoken = language if language in _PATTERNS else "en"
    if not _MARKED.search(text) or wording(language).find["plain_negation"].search(text):
        return None
    for over, under in _sides(text, spoken):
        first, second = (_named(side, spoken, own, register) for side in (over, under))
        if first and second - first:
            return Clause(first, second - first)
    return None


def _sides(text: str, language: str) -> Iterator[tuple[str, str]]:
    both, patterns = _compiled(language)
    match = both.search(text)
    if match:
        yield match["over"], match["both"]
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            yield found["over"], found["under"]


@cache
def _compiled(language: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    compiled = tuple(re.compile(p, re.IGNORECASE) for p in _PATTERNS[language])
    return re.compile(_BOTH[language], re.IGNORECASE), compiled


def _named(side: str, language: str, own: Plan, register: Register) -> frozenset[str]:
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", side)]
    if set(words) & set(_SELF[language].split()):
        return frozenset({own.plan_id})
    idle = set(_words(register.municipality.name))
    found = [p for p in register.plans if _is_named(words, [n for n in _nouns(p) if n not in idle])]
    kinds = {(p.kind, p.level) for p in found}
    return frozenset(p.plan_id for p in found) if len(kinds) == 1 else frozenset()


def is_subject(plan: Plan, text: str, language: str) -> bool:
    """Whether a sentence with a modal begins with a plan: "Anskaffelsesstrategien skal …", "The Plan shall …".

    A plan's kind names it, not what it is for: the first noun of "Strategi for innkjøp", in English the last one.
    """
    modal = wording(language).find["obligation"].search(text)
    subject = _words(text[: modal.start()]) if modal else []
    if not 0 < len(subject) <= _SUBJECT:
        return False
    at = -1 if language == "en" else 0
    heads = (_words(_FOR.split(title, maxsplit=1)[0]) for title in _titles(plan))
    return _is_named(
        subject, [nouns[at] for head in heads if (nouns := [w for w in head if len(w) >= _NOUN])]
    )


def _titles(plan: Plan) -> set[str]:
    return {plan.title, *(v.title for v in plan.versions)}


def _nouns(plan: Plan) -> Iterable[str]:
    return {word for title in _titles(plan) for word in _words(title) if len(word) >= _NOUN}


def _words(text: str) -> list[str]:
    return [w.lower() for w in re.findall(r"[^\W\d_]+", text)]


def _is_named(words: Iterable[str], nouns: Iterable[str]) -> bool:
    return any(_same_noun(word, noun) for word in words if len(word) >= _NOUN for noun in nouns)


def _same_noun(word: str, noun: str) -> bool:
    """Whether a word is a title's noun with an ending, or the last part of its compound."""
    if word.startswith(noun):
        return len(word) - len(noun) <= _ENDING
    stems = [word[: len(word) - cut] for cut in range(_ENDING) if len(word) - cut > _NOUN]
    return any(noun.endswith(stem) for stem in stems) or any(stem.endswith(noun) for stem in stems)
