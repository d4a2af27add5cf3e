"""Days and periods as people write them in plans, in the languages of the north and some more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

MONTHS: dict[str, tuple[str, ...]] = {
    "nb": ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
           "oktober", "november", "desember"),
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
           "oktober", "november", "december"),
    "da": ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
           "oktober", "november", "december"),
    "en": ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december"),
    "de": ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
           "oktober", "november", "dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
           "octobre", "novembre", "décembre"),
    "fi": ("tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
           "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
           "oktober", "november", "december"),
}  # fmt: skip

_DASH = r"\s*[-\u2010-\u2015]\s*"
_PERIOD = re.compile(rf"\b((?:19|20)\d\d){_DASH}((?:19|20)?\d\d)\b(?!{_DASH}\d)")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day and where in the text it is written."""

    day: date
    start: int
    end: int


def find_days(text: str) -> tuple[FoundDay, ...]:
    """The days written in a text, in its order; a day that does not exist is left out."""
    found = (_found(match) for match in _day_pattern().finditer(text))
    return tuple(each for each in found if each)


def find_period(text: str) -> tuple[int, int] | None:
    """The first period of years, such as 2023-2032 or 2023-32, that does not run backwards."""
    for match in _PERIOD.finditer(text):
        first, last = int(match[1]), int(match[2])
        if len(match[2]) == 2:
            last += first // 100 * 100
        if first < last <= first + 60:
            return first, last
    return None


def _found(match: re.Match[str]) -> FoundDay | None:
    parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
    month = parts.get("m") or str(month_numbers()[parts["name"].lower()])
    year = int(parts["y"])
    try:
        day = date(year if year > 99 else 2000 + year, int(month), int(parts["d"]))
    except ValueError:
        return None
    return FoundDay(day, match.start(), match.end())


@lru_cache(maxsize=1)
def month_numbers() -> dict[str, int]:
    """Name of a month in any of the languages, in small letters -> its number."""
    return {name: number for names in MONTHS.values() for number, name in enumerate(names, start=1)}


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    year = r"(?:1[6-9]|20|21)\d\d"
    forms: Iterator[str] = iter((
        rf"(?P<y1>{year})-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)",
        rf"(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>{year})\b",
        rf"(?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?(?P<name3>{names})\s+(?P<y3>{year})\b",
        rf"(?P<d5>\d\d)-(?P<m5>\d\d)-(?P<y5>{year})(?!\d)",
        # 15/06/2024 and 06/15/2024; 05/06/2024 is read one way here and the other way there.
        rf"(?P<d6>1[3-9]|2\d|3[01])/(?P<m6>0?\d|1[0-2])/(?P<y6>{year})\b",
        rf"(?P<m7>0?\d|1[0-2])/(?P<d7>1[3-9]|2\d|3[01])/(?P<y7>{year})\b",
        r"(?<![\d.])(?P<d8>\d\d)\.(?P<m8>\d\d)\.(?P<y8>[0-4]\d)(?![\d.]\d|\d)",
        rf"(?P<name4>{names})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>{year})\b",
    ))  # fmt: skip
    return re.compile(r"(?<!\d)(?:" + "|".join(forms) + ")", re.IGNORECASE)
