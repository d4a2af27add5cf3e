"""The words of the plan owner's lists: one file a language in this folder, all with the same keys.

A language without a file is read as English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.wording import phrase_pattern
from ingest.yaml_data import read_yaml

_FOLDER = Path(__file__).parent
_KEYS = frozenset(
    [
        "absence",
        "absence_endings",
        "act_endings",
        "acts",
        "again",
        "agreements",
        "before_buying",
        "between",
        "budget",
        "changes",
        "charged",
        "cleft",
        "counted",
        "definite",
        "definite_endings",
        "duty",
        "each",
        "ends",
        "entry",
        "everything",
        "frequency",
        "implementation",
        "in_charge",
        "is_called",
        "latest",
        "makes_up",
        "powers",
        "repeals",
        "replaces",
        "responsibility",
        "schedule",
        "shares",
        "sources",
        "transition",
        "undecided",
    ]
)


_ENDINGS = frozenset({"absence_endings", "act_endings", "definite_endings"})
"""Lists of word endings, which match inside a compound."""


@dataclass(frozen=True, slots=True)
class DeskWords:
    """`find["absence"]` matches the words of one list; `endings` are those of a compound that lacks something;
    `frequency` is a year's count by its words: "once a month" -> 12; `shares` is per cent: "a third of" -> 33.3."""

    find: Mapping[str, re.Pattern[str]]
    endings: tuple[str, ...]
    frequency: Mapping[str, float]
    shares: Mapping[str, float]
    counted: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]


@cache
def desk_words(language: str) -> DeskWords:
    """The words of a language.

    Raises:
        ValueError: the file lacks a key or has one too many.
    """
    path = _FOLDER / f"{language}.yaml"
    if not path.exists():
        return desk_words("en")
    data = read_yaml(path)
    if data.keys() != _KEYS:
        raise ValueError(f"{path}: keys {sorted(data.keys() ^ _KEYS)} are missing or unknown")
    patterns = {key: phrase_pattern(data[key]) for key in _KEYS - _ENDINGS}
    compounds = "|".join(re.escape(ending) for ending in data["act_endings"])
    patterns["named_act"] = re.compile(rf"\w(?:{compounds})(?!\w)", re.IGNORECASE)
    counts = {str(words): float(count) for words, count in data["frequency"].items()}
    return DeskWords(
        find=patterns,
        endings=tuple(data["absence_endings"]),
        frequency=counts,
        shares={str(words): float(share) for words, share in data["shares"].items()},
        counted={str(word): float(count) for word, count in data["counted"].items()},
        words={key: tuple(map(str, data[key])) for key in _KEYS - {"counted", "frequency", "shares"}},
    )
