"""How often a rule wants something done: "once a month", "every week", "hver uke". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_PERIODS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "en": (("day", 365), ("week", 52), ("fortnight", 26), ("month", 12), ("quarter", 4), ("year", 1)),
    "nb": (("dag", 365), ("uke", 52), ("uka", 52), ("måned", 12), ("kvartal", 4), ("halvår", 2), ("år", 1)),
    "nn": (("dag", 365), ("veke", 52), ("veka", 52), ("månad", 12), ("kvartal", 4), ("halvår", 2), ("år", 1)),
    "sv": (("dag", 365), ("vecka", 52), ("månad", 12), ("kvartal", 4), ("halvår", 2), ("år", 1)),
    "da": (("dag", 365), ("uge", 52), ("måned", 12), ("kvartal", 4), ("halvår", 2), ("år", 1)),
    "de": (("tag", 365), ("woche", 52), ("monat", 12), ("quartal", 4), ("halbjahr", 2), ("jahr", 1)),
}  # fmt: skip
"""Times a year of something done once in the period."""

_EACH: Mapping[str, str] = {
    "en": r"(?:every|each|per|an?)", "nb": r"(?:hver|hvert|per|i)", "nn": r"(?:kvar|kvart|per|i)",
    "sv": r"(?:varje|per|i|om)", "da": r"(?:hver|hvert|per|om)", "de": r"(?:jede|jeden|jedes|pro|im|in der)",
}  # fmt: skip
_ALONE: Mapping[str, str] = {
    "en": r"(?:every|each)", "nb": r"(?:hver|hvert)", "nn": r"(?:kvar|kvart)", "sv": r"varje",
    "da": r"(?:hver|hvert)", "de": r"(?:jede|jeden|jedes)",
}  # fmt: skip
"""Words that make a period a frequency without a number of times before it."""

_TIMES: Mapping[str, Mapping[str, float]] = {
    "en": {"once": 1, "twice": 2, "two times": 2, "three times": 3, "four times": 4},
    "nb": {"én gang": 1, "en gang": 1, "to ganger": 2, "tre ganger": 3, "fire ganger": 4},
    "nn": {"éin gong": 1, "ein gong": 1, "to gonger": 2, "tre gonger": 3, "fire gonger": 4},
    "sv": {"en gång": 1, "två gånger": 2, "tre gånger": 3, "fyra gånger": 4},
    "da": {"én gang": 1, "en gang": 1, "to gange": 2, "tre gange": 3, "fire gange": 4},
    "de": {"einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4},
}


def times_a_year(text: str, language: str) -> float | None:
    """The frequency a text names; None where it names none, or several that differ."""
    if language not in _PERIODS:
        return None
    counted, plain = _patterns(language)
    periods, times = dict(_PERIODS[language]), _TIMES[language]
    found = {
        times[" ".join(m.group("times").lower().split())] * periods[m.group("period").lower()]
        for m in counted.finditer(text)
    }
    rest = counted.sub(" ", text)
    found |= {periods[m.group("period").lower()] for m in plain.finditer(rest)}
    return found.pop() if len(found) == 1 else None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    period = "|".join(re.escape(name) for name, _ in _PERIODS[language])
    times = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in _TIMES[language])
    counted = rf"(?<!\w)(?P<times>{times})\s+{_EACH[language]}\s+(?P<period>{period})(?:e?[nt])?(?!\w)"
    plain = rf"(?<!\w){_ALONE[language]}\s+(?P<period>{period})(?!\w)"
    return re.compile(counted, re.IGNORECASE), re.compile(plain, re.IGNORECASE)
