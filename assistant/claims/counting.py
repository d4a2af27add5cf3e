"""The figures and dates of a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.claims.words import claim_words
from ingest.guess_dates import MONTHS, find_days
from ingest.plans import Amount
from ingest.quantities import quantities
from ingest.wording import wording

_PERIODS = frozenset({"year", "month", "week"})
_LOOSE = re.compile(r"\b[^\W\d_]{1,4}\d+\b|§+\s*\d+(?:[-–]\d+)?\s?[a-zA-Z]?(?!\w)|\d+(?:[.,:/-]\d+)*")
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_CURRENCIES = (
    ("crowns", re.compile(r"\b(?:kr|kron(?:e|er|or|a)|nok|sek|dkk|tkr|mkr|mnok)\b", re.IGNORECASE)),
    ("euros", re.compile(r"€|\beur(?:os?)?\b", re.IGNORECASE)),
    ("pounds", re.compile(r"£|\b(?:gbp|pounds?)\b", re.IGNORECASE)),
    ("dollars", re.compile(r"\$|\b(?:usd|dollars?)\b", re.IGNORECASE)),
)
_TENS = {
    "nb": ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti"),
    "nn": ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti"),
    "en": ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    "sv": ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"),
}
_TEENS = {
    "nb": ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    "nn": ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    "en": ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "sv": ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"),
    "da": ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
}
"""Number words beside those that amounts are read with; one that is unknown here is a word the source lacks."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text counts. `loose` are numbers without a unit, `days` as `2026-02-12`, `02-12` or `2026-02`."""

    amounts: tuple[Amount, ...]
    loose: frozenset[str]
    days: frozenset[str]
    currencies: frozenset[str]
    vat: frozenset[str]
    """`vat_with`, `vat_without`: how amounts are said to be meant."""
    sides: frozenset[tuple[str, str]] = frozenset()
    """Numbers with the side they bound: ("3", "minimum")."""
    periods: frozenset[str] = frozenset()
    """Years, months and weeks that are spoken of, counted or not: "hvert år"."""
    limits: frozenset[str] = frozenset()
    """Sides of a limit that is named by that word: "over grensen" is `minimum`."""
    bought: frozenset[Amount] = frozenset()
    """Bare amounts that stand as what something costs: "på 150 000 kroner", but not "grensen på 150 000 kroner"."""

    @property
    def numbers(self) -> set[str]:
        """Every number of the text, as digits."""
        values = (v for a in self.amounts for v in (a.low, a.high) if v is not None)
        parts = (str(int(part)) for day in self.days for part in day.split("-"))
        return {*self.loose, *parts, *map(digits, values)}


def figures(text: str, language: str) -> Figures:
    words = claim_words(language).find
    rest, days = _without_days(plain_bounds(numbers_written(text, language), language))
    rest = _closed_up(rest, language)
    found = quantities(rest, language)
    counted = [q for q in found if not (q.value == 1 and words["one"].match(rest[q.start : q.end].lstrip()))]
    return Figures(
        amounts=tuple(q.amount for q in counted),
        loose=frozenset(_loose(_masked(rest, [(q.start, q.end) for q in found]), language)),
        days=days,
        currencies=frozenset(name for name, sign in _CURRENCIES if sign.search(rest)),
        vat=frozenset(key for key in ("vat_without", "vat_with") if words[key].search(rest)),
        sides=_sides(rest, language),
        periods=frozenset(
            unit
            for word, unit in wording(language).units.items()
            if unit in _PERIODS and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest, re.IGNORECASE)
        ),
        limits=frozenset(
            side
            for match in words["limit"].finditer(rest)
            if (side := _side(rest[: match.start()], language))
        ),
        bought=frozenset(
            q.amount for q in counted if q.amount.low == q.amount.high and _costs(rest[: q.start], language)
        ),
    )


def _sides(text: str, language: str) -> frozenset[tuple[str, str]]:
    """Where a unit is not known, "minst" and "høyst" still must not change places."""
    text, numbers = _GROUPS.sub("", text), _all_numbers(language)
    found = set()
    for match in _counted(language).finditer(text):
        word, side = match.group().lower(), _side(text[: match.start()], language)
        if side:
            found.add((digits(numbers[word]) if word in numbers else word, side))
    return frozenset(found)


def _side(before: str, language: str) -> str:
    """Which side the last bounding word before something bounds, if no more than a word stands between."""
    bounds = [(b.end(), side) for side, found in _bounding(language) for b in found.finditer(before)]
    end, side = max(bounds, default=(0, ""))
    return side if side and re.fullmatch(r"\W*(?:[^\W\d]+\W+)?", before[end:]) else ""


@cache
def _bounding(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    ours, theirs = claim_words(language).find, wording(language).find
    return (
        ("minimum", theirs["minimum"]),
        ("minimum", ours["above"]),
        ("maximum", theirs["maximum"]),
        ("maximum", ours["below"]),
    )


def _all_numbers(language: str) -> dict[str, float]:
    return {**dict.fromkeys(claim_words(language).words["one"], 1.0), **wording(language).numbers}


@cache
def _counted(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])(?:\d+|{_either(_all_numbers(language))})(?!\w)", re.IGNORECASE)


def _costs(before: str, language: str) -> bool:
    words = claim_words(language).find
    found = list(words["value_before"].finditer(before))
    return bool(found) and not before[found[-1].end() :].strip() and not words["limit"].search(before)


def _closed_up(text: str, language: str) -> str:
    """A word between a number and its unit taken out: "tre skriftlige tilbud" as "tre tilbud"."""

    def closed(match: re.Match[str]) -> str:
        return match[0] if match["word"].lower() in claim_words(language).little else f"{match[1]} {match[3]}"

    return _apart(language).sub(closed, text)


@cache
def _apart(language: str) -> re.Pattern[str]:
    words = wording(language)
    number = rf"\d+|{_either(words.numbers)}"
    unit = _either(u for u in words.units if u.isalpha())
    return re.compile(rf"(?<!\w)({number})\s+(?P<word>[^\W\d_]{{3,}})\s+({unit})(?!\w)", re.IGNORECASE)


def plain_bounds(text: str, language: str) -> str:
    """A limit that is said by a denial, said without it: "ikke over" as "inntil", "not less than" as "at least"."""
    for pattern, plain in _denied_bounds(language):
        text = pattern.sub(f" {plain} ", text)
    return text


@cache
def _denied_bounds(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words = wording(language).words
    found = []
    for kind, opposite in (("minimum", "maximum"), ("maximum", "minimum")):
        denied, bounds = _either(words["negation"]), _either(w for w in words[kind] if w[0].isalpha())
        be = claim_words(language).find["be"].pattern
        pattern = rf"(?<!\w)(?:{denied})(?:\s+{be})?\s+(?:{bounds})(?=\s+\S*\d)"
        found.append((re.compile(pattern, re.IGNORECASE), next(w for w in words[opposite] if w[0].isalpha())))
    return tuple(found)


def _either(phrases: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def numbers_written(text: str, language: str) -> str:
    """Number words that amounts are not read with, as digits: "tjuefem" as "25"."""
    pattern = _number_words(language)
    return text if pattern is None else pattern.sub(lambda m: str(_number(m, language)), text)


@cache
def _number_words(language: str) -> re.Pattern[str] | None:
    tens, teens = _TENS.get(language, ()), _TEENS.get(language, ())
    if not tens and not teens:
        return None
    forms = [rf"(?P<ten>{_either(tens)})(?:-?(?P<one>{_either(_ones(language))}))?"] if tens else []
    return re.compile(
        rf"(?<!\w)(?:{'|'.join([*forms, rf'(?P<teen>{_either(teens)})'])})(?!\w)", re.IGNORECASE
    )


def _ones(language: str) -> dict[str, int]:
    return {word: int(value) for word, value in wording(language).numbers.items() if 1 <= value <= 9}


def _number(match: re.Match[str], language: str) -> int:
    if match["teen"]:
        return 13 + _TEENS[language].index(match["teen"].lower())
    one = match["one"]
    return (
        20 + 10 * _TENS[language].index(match["ten"].lower()) + (_ones(language)[one.lower()] if one else 0)
    )


def _without_days(text: str) -> tuple[str, frozenset[str]]:
    full = find_days(text)
    rest = _masked(text, [(d.start, d.end) for d in full])
    days = {d.day.isoformat() for d in full}
    for pattern in _partial_days():
        found = list(pattern.finditer(rest))
        days.update(_partial(match) for match in found)
        rest = _masked(rest, [match.span() for match in found])
    return rest, frozenset(days)


def _partial(match: re.Match[str]) -> str:
    month, named = _months()[match["month"].lower()], match.groupdict()
    return f"{month:02}-{int(named['day']):02}" if "day" in named else f"{named['year']}-{month:02}"


@cache
def _months() -> dict[str, int]:
    return {name: number for names in MONTHS.values() for number, name in enumerate(names, start=1)}


@cache
def _partial_days() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{_either(_months())})"
    forms = (
        rf"(?<!\w)(?P<day>\d{{1,2}})\.?\s+{month}(?!\w)",
        rf"(?<!\w){month}\s+(?P<year>(?:19|20)\d\d)(?!\w)",
        rf"(?<!\w){month}\s+(?P<day>\d{{1,2}})(?!\w)",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _loose(text: str, language: str) -> Iterator[str]:
    for match in _LOOSE.finditer(_GROUPS.sub("", text)):
        yield re.sub(r"\s", "", match.group()).lower()
    one = claim_words(language).find["one"]
    for word, value in wording(language).numbers.items():
        if not one.fullmatch(word) and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            yield digits(value)


def value_of(amount: Amount) -> float:
    """The figure itself, whichever side it bounds."""
    return amount.low if amount.low is not None else amount.high or 0.0


def digits(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
