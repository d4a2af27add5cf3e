"""A figure in a sentence: where it stands, how it is written, and other figures written the same way. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.quantities import Quantity, quantities
from ingest.wording import wording

BLANK = "____"
_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_SMALL_MONEY = 10.0
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0)
_POOLS: dict[str, tuple[float, ...]] = {
    "percent": (5, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 60, 65, 70, 75, 80, 90),
    "day": (3, 5, 7, 8, 10, 14, 15, 20, 21, 28, 30, 45, 60, 90),
    "m2": (10, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 400, 500, 750, 1000),
}
_STEPS: dict[str, tuple[float, ...]] = {
    "year": (-4, -3, -2, -1, 1, 2, 3, 5),
    "month": (-3, -2, -1, 1, 2, 3, 6),
    "day": (-3, -2, -1, 1, 2, 3),
    "week": (-2, -1, 1, 2, 4),
    "offer": (-2, -1, 1, 2),
    "person": (-2, -1, 1, 2, 3),
}
_MOST_COUNTED = {"year": 12.0, "month": 12.0, "day": 7.0, "week": 12.0, "offer": 12.0, "person": 12.0}
"""Up to this figure they are counted one by one, days by the week; above it round figures stand in their place."""
_FEWEST = 2.0
"""The smallest figure offered: a one would need other words around it ("one year")."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure of a sentence: its value and unit, and the stretch of text that writes it."""

    value: float
    unit: str
    start: int
    end: int
    written: str
    language: str

    def blanked(self, text: str) -> str:
        return text[: self.start] + BLANK + text[self.end :]

    def replaced(self, text: str, written: str) -> str:
        return text[: self.start] + written + text[self.end :]


def slots(text: str, language: str) -> list[Slot]:
    """The figures of a sentence that a question can ask for: one value each, two or more."""
    found = []
    for quantity in quantities(text, language):
        single = quantity.amount.low is None or quantity.amount.high in (None, quantity.amount.low)
        if single and quantity.value >= _FEWEST:
            found.append(_slot(quantity, text, language))
    return found


def _slot(quantity: Quantity, text: str, language: str) -> Slot:
    start, end = quantity.start, quantity.end
    while end > start and text[end - 1] in " ,;":
        end -= 1
    return Slot(quantity.value, quantity.amount.unit, start, end, text[start:end], language)


def rewritten(slot: Slot, value: float) -> str | None:
    """Another value in the same words: "5 millioner kroner" -> "2 millioner kroner"; None where it cannot be."""
    digits = _DIGITS.search(slot.written)
    if digits is None:
        return _in_words(slot, value)
    token = digits.group()
    scale = slot.value / _number(token) if _number(token) else 0.0
    if not scale or (value / scale < _FEWEST and scale > 1):
        return None
    return (
        slot.written[: digits.start()]
        + _figure(value / scale, token, slot.language)
        + slot.written[digits.end() :]
    )


def _in_words(slot: Slot, value: float) -> str | None:
    words = wording(slot.language).numbers
    first, _, rest = slot.written.partition(" ")
    if words.get(first.lower()) != slot.value:
        return None
    found = next((word for word, number in words.items() if number == value), None)
    if found is None:
        return None
    return " ".join(filter(None, (found.capitalize() if first[0].isupper() else found, rest)))


def _number(token: str) -> float:
    plain = re.sub(r"[ \u00a0\u202f]", "", token)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        return float(re.sub(r"[.,]", "", plain))
    return float(plain.replace(",", "."))


def _figure(value: float, like: str, language: str) -> str:
    """A number written as `like` is, or as the language does."""
    decimal = "." if language == "en" else ","
    grouped = re.search(r"\d([ \u00a0\u202f.,])\d{3}", like)
    separator = grouped.group(1) if grouped else ("," if language == "en" else " ")
    rounded = round(value, 2)
    whole, fraction = int(rounded), rounded - int(rounded)
    digits = (
        f"{whole:,}".replace(",", separator) if whole >= 10_000 or (whole >= 1000 and grouped) else str(whole)
    )
    return digits if not fraction else f"{digits}{decimal}{f'{fraction:.2f}'[2:].rstrip('0')}"


def neighbours(slot: Slot, own: Iterable[float] = ()) -> list[float]:
    """Other values that could well stand there, the nearest first; `own` are those of the same plans."""
    if slot.unit == "money":
        pool: Sequence[float] = [*(v for v in own if v >= _SMALL_MONEY), *_round(slot.value)]
    elif slot.unit in _STEPS and slot.value <= _MOST_COUNTED[slot.unit]:
        pool = [slot.value + step for step in _STEPS[slot.unit]]
    elif slot.unit in _POOLS:
        pool = _POOLS[slot.unit]
    else:
        pool = _round(slot.value)
    whole = slot.value == int(slot.value)
    near = [v for v in pool if v >= _FEWEST and v != slot.value and slot.value / 6 <= v <= slot.value * 6]
    near = [v for v in near if v == int(v) or not whole]
    if slot.unit == "day" and slot.value <= _MOST_COUNTED["day"]:
        near = [v for v in near if v <= _MOST_COUNTED["day"]]
    if slot.unit == "percent":
        near = [v for v in near if v < 100]
    return sorted(dict.fromkeys(near), key=lambda v: (_apart(v, slot.value), v))


def _round(value: float) -> list[float]:
    scale = 1.0
    while scale * 10 <= value:
        scale *= 10
    return [factor * size for size in (scale / 10, scale, scale * 10) for factor in _ROUND]


def _apart(value: float, other: float) -> float:
    return max(value, other) / min(value, other)
