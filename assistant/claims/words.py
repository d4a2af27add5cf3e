"""The words by which a sentence is checked against its source: one data file a language beside this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.guess_dates import MONTHS
from ingest.language_words import FUNCTION_WORDS
from ingest.wording import phrase_pattern, wording
from ingest.yaml_data import read_yaml

_FOLDER = Path(__file__).parent
_PATTERNS = (
    "above", "absolutes", "advice_words", "after", "after_perhaps", "aim_words", "asks_whether", "be", "before", "below",
    "duty_words",     "explain", "governs", "lacks", "limit", "machine", "no", "no_duty", "one", "only", "reach", "unless",
    "value_before", "vat_with", "vat_without", "whether", "without", "yes",
)  # fmt: skip
_SETS = ("plain", "documents", "role_endings", "weekdays")
_FALLBACK = "en"
RELATED = ({"nb", "nn", "da", "sv"}, {"en"})
"""Languages whose words can be told to be the same by their spelling."""


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """`find["only"]` matches the words of one language that say "only"."""

    language: str
    find: Mapping[str, re.Pattern[str]]
    words: Mapping[str, tuple[str, ...]]
    plain: frozenset[str]
    """Words that claim nothing by themselves, the little words among them."""
    little: frozenset[str]
    """Function words, modal words, numbers and units: each is checked by a rule of its own."""
    functions: frozenset[str]
    documents: frozenset[str]
    role_endings: tuple[str, ...]
    months: frozenset[str]
    weekdays: frozenset[str]

    def names_role(self, word: str) -> bool:
        """Compounds are told by their ending; English writes its compounds apart."""
        if word in self.plain or self.language == "en":
            return word in self.role_endings
        return word.endswith(self.role_endings)


def languages() -> tuple[str, ...]:
    """Languages a sentence can be checked in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def related(first: str, second: str) -> bool:
    return first == second or any({first, second} <= family for family in RELATED)


@cache
def claim_words(language: str) -> ClaimWords:
    """The words of a language, or of English where the language has no file.

    Raises:
        ValueError: the file lacks a key, has one too many, or holds what is not a word.
    """
    path = _FOLDER / f"{language}.yaml"
    if not path.exists():
        return claim_words(_FALLBACK)
    content = read_yaml(path)
    if content.keys() != {*_PATTERNS, *_SETS}:
        raise ValueError(
            f"{path}: keys {sorted(content.keys() ^ {*_PATTERNS, *_SETS})} are missing or unknown"
        )
    odd = [word for words in content.values() for word in words if not isinstance(word, str)]
    if odd:
        raise ValueError(f"{path}: {odd} are not words; put quotation marks around them")
    return ClaimWords(
        language=language,
        find={key: phrase_pattern(content[key]) for key in _PATTERNS},
        words={key: tuple(content[key]) for key in _PATTERNS},
        plain=frozenset(content["plain"]) | _little_words(language) | _weighed(content),
        little=_little_words(language),
        functions=frozenset(FUNCTION_WORDS.get(language, "").split()),
        documents=frozenset(content["documents"]),
        role_endings=tuple(content["role_endings"]),
        weekdays=frozenset(content["weekdays"]),
        months=frozenset(MONTHS.get({"nn": "nb"}.get(language, language), ())),
    )


_PLAIN_KINDS = ("obligation", "recommendation", "permission", "negation", "minimum", "maximum", "prohibition")


def _little_words(language: str) -> frozenset[str]:
    words = wording(language)
    modal = " ".join(phrase for kind in _PLAIN_KINDS for phrase in words.words[kind])
    counted = " ".join((*words.numbers, *words.units, *words.scales))
    return frozenset(f"{FUNCTION_WORDS.get(language, '')} {modal} {counted}".split())


def _weighed(content: Mapping[str, list[str]]) -> frozenset[str]:
    """What the force of a sentence is told by, which is compared with the passage's."""
    return frozenset(word for key in ("advice_words", "aim_words", "duty_words") for word in content[key])
