"""What words mean in each language: one data file a language in `ingest/languages/`.

A further language is a further file with the same keys; nothing here names a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.yaml_data import read_yaml

_FOLDER = Path(__file__).parent / "languages"
FALLBACK = "en"

PHRASES = (
    "obligation", "prohibition", "recommendation", "permission", "not_required", "comply_or_explain",
    "departures", "reasons", "changes", "visions", "wished", "municipalities", "absolutes",
    "negation", "competence", "charged",
    "plain_negation", "nobody", "needed", "less_than", "more_than", "set_phrases", "contrast", "coordinators", "infinitive",
    "pronouns", "imperative_not", "verb_endings",
    "target", "target_headings", "glossary_headings", "deadline", "relative", "conditions",
    "descriptive_subjects", "exception",
    "word_order", "fronting", "prepositions", "determiners", "agents", "documents", "purposes", "plan_work",
    "comes_about", "promise",
    "exception_starts", "leaning", "precedence", "delegates", "restates", "repealed", "future", "amended",
    "note_inserted", "note_amended", "note_to_change", "note_repealed", "note_to_repeal", "in_force_on",
    "this_section",
    "definition", "minimum", "maximum", "beyond", "range", "compared", "measured", "answers_for", "ongoing",
    "not_known", "fractions", "achieved",
)  # fmt: skip
_MAPPINGS = ("bearers", "numbers", "units", "scales", "target_columns")


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of one language, compiled; `find["obligation"]` matches its words."""

    language: str
    find: Mapping[str, re.Pattern[str]]
    bearers: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, float]
    units: Mapping[str, str]
    """Word to unit: "kroner" -> "money"."""
    scales: Mapping[str, float]
    columns: Mapping[str, re.Pattern[str]]
    """What a column of a table of targets holds, by the words of its header: "deadline" -> "Frist"."""
    words: Mapping[str, tuple[str, ...]]
    openings: Mapping[str, frozenset[str] | None]
    """The words that a list's phrases begin with; None where one begins with no letter or digit."""


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the phrases as whole words, longest first; never matches when there are none."""
    escaped = [
        re.escape(str(p).lower()).replace("\\ ", r"\s+") for p in sorted(phrases, key=lambda p: -len(str(p)))
    ]
    if not escaped:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", re.IGNORECASE)


_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"\w+")


def narrowed(words: Wording, text: str) -> Wording:
    """The wording of one text: a pattern none of whose phrases can stand in it is not tried again and again."""
    seen = frozenset(_WORD.findall(text.lower()))
    find = {
        key: pattern if (first := words.openings[key]) is None or not first.isdisjoint(seen) else _NEVER
        for key, pattern in words.find.items()
    }
    return replace(words, find=find)


def _openings(phrases: Iterable[str]) -> frozenset[str] | None:
    found = [_WORD.match(str(phrase).lower()) for phrase in phrases]
    return frozenset(match.group() for match in found if match) if all(found) else None


def languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@cache
def wording(language: str) -> Wording:
    """The words of a language, or of English where the language has no file.

    Raises:
        ValueError: the file lacks a key or has one too many.
    """
    path = _FOLDER / f"{language}.yaml"
    if not path.exists():
        return wording(FALLBACK)
    data = read_yaml(path)
    expected = {*PHRASES, *_MAPPINGS}
    if data.keys() != expected:
        raise ValueError(f"{path}: keys {sorted(data.keys() ^ expected)} are missing or unknown")
    return Wording(
        language=language,
        find={key: phrase_pattern(data[key]) for key in PHRASES},
        bearers={who: phrase_pattern(words) for who, words in data["bearers"].items()},
        numbers={str(k).lower(): float(v) for k, v in data["numbers"].items()},
        units={str(w).lower(): unit for unit, words in data["units"].items() for w in words},
        scales={str(k).lower(): float(v) for k, v in data["scales"].items()},
        columns={role: phrase_pattern(words) for role, words in data["target_columns"].items()},
        words={key: tuple(str(p).lower() for p in data[key]) for key in PHRASES},
        openings={key: _openings(data[key]) for key in PHRASES},
    )
