"""The amounts that a statement asks for, with the bounds and the words that its figures alone do not show. Pure.

A share in words is a percentage, "every six months" is twice a year, "one supplier" is one offer, "between 100,000
and 500,000" is a band, and "shall not run longer than four years" is bounded from above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.desk.words import desk_words
from ingest.plans import Amount, Force
from ingest.quantities import Quantity, quantities
from ingest.wording import wording

TIMES = "times a year"
SPANS = frozenset({"day", "week", "month"})
_BOUNDED = SPANS | {"year", "percent"}
_YEARLY = {"day": 365.0, "week": 52.0, "month": 12.0, "year": 1.0}
_BEFORE = 16
"""Characters before a figure in which its bound stands."""
_MOST_OFFERS = 10
_NEAR = 3
"""Words between a number and what it counts: "ett skriftlig pristilbud"."""


def asked(text: str, language: str, force: Force) -> tuple[Amount, ...]:
    """What a sentence demands, in the order it is said."""
    found = quantities(text, language)
    each = set(_intervals(found, text, language))
    asks = [q for q in found if q not in each and not _only_describes(q, text, language)]
    amounts = [_bounded(q, text, language, force) for q in asks]
    times = [*_times(text, language), *(_per_year(q) for q in found if q in each)]
    return (
        *_bands(amounts, text, language),
        *times,
        *_shares(text, language, amounts),
        *_sources(text, language, amounts),
    )


def _only_describes(quantity: Quantity, text: str, language: str) -> bool:
    """ "Every material that makes up 5 per cent of the mass": a share that tells which things are meant."""
    before = text[max(0, quantity.start - _BEFORE - _BEFORE) : quantity.start]
    return quantity.amount.unit == "percent" and bool(desk_words(language).find["makes_up"].search(before))


def _bounded(quantity: Quantity, text: str, language: str, force: Force) -> Amount:
    """ "No later than 30 days" bounds from above, and so does a ban on more than something."""
    amount = quantity.amount
    before = text[max(0, quantity.start - _BEFORE) : quantity.start]
    words, own = wording(language), desk_words(language)
    exact = amount.low == amount.high
    latest = words.find["deadline"].search(before) or own.find["latest"].search(before)
    if amount.unit in SPANS and exact and latest:
        return Amount(None, amount.high, amount.unit)
    banned = force is Force.PROHIBITION and words.find["more_than"].search(before)
    if amount.unit in _BOUNDED and banned and amount.low is not None:
        return Amount(None, amount.low, amount.unit)
    return amount


def _bands(amounts: Sequence[Amount], text: str, language: str) -> list[Amount]:
    """ "Between X and Y" as one range of money."""
    money = [a for a in amounts if a.unit == "money"]
    exact = len(money) == 2 and all(a.low == a.high for a in money)
    if not exact or not desk_words(language).find["between"].search(text):
        return list(amounts)
    low, high = sorted(a.low or 0.0 for a in money)
    return [Amount(low, high, "money"), *(a for a in amounts if a.unit != "money")]


def _times(text: str, language: str) -> Iterator[Amount]:
    """How often a year something is to be done: "every week", "to ganger i året"."""
    words = desk_words(language)
    for match in words.find["frequency"].finditer(text):
        count = words.frequency[" ".join(match.group().lower().split())]
        yield Amount(count, count, TIMES)


def _intervals(found: Sequence[Quantity], text: str, language: str) -> Iterator[Quantity]:
    """ "Every six months": a span of time right after a word for each."""
    each = desk_words(language).find["each"]
    for quantity in found:
        before = text[max(0, quantity.start - _BEFORE) : quantity.start].rstrip()
        last = re.search(r"[^\W\d_]+$", before)
        if last and each.fullmatch(last.group()) and quantity.amount.unit in _YEARLY and quantity.value:
            yield quantity


def _per_year(quantity: Quantity) -> Amount:
    count = _YEARLY[quantity.amount.unit] / quantity.value
    return Amount(count, count, TIMES)


def _shares(text: str, language: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """A share told in words, where no percentage is; several divide a whole and bound no one thing."""
    words = desk_words(language)
    if any(a.unit == "percent" for a in amounts):
        return
    told = list(words.find["shares"].finditer(text))
    for match in told if len(told) == 1 else ():
        share = words.shares[" ".join(match.group().lower().split())]
        least = (
            wording(language).find["minimum"].search(text[max(0, match.start() - _BEFORE) : match.start()])
        )
        yield Amount(share, None if least else share, "percent")


def _sources(text: str, language: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """How many suppliers are to be asked, at a purchase of some value: "ask one supplier", "a single quotation"."""
    units = {a.unit for a in amounts}
    if "offer" in units or "money" not in units:
        return
    words, own = wording(language), desk_words(language)
    tokens = re.findall(r"[\w-]+", text.lower())
    counts = {**words.numbers, **own.counted}
    for at, word in enumerate(tokens):
        if not own.find["sources"].fullmatch(word):
            continue
        numbers = [counts[t] for t in tokens[max(0, at - _NEAR) : at] if t in counts]
        if numbers and numbers[-1] <= _MOST_OFFERS:
            yield Amount(numbers[-1], numbers[-1], "offer")
            return
