"""Amounts, shares, lengths of time and dates, whichever way they are written. Pure.

`500 000`, `500.000`, `kr 500 000,-`, `0,5 mill. kroner` and `500k` are one quantity; so are `30 %`, `tretti
prosent` and `30 per cent`; so are `1. juli 2026`, `1 July 2026` and `2026-07-01`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eval.number_words import NUMBER_WORDS, value_of
from eval.words import is_english
from ingest.fold import folded_text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and its unit; the unit is empty where none is written. `at` is where it starts."""

    value: float
    unit: str
    at: int = 0

    def same_as(self, other: Quantity) -> bool:
        """Equal values, and units that agree or are not both written. A share is never a bare number."""
        if abs(self.value - other.value) > 1e-9 * max(1.0, abs(self.value)):
            return False
        units = {self.unit, other.unit}
        return len(units) == 1 or ("" in units and not _WRITTEN_ALWAYS & units)

    def holds(self, other: Quantity) -> bool:
        """The same quantity, or a calendar month and a day in it."""
        if (self.unit, other.unit) != (_CALENDAR_MONTH, _DATE):
            return self.same_as(other)
        month, day = date.fromordinal(int(self.value)), date.fromordinal(int(other.value))
        return (month.year, month.month) == (day.year, day.month)


_SCALES = {
    "k": 1e3, "tusen": 1e3, "tusind": 1e3, "thousand": 1e3, "tkr": 1e3,
    "mill": 1e6, "million": 1e6, "millioner": 1e6, "millionar": 1e6, "millions": 1e6, "miljon": 1e6,
    "miljoner": 1e6, "milj": 1e6, "mio": 1e6, "m": 1e6, "mkr": 1e6, "mnkr": 1e6, "mn": 1e6,
    "mrd": 1e9, "milliard": 1e9, "milliarder": 1e9, "miljard": 1e9, "miljarder": 1e9, "billion": 1e9,
    "hundre": 1e2, "hundra": 1e2, "hundrede": 1e2, "hundred": 1e2,
}  # fmt: skip
_UNITS = {
    "%": "% prosent procent pst percent pct prosentpoeng procentenheter",
    "kr": "kr kroner kronor krone kronar nok sek dkk,-",
    "£": "£ gbp pounds pound",
    "€": "€ eur euro euros",
    "year": "år års year years yr yrs årig årige årlig yearly annually",
    "months": "måned måneder måneders månad månader månaders månadar mnd month months",
    "week": "uke uker ukers veke veker vecka veckor veckors uge uger week weeks",
    "day": "dag dager dagers dagar dagars dage døgn day days virkedager arbeidsdager arbetsdagar",
    "hour": "time timer timar timmar timme hour hours",
    "m2": "m2 m² kvm kvadratmeter kvadratmeters sqm",
    "m": "meter metre metres meters",
    "kg": "kg kilo kilogram",
    "t": "tonn ton tonnes tons tonne",
}
_UNIT_OF = {word: unit for unit, spelled in _UNITS.items() for word in spelled.split()}
_MONEY = {"kr", "£", "€"}
_CALENDAR_MONTH = "calendar month"
_DATE = "date"
_WRITTEN_ALWAYS = {"%", _DATE, _CALENDAR_MONTH}
"""A share or a date is never meant by a bare number."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar januari january jan", "februar februari february feb", "mars march mar marts",
            "april apr", "mai maj may", "juni june jun", "juli july jul", "august augusti aug",
            "september sept sep", "oktober october okt oct", "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED_DATE = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})\b",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<year>\d{{4}})\b", re.I)

_PLACE = re.compile(
    r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]"
    r"|(?:§§?|\b(?:order|section|sections|sec|clause|article|art|punkt|pkt|kapittel|kapitel|kap|chapter|vedlegg|"
    r"bilaga|annex|tabell|table|side|sida|sidan|page|sak|nr|no|paragraf|avsnitt)\b\.?)\s*\d+(?:[.-]\d+)*[a-z]?"
    r"(?:\s*(?:-|–|og|och|and|,)\s*\d+(?:[.-]\d+)+)*",
    re.IGNORECASE,
)
"""Where something stands is no amount: `§ 5-3`, `Order 5`, `side 4`, `[2]`."""

_BEFORE = r"(?:(?P<before>kr\.?|nok|sek|dkk|gbp|eur|£|€)\s*)?"
_DIGITS = r"(?P<digits>\d{1,3}(?:[ .,'’]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
_HALF = r"(?P<half>½)?"
_SCALE = r"(?:[ -]*(?P<scale>" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")(?![\w])\.?)?"
_UNIT = (
    r"(?P<unit>(?:,-)|(?:[\s-]*(?:per cent|square metres|square meters|"
    + "|".join(sorted((re.escape(u) for u in _UNIT_OF), key=len, reverse=True))
    + r")(?!\w)))?"
)
_NUMBER = re.compile(rf"{_BEFORE}(?<![\w,.]){_DIGITS}{_HALF}{_SCALE}{_UNIT}", re.IGNORECASE)
_WORD_NUMBER = re.compile(
    r"(?<![\w-])(?P<digits>"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + rf")(?![\w]){_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:–|-|—|til|till|to|and|og|och|eller|or)\s*")


@lru_cache(maxsize=16_384)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every amount and date in a text, in order of place; places and citation markers are none."""
    plain = folded_text(text)
    found, rest = _dates(_PLACE.sub(lambda m: " " * len(m[0]), plain))
    spelled = [_read(match, float(digits)) for match in _NUMBER.finditer(rest) for digits in [_plain(match)]]
    english = is_english(plain)
    written = [
        (match.start(), match.end(), quantity)
        for match in _WORD_NUMBER.finditer(rest)
        if (value := value_of(match["digits"].casefold(), english=english)) is not None
        for quantity in [_read(match, value)[2]]
    ]
    numbers = sorted([*spelled, *written], key=lambda each: each[0])
    return tuple(sorted([*found, *_with_shared_units(numbers, rest)], key=lambda each: each.at))


def _plain(match: re.Match[str]) -> str:
    """The digits as Python writes them: a separator before three digits groups, any other is decimal."""
    digits = match["digits"]
    head, separator, tail = digits, "", ""
    decimal = re.search(r"[.,](\d{1,2}|\d{4,})$", digits)
    if decimal:
        head, separator, tail = digits[: decimal.start()], ".", decimal[1]
    elif digits.startswith("0") and re.fullmatch(r"0[.,]\d+", digits):
        return digits.replace(",", ".")
    return re.sub(r"\D", "", head) + separator + tail


def _read(match: re.Match[str], value: float) -> tuple[int, int, Quantity]:
    groups = match.groupdict()
    scale = (groups.get("scale") or "").casefold()
    if groups.get("half"):
        value += 0.5
    unit = _unit(groups.get("unit") or "") or _unit(groups.get("before") or "")
    if scale in {"tkr", "mkr", "mnkr"}:
        unit = unit or "kr"
    if scale == "m" and unit not in _MONEY and "." not in match["digits"]:
        scale, unit = "", "m"  # 40 m is a length, £40m and 1.3m are money
    amount = Quantity(value * _SCALES.get(scale, 1.0), unit, match.start("digits"))
    return match.start(), match.end(), amount


def _unit(written: str) -> str:
    word = written.strip(" -.").casefold()
    if written.strip() == ",-":
        return "kr"
    if word == "per cent":
        return "%"
    return "m2" if word.startswith("square") else _UNIT_OF.get(word, "")


def _with_shared_units(numbers: list[tuple[int, int, Quantity]], text: str) -> list[Quantity]:
    """In `10–20 %` and `to til tre år` the first number has the unit of the second."""
    read = [quantity for _, _, quantity in numbers]
    for place in range(len(numbers) - 2, -1, -1):
        between = text[numbers[place][1] : numbers[place + 1][0]]
        if not read[place].unit and _RANGE.fullmatch(between):
            read[place] = Quantity(read[place].value, read[place + 1].unit, read[place].at)
    return read


def _dates(text: str) -> tuple[list[Quantity], str]:
    """The dates of a text, and the text with them blanked."""
    found: list[Quantity] = []

    def take(match: re.Match[str], year: int, month: int, day: int | None) -> str:
        try:
            ordinal = date(year, month, day or 1).toordinal()
        except ValueError:
            return match[0]
        found.append(Quantity(float(ordinal), _DATE if day else _CALENDAR_MONTH, match.start()))
        return " " * len(match[0])

    text = _ISO_DATE.sub(lambda m: take(m, int(m[1]), int(m[2]), int(m[3])), text)
    text = _DOTTED_DATE.sub(lambda m: take(m, int(m[3]), int(m[2]), int(m[1])), text)
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        text = pattern.sub(lambda m: take(m, int(m["year"]), _month(m), int(m["day"])), text)
    text = _MONTH_YEAR.sub(lambda m: take(m, int(m["year"]), _month(m), None), text)
    return found, text


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].casefold()]


def contains(wanted: Quantity, text: str) -> Quantity | None:
    """The first quantity of a text that is the wanted one; a calendar month holds each of its days."""
    return next((found for found in quantities(text) if wanted.holds(found)), None)


_FIGURES = re.compile(r"\d+(?:[ .,]\d{3})*(?![\d])(?:[.,]\d+)?")


@lru_cache(maxsize=4_096)
def figures(text: str) -> Mapping[float, frozenset[str]]:
    """Every figure of a text with the units it has there; the figures of a date stand alone.

    Looser than `quantities`: 1999 in one text and 3 May 1999 in another share a figure.
    """
    found: dict[float, set[str]] = {}
    plain = folded_text(text)
    for each in quantities(text):
        pronoun = each.value == 1 and not plain[each.at].isdigit()
        if each.unit not in {_DATE, _CALENDAR_MONTH} and not pronoun:
            found.setdefault(each.value, set()).add(each.unit)
    for written in _FIGURES.findall(plain):
        digits = re.sub(r"(?<=\d)[ .,](?=\d{3}(?!\d))", "", written).replace(",", ".")
        found.setdefault(float(digits), set()).add("")
    return {value: frozenset(units) for value, units in found.items()}
