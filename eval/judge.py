"""The local judge: does an answer state a fact, hold a statement, follow from its evidence. Deterministic.

It needs no model and no network, gives the same verdict every time and says why. What it can do is
measured on human labels by `eval judge`; what it cannot: paraphrase without a shared word or number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from eval.phrases import is_month, phrase_in
from eval.quantities import figures
from eval.statements import Statement
from eval.words import FUNCTION_WORDS, content_stems, stem, words

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts to vectors of length 1."""

SUPPORTED = 0.5
"""From this support on a statement counts as following from its evidence."""
_ENCODER_SHARE = 0.35
_WHOLE_ANSWERS = (0.85, 0.95)
_SENTENCES = (0.78, 0.92)
"""Cosines of the multilingual e5 encoders: texts on unrelated matters, and texts that say the same."""
_SATURATION = 0.6
"""People reward the first facts found more than the last: closeness grows like F1 to this power."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A yes or no, with the words that led to it."""

    holds: bool
    because: str


class Judge(Protocol):
    """What judges answers; `name` is recorded with the run."""

    @property
    def name(self) -> str: ...

    def states(self, fact: Sequence[str], statements: Sequence[Statement]) -> Finding: ...

    def asserts(self, forbidden: str, statements: Sequence[Statement]) -> Finding: ...

    def support(self, claim: str, evidence: Sequence[str]) -> float: ...


@dataclass(frozen=True, slots=True)
class LocalJudge:
    """Facts, numbers, negation and coverage; the encoder, where given, helps with other words for it."""

    encode: Encode | None = None
    name: str = "local/1"

    def states(self, fact: Sequence[str], statements: Sequence[Statement]) -> Finding:
        """Whether any statement has any accepted spelling of the fact, not denied.

        A statement that is only reported counts too: "the plan names nobody" may be told of a draft.
        """
        denial = ""
        for statement in statements:
            for spelling in fact:
                found = phrase_in(spelling, statement.bare)
                if found is None:
                    continue
                if not found.denied:
                    return Finding(True, f"{spelling!r} is in “{_short(statement.text)}”")
                denial = f"{spelling!r} is denied in “{_short(statement.text)}”"
        return Finding(False, denial or f"none of {', '.join(map(repr, fact))} is in the answer")

    def asserts(self, forbidden: str, statements: Sequence[Statement]) -> Finding:
        """Whether a statement is held as the rule: said, not denied and not merely reported."""
        for statement in statements:
            found = phrase_in(forbidden, statement.bare, loosely=True)
            if found is not None and not found.denied and not statement.reported:
                return Finding(True, f"{forbidden!r} is held in “{_short(statement.text)}”")
        return Finding(False, f"{forbidden!r} is not held")

    def support(self, claim: str, evidence: Sequence[str]) -> float:
        """0-1: how far a claim follows from its evidence; the product of three coverages.

        The share of its words, of its figures and of its names that the evidence has. One wrong number
        or name in three costs a third. Where the two do not share a language the encoder, if there is one,
        stands in for the words.
        """
        text = "\n".join(evidence)
        if not text.strip():
            return 0.0
        share = word_coverage(claim, text)
        if self.encode is not None and share < SUPPORTED:
            share = max(share, self._likeness(claim, evidence))
        return share * figure_coverage(claim, text) * name_coverage(claim, text)

    def closeness(self, question: str, reference: str, response: str) -> float:
        """0-1: how near a response is to a reference answer, in what the question did not already say."""
        worded = closeness_of_words(question, reference, response)
        if self.encode is None:
            return worded
        pair = self.encode([reference, response])
        alike = _between(float(pair[0] @ pair[1]), *_WHOLE_ANSWERS)
        return (1 - _ENCODER_SHARE) * worded + _ENCODER_SHARE * alike

    def _likeness(self, claim: str, evidence: Sequence[str]) -> float:
        if self.encode is None:
            return 0.0
        vectors = self.encode([claim, *evidence])
        return _between(float((vectors[1:] @ vectors[0]).max()), *_SENTENCES)


def _between(cosine: float, unrelated: float, same: float) -> float:
    return min(1.0, max(0.0, (cosine - unrelated) / (same - unrelated)))


# --- coverage -------------------------------------------------------------------------------


def word_coverage(claim: str, evidence: str) -> float:
    """The share of a claim's words, function words too, that its evidence has."""
    said = set(words(claim))
    return len(said & set(words(evidence))) / len(said) if said else 0.0


def figure_coverage(claim: str, evidence: str) -> float:
    """The share of a claim's figures that its evidence has, in any spelling; 1 where it has none."""
    wanted, there = figures(claim), figures(evidence)
    if not wanted:
        return 1.0
    return sum(value in there and _units_agree(wanted[value], there[value]) for value in wanted) / len(wanted)


def _units_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or "" in one | other


_NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<![\"“«(])\b[A-ZÆØÅÄÖ][\w'’-]+")


def name_coverage(claim: str, evidence: str) -> float:
    """The share of a claim's names (capitals inside a sentence) that its evidence has; 1 without names."""
    parts = {part for name in _NAME.findall(claim) for part in words(name) if len(part) > 1}
    names = {stem(part) for part in parts if part not in FUNCTION_WORDS and not is_month(part)}
    if not names:
        return 1.0
    return len(names & {stem(word) for word in words(evidence)}) / len(names)


def closeness_of_words(question: str, reference: str, response: str) -> float:
    """F1 over the sets of content stems, without those of the question, to the power of `_SATURATION`."""
    asked = set(content_stems(question))
    wanted, said = set(content_stems(reference)) - asked, set(content_stems(response)) - asked
    shared = len(wanted & said)
    return (2 * shared / (len(wanted) + len(said))) ** _SATURATION if shared else 0.0


def token_f1(reference: str, response: str) -> float:
    """SQuAD token F1 (Rajpurkar et al. 2016) without article removal, the baseline every judge must beat."""
    wanted, said = words(reference), words(response)
    shared = sum(min(wanted.count(word), said.count(word)) for word in set(wanted) & set(said))
    return 2 * shared / (len(wanted) + len(said)) if shared else 0.0


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
