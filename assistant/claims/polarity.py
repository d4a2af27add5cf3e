"""What a sentence denies and how strongly it binds, each with the words it is said of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from assistant.claims.counting import plain_bounds
from assistant.claims.terms import Terms, content_words, shares, telling_words, terms
from assistant.claims.words import claim_words
from ingest.force import said
from ingest.plans import Force
from ingest.wording import phrase_pattern, wording

_AFTER, _BEFORE = 3, 2
"""Content words that a denial or a modal word is said of."""
_JOINTS = {
    "nb": ("og", "men", "eller", "så", "samt"), "nn": ("og", "men", "eller", "så", "samt"),
    "sv": ("och", "men", "eller", "så", "samt"), "da": ("og", "men", "eller", "så", "samt"),
    "en": ("and", "but", "or", "so"),
}  # fmt: skip
"""Beside the words that open a side clause: those that join main clauses."""
_PUNCTUATION = re.compile(r"[,;:.()–]\s")
_APOSTROPHE = re.compile(r"n[’']t\b", re.IGNORECASE)


class Weight(StrEnum):
    """How strongly words bind whoever reads them; what must be done and what must not weigh the same."""

    DUTY = "duty"
    EXPLAIN = "explain"
    ADVICE = "advice"
    MAY = "may"
    AIM = "aim"
    FREE = "free"
    FLAT = "flat"


WEIGHTS = {
    Force.OBLIGATION: Weight.DUTY,
    Force.PROHIBITION: Weight.DUTY,
    Force.COMPLY_OR_EXPLAIN: Weight.EXPLAIN,
    Force.RECOMMENDATION: Weight.ADVICE,
    Force.PERMISSION: Weight.MAY,
    Force.TARGET: Weight.AIM,
    Force.NONE: Weight.FREE,
    Force.INFORMATION: Weight.FLAT,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A denial, or a modal word with its weight, and the words it stands among.

    `near` are the telling ones; plain words where there are no others, none where the clause has no more.
    """

    weight: Weight | None
    near: tuple[str, ...]
    around: tuple[str, ...]
    in_side_clause: bool
    language: str
    preposition: bool = False
    """A denial of a thing, not of a verb: "uten"."""

    def about(self) -> Terms:
        return terms(" ".join(self.around), self.language)

    def meets(self, other: Mark) -> bool:
        """Whether both are said of one thing; across languages, only where the vocabulary knows it."""
        about = other.about()
        return shares(self.near, self.language, about) or shares(self.around, self.language, about)


def plainly(text: str, language: str) -> str:
    """Contractions, VAT and denied limits written so that only true denials are left."""
    words = claim_words(language).find
    text = _APOSTROPHE.sub(" not", text).replace("cannot", "can not").replace("ca not", "can not")
    text = _denying_deadline(language).sub(", ", plain_bounds(text, language))
    for key in ("vat_without", "vat_with", "unless"):
        text = words[key].sub(", ", text)
    return text


@cache
def _denying_deadline(language: str) -> re.Pattern[str]:
    """ "no later than"."""
    words = wording(language).words
    return phrase_pattern(w for w in words["deadline"] if set(w.split()) & set(words["negation"]))


def denials(text: str, language: str) -> list[Mark]:
    """Of text made plain."""
    negation = wording(language).find["negation"]
    found = []
    for match in _denying(language).finditer(text):
        mark = _mark(None, text, match.start(), match.end(), language)
        if not negation.fullmatch(match.group()):
            # "forbudt siden 2024": only telling words say what is forbidden.
            mark = replace(mark, near=tuple(content_words(" ".join(mark.near), language)))
        elif claim_words(language).find["without"].fullmatch(match.group()):
            mark = replace(mark, preposition=True)
        found.append(mark)
    return found


def lacks(text: str, language: str) -> bool:
    """Says by another word than a denial that something is not there: "mangler"."""
    return bool(claim_words(language).find["lacks"].search(text))


@cache
def _denying(language: str) -> re.Pattern[str]:
    words = wording(language).words
    forbidden = [w for w in words["prohibition"] if not any(n in w.split() for n in words["negation"])]
    return phrase_pattern([*words["negation"], *forbidden])


def modals(text: str, language: str) -> list[Mark]:
    """Every word that binds, in order; a denied one once, with the weight of the denial."""
    found: list[Mark] = []
    end = 0
    for start, stop, weight in sorted(_modal_words(text, language), key=lambda m: (m[0], -m[1])):
        if start >= end:
            found.append(_mark(weight, text, start, stop, language))
            end = stop
    return found


def _modal_words(text: str, language: str) -> Iterator[tuple[int, int, Weight]]:
    words, ours = wording(language).find, claim_words(language).find
    kinds = (
        (words["not_required"], Weight.FREE), (ours["no_duty"], Weight.FREE), (words["prohibition"], Weight.DUTY),
        (words["obligation"], Weight.DUTY), (words["recommendation"], Weight.ADVICE),
        (words["permission"], Weight.MAY),
    )  # fmt: skip
    for pattern, weight in kinds:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), weight


def weight_of(text: str, language: str) -> Weight:
    """The weight of a sentence's main clause, as the plans' own sentences are read."""
    words = claim_words(language).find
    if words["no_duty"].search(text):
        return Weight.FREE
    apart = wording(language).find["relative"]
    if not apart.match(text.lstrip()):
        # "kan brukes når det ikke går buss": what the side clause denies is not the main clause's.
        text = apart.sub(lambda match: f", {match.group()}", text)
    # A question binds nobody; what it asks of is read as if it were said.
    return WEIGHTS[said(text.rstrip(" ?"), language).force]


def is_competence(text: str, language: str) -> bool:
    """Names who approves or signs, where "kan" and "skal" give one power."""
    return bool(wording(language).find["competence"].search(text))


def clauses(text: str, language: str) -> list[tuple[int, int]]:
    """Parts of a sentence between punctuation, joining words and the words that open a side clause."""
    cuts = [match.end() for match in _PUNCTUATION.finditer(text)]
    cuts += [match.start() for match in _joints(language).finditer(text)]
    cuts += [match.end() for match in _asking_whether(language).finditer(text)]
    edges = sorted({0, len(text), *cuts})
    return [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]


@cache
def _joints(language: str) -> re.Pattern[str]:
    words = claim_words(language).words
    joined = (*_JOINTS.get(language, ()), *words["before"], *words["after"])
    return phrase_pattern([*wording(language).words["relative"], *joined])


def _mark(weight: Weight | None, text: str, start: int, end: int, language: str) -> Mark:
    low, high = next(((a, b) for a, b in clauses(text, language) if a <= start < b), (0, len(text)))
    before, after = text[low:start], text[end:high]
    around = (*telling_words(before, language)[-_BEFORE:], *telling_words(after, language)[:_AFTER])
    near = (*content_words(before, language)[-_BEFORE:], *content_words(after, language)[:_AFTER])
    aside = bool(_openers(language).match(text, low))
    return Mark(weight, near or around, (*near, *around), aside, language)


@cache
def _asking_whether(language: str) -> re.Pattern[str]:
    """ "vurdere om": the verb, up to the word that opens what is asked; elsewhere that word is a preposition."""
    words = claim_words(language).words
    verbs, opener = "|".join(map(re.escape, words["asks_whether"])), "|".join(words["whether"])
    return re.compile(
        rf"\b(?:{verbs})\w*(?:\s+ut)?\s+(?=(?:{opener})\b)" if verbs else rf"(?=\b(?:{opener})\b)", re.I
    )


@cache
def _openers(language: str) -> re.Pattern[str]:
    return phrase_pattern([*wording(language).words["relative"], *claim_words(language).words["whether"]])
