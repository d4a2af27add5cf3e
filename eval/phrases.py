"""Whether a phrase is said in a sentence: in any spelling of its numbers and any inflection of its words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.quantities import Quantity, contains, quantities
from eval.statements import denied_before, is_negated
from eval.words import FUNCTION_WORDS, stem, word_set, words
from ingest.fold import folded_text

_MOST = 0.75
"""Of the words of a long phrase: it may be told in a slightly different way."""
_LONG = 3
"""Words. A phrase of at most so many must be said whole."""

_MODALS = (
    word_set("skal ska skall må måste shall must"),
    word_set("bør bör burde should ought"),
    word_set("kan får kunne may can"),
)
_UNIT_WORDS = word_set(
    "kr kroner kronor krone nok sek dkk prosent procent percent per cent pst år års year years måneder "
    "månader months month weeks week uker veker veckor dager dagar days day mill million millioner miljoner "
    "tusen thousand pounds gbp k m"
)
_SHORT_ENDINGS = word_set("s e n t r a d er en et es ed ing ar or ene ane ande")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase was found; `denied` when it stands under a negation that it does not itself have."""

    denied: bool


def phrase_in(phrase: str, sentence: str, *, loosely: bool = False) -> Occurrence | None:
    """Where a phrase is said in a sentence; None where it is not.

    Every quantity of the phrase must be there, and a verb of the same duty where it has one: `skal kjøpes`
    is not said by `bør kjøpes`. A phrase of at most three words must be there whole, of a longer one three
    quarters of the words (`loosely`: also of a short one that has a quantity).
    """
    wanted = quantities(phrase)
    found = [contains(quantity, sentence) for quantity in wanted]
    if any(each is None for each in found) or not _same_duty(phrase, sentence):
        return None
    places = [each.at for each in found if each is not None]
    named = _named_words(phrase, wanted)
    if not named:
        if not places:
            return _verbatim(phrase, sentence)
        return Occurrence(denied_before(folded_text(sentence), places[0], reach=1))
    if not _has_words(named, sentence, loosely=loosely and bool(wanted)):
        return None
    if is_negated(phrase):
        return Occurrence(not is_negated(sentence))
    place = places[0] if places else _place_of(named, sentence)
    return Occurrence(denied_before(folded_text(sentence), place, reach=1 if wanted else 3))


def _same_duty(phrase: str, sentence: str) -> bool:
    said, there = set(words(phrase)), set(words(sentence))
    return all(group & there for group in _MODALS if group & said)


def _named_words(phrase: str, wanted: Sequence[Quantity]) -> list[str]:
    """The words of a phrase that carry it beside its quantities, in order."""
    kept = [word for word in words(phrase) if word not in FUNCTION_WORDS]
    if not wanted:
        return kept
    return [
        word
        for word in kept
        if word not in _UNIT_WORDS
        and not any(character.isdigit() for character in word)
        and not quantities(word)
        and not is_month(word)
    ]


def is_month(word: str) -> bool:
    """Whether a word names a month."""
    return any(each.unit == "date" for each in quantities(f"1 {word} 2026"))


def _verbatim(phrase: str, sentence: str) -> Occurrence | None:
    """A phrase of nothing but function words (`should`, `ikke mer`) must stand as it is written."""
    said = words(phrase)
    plain = folded_text(sentence).casefold()
    match = re.search(r"(?<!\w)" + r"\W+".join(map(re.escape, said)) + r"(?!\w)", plain) if said else None
    if match is None:
        return None
    return Occurrence(not is_negated(phrase) and denied_before(plain, match.start(), reach=1))


def _has_words(named: Sequence[str], sentence: str, *, loosely: bool) -> bool:
    said = words(sentence)
    present = sum(any(is_inflected(each, other) for other in said) for each in named)
    if len(named) > _LONG or loosely:
        return present / len(named) >= _MOST
    return present == len(named)


def is_inflected(word: str, other: str) -> bool:
    """Whether `other` is `word` or a form of it: `avtale` in `avtalene`, `repar` in `reparert`.

    A compound is another word: `innkjøp` is not said by `innkjøpshåndboka`, `leder` not by `enhetsleder`.
    """
    if word == other or stem(word) == stem(other):
        return True
    head = stem(word)
    if not other.startswith(head):
        return False
    rest = other[len(head) :]
    if len(head) < 5:
        return len(head) >= 3 and rest in _SHORT_ENDINGS
    return len(rest) <= 5 and not (rest.startswith("s") and len(rest) > 3)


def _place_of(named: Sequence[str], sentence: str) -> int:
    plain = folded_text(sentence).casefold()
    return next((place for each in named if (place := plain.find(stem(each)[:6])) >= 0), 0)
