"""Amounts with their units and bounds: "over 500 000 kroner", "minst tre tilbud", "£25k", "10–20 %".

Used on statements and on questions alike, so that a purchase of 38 000 meets "under 100 000".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.plans import Amount
from ingest.wording import Wording, wording

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_DATES = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.\s?\d{4}|[a-zæøåäö]{3,10}\s+\d{4})\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|§+\s*\d+(?:[-–]\d+)?\s?[a-z]?(?!\w)|\b(?:19|20)\d{2}\s*[–-]\s*(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_AFTER_BARE = re.compile(
    r"\s*(?:$|[.,;:?!)\-–]|(?:eks|ekskl|eksl|inkl|uten|utan|med|og|eller|til|for|i|på|per|hos|mva|exkl|och|till|hos"
    r"|moms|excl|incl|ex|plus|and|or|to|for|in|on|vat|without|with|without|skal|kan|må|bør)\b)",
    re.IGNORECASE,
)
"""A grouped number without a unit is money only where no other noun follows: not "21 000 innbyggere"."""
CURRENCY_SIGNS = "£€$"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and where it stands in the text."""

    amount: Amount
    start: int
    end: int

    @property
    def value(self) -> float:
        """The figure itself, whichever side it bounds."""
        return self.amount.low if self.amount.low is not None else self.amount.high or 0.0


def quantities(text: str, language: str) -> list[Quantity]:
    """Every amount with a unit in `text`, in order; a bare number counts only where bounds or scale say so."""
    words = wording(language)
    pattern = _pattern(language)
    masked = _DATES.sub(lambda m: " " * len(m.group()), text)
    found: list[Quantity] = []
    for match in pattern.finditer(masked):
        quantity = _quantity(match, masked, words)
        if quantity is not None:
            found.append(quantity)
    return _joined_ranges(found, masked, words)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = wording(language)
    numbers = "|".join(sorted(map(re.escape, words.numbers), key=len, reverse=True))
    scales = "|".join(sorted(map(re.escape, words.scales), key=len, reverse=True))
    units = "|".join(sorted(map(re.escape, words.units), key=len, reverse=True))
    return re.compile(
        rf"(?P<before>(?:kr\.?|nok|sek|dkk|eur|gbp|[{CURRENCY_SIGNS}])\s?)?"
        rf"(?<![\w.,])(?P<number>{_NUMBER}|(?<!\w)(?:{numbers})(?!\w))"
        rf"(?:(?P<dash>\s?[–-]\s?)(?P<upper>{_NUMBER}))?"
        rf"(?:\s?(?P<scale>{scales})(?!\w))?"
        rf"(?:\s?,?-)?(?:\s?(?P<unit>{units})(?!\w))?",
        re.IGNORECASE,
    )


def _quantity(match: re.Match[str], text: str, words: Wording) -> Quantity | None:
    unit = _unit(match, text, words)
    number = _number(match["number"], words)
    if number is None or unit is None:
        return None
    scale = words.scales.get((match["scale"] or "").lower(), 1.0)
    value = number * scale
    if match["upper"]:
        upper = (_number(match["upper"], words) or 0.0) * scale
        return Quantity(Amount(value, upper, unit), match.start(), match.end())
    low, high = _bounds(text, match, words, value)
    beyond = low != high and _is_beyond(_before(text, match), words)
    return Quantity(Amount(low, high, unit, beyond), match.start(), match.end())


def _unit(match: re.Match[str], text: str, words: Wording) -> str | None:
    if match["before"]:
        return "money"
    if match["unit"]:
        return words.units[match["unit"].lower()]
    digits = match["number"]
    if match["scale"]:
        return "money"
    if not digits[0].isdigit() or _YEAR.fullmatch(digits):
        return None
    grouped = len(re.sub(r"\D", "", digits)) >= 4
    stands_alone = _AFTER_BARE.match(text, match.end()) and text[match.start() - 1 : match.start()] != "/"
    return "money" if grouped and stands_alone else None


def _number(text: str, words: Wording) -> float | None:
    if not text[0].isdigit():
        return words.numbers.get(text.lower())
    plain = re.sub(r"[ \u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        return float(re.sub(r"[.,]", "", plain))
    if plain.count(",") and plain.count("."):
        decimal = max(plain.rfind(","), plain.rfind("."))
        plain = re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 28) : match.start()].lower()


def _bounds(
    text: str, match: re.Match[str], words: Wording, value: float
) -> tuple[float | None, float | None]:
    before = _before(text, match)
    after = text[match.end() : match.end() + 16].lower()
    low, high = (_ending(before, words.find[bound]) for bound in ("minimum", "maximum"))
    if low and high:  # "not less than" ends in "less than"
        low, high = (low, "") if len(low) > len(high) else ("", high)
    if _denied(before, low or high, words):  # "ikke mindre enn"
        low, high = high, low
    if high or _begins(after, words.find["maximum"]):
        return None, value
    return (value, None) if low or _begins(after, words.find["minimum"]) else (value, value)


def _is_beyond(before: str, words: Wording) -> bool:
    """Whether the bound is told by a word that leaves it out, and that word is not denied ("not more than")."""
    told = _ending(before, words.find["beyond"])
    return bool(told) and not _denied(before, told, words, "negation")


def _denied(before: str, told: str, words: Wording, by: str = "plain_negation") -> bool:
    return bool(told) and bool(_ending(before[: before.rindex(told)], words.find[by]))


def _ending(text: str, pattern: re.Pattern[str]) -> str:
    """The phrase that a text ends in; empty where it ends in none."""
    found = list(pattern.finditer(text))
    if not found:
        return ""
    between = re.sub(r"\b(?:på|of)\b", "", text[found[-1].end() :])
    return "" if re.search(r"[\w,;]", between) else found[-1].group()


def _begins(text: str, pattern: re.Pattern[str]) -> bool:
    match = pattern.search(text)
    return match is not None and match.group().startswith(("or ", "and ", "eller ")) and match.start() <= 1


def _joined_ranges(found: list[Quantity], text: str, words: Wording) -> list[Quantity]:
    """ "fra 100 000 til 1,3 mill." as one range, where both sides have one unit."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        between = text[last.end : quantity.start] if last else ""
        is_range = (
            last is not None
            and last.amount.unit == quantity.amount.unit
            and last.amount.low is not None
            and words.find["range"].fullmatch(between.strip().lower())
            and between.strip().lower() not in ("og", "and", "och", "und")
            and quantity.value > last.value
        )
        if is_range and last is not None:
            amount = Amount(last.amount.low, quantity.value, quantity.amount.unit)
            joined[-1] = Quantity(amount, last.start, quantity.end)
        else:
            joined.append(quantity)
    return joined
