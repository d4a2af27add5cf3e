"""A purchase that a person tells of without asking one thing of it: "I'm buying 10 chairs for 80,000". Pure.

Words are data, beside those of questions in `assistant/questions/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answers import Asks, Facts
from assistant.question import asking_words, what_is_asked
from assistant.things import BOUGHT
from assistant.vocabulary import load
from ingest.language_words import FUNCTION_WORDS
from ingest.quantities import Quantity, quantities

_WORD = re.compile(r"[^\W\d_][\w-]*")
_COUNT = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,]*\d)")
_GENERAL_END = re.compile(r"\0[^\w?]*\?")
"""A general question taken out, with its mark."""
_LONGEST_THING = 8
"""Words; what is longer tells a story and is not a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is bought, as far as the words say.

    `thing` is in the buyer's own words, `head` its first noun phrase. `value` is for the whole contract:
    price times count or years where both are told. `with_vat` None: not told.
    """

    thing: str
    head: str
    value: float | None
    price: str = ""
    """As told; for one, or for a year, where `value` is more."""
    with_vat: bool | None = None
    years: float | None = None
    """Told beside a yearly price, and counted in `value`."""
    a_year: bool = False
    """The price is for a year and the number of years is not told."""
    value_is_counted: bool = False
    """`value` is a product of what was told."""


def read_purchase(facts: Facts) -> Purchase | None:
    """The purchase a question tells of; None where it asks for something, or names nothing to buy."""
    words = asking_words(facts.language)
    text = _GENERAL_END.sub(" ", words["buying_general"].sub("\0", facts.query)).replace("\0", " ")
    if re.search(r"\w[^.?!]*\?", text):
        return None
    intent = words["buying"].search(text)
    rest = words["buying"].sub(" ", text, count=1)
    if what_is_asked(rest, facts.language) is not Asks.OTHER:
        return None
    amounts = quantities(rest, facts.language)
    thing = _thing(rest, amounts, words, facts.language)
    named = bool(bought(thing))
    price = _price(amounts)
    counted = bool(_COUNT.search(_without(rest, amounts)))
    general = text != facts.query
    told = (named or price is not None or counted or general) if intent else (named and price is not None)
    if not thing or not told or len(thing.split()) > _LONGEST_THING:
        return None
    return _counted(rest, thing, price, amounts, words)


def bought(text: str) -> tuple[str, ...]:
    """Ids of the goods, services and works that the words name."""
    vocabulary = load()
    found = vocabulary.concepts_in(re.findall(r"[^\W_]+", text))
    return tuple(name for name in found if vocabulary.concepts[name].kind in BOUGHT)


def _counted(
    rest: str,
    thing: str,
    price: float | None,
    amounts: list[Quantity],
    words: Mapping[str, re.Pattern[str]],
) -> Purchase:
    yearly = bool(words["a_year"].search(rest))
    years = next((q.value for q in amounts if q.amount.unit == "year" and q.value > 1), None)
    count = _COUNT.search(_without(rest, amounts))
    value = price
    if price is not None and words["each"].search(rest) and count:
        value = price * int(count.group())
    if value is not None and yearly and years:
        value *= years
    vat = (
        True if words["vat_included"].search(rest) else False if words["vat_excluded"].search(rest) else None
    )
    return Purchase(
        thing=thing,
        head=_head(thing, words),
        value=value,
        price=_told(rest, amounts),
        with_vat=vat,
        years=years if yearly else None,
        a_year=yearly and not years,
        value_is_counted=value != price,
    )


def _price(amounts: list[Quantity]) -> float | None:
    return max((q.value for q in amounts if q.amount.unit == "money"), default=None)


def _told(text: str, amounts: list[Quantity]) -> str:
    money = [q for q in amounts if q.amount.unit == "money"]
    highest = max(money, key=lambda q: q.value, default=None)
    return text[highest.start : highest.end].strip() if highest else ""


def _thing(text: str, amounts: list[Quantity], words: Mapping[str, re.Pattern[str]], language: str) -> str:
    """What is left of the words when intent, amounts and filling are taken out."""
    left = _COUNT.sub(" ", _without(text, amounts))
    for key in ("vat_included", "vat_excluded", "a_year", "each", "greeting", "follow_up"):
        left = words[key].sub(" ", left)
    idle = {*FUNCTION_WORDS.get(language, "").split(), *FUNCTION_WORDS.get("nb", "").split()}
    found = _WORD.findall(left)

    def filling(word: str) -> bool:
        return word.lower() in idle or bool(words["purchase_filler"].fullmatch(word))

    while found and filling(found[0]):
        found.pop(0)
    while found and filling(found[-1]):
        found.pop()
    return " ".join(found)


def _head(thing: str, words: Mapping[str, re.Pattern[str]]) -> str:
    """The thing itself, without what it is for."""
    tail = words["purchase_tail"].search(thing)
    return thing[: tail.start()].strip() if tail and tail.start() else thing


def _without(text: str, amounts: list[Quantity]) -> str:
    for quantity in reversed(amounts):
        text = f"{text[: quantity.start]} {text[quantity.end :]}"
    return text
