"""The passages a draft may rest on, read once for all its sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers import Source
from assistant.claims.counting import Figures, figures
from assistant.claims.polarity import WEIGHTS, Mark, Weight, denials, modals, plainly
from assistant.claims.terms import NOTHING, Terms, terms
from assistant.claims.words import claim_words
from ingest.fold import fold
from ingest.plans import Amount, Force
from ingest.quantities import quantities
from ingest.wording import wording


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text that may be cited. `force` is what it asks of the reader; the decided one where it governs."""

    marker: int
    source: Source
    force: Force
    governing: bool = False
    context: str = ""
    """The lead-in that the quote needs to be understood."""
    owner: str = ""

    @cached_property
    def text(self) -> str:
        return fold(f"{self.context} {self.source.quote}").text

    @cached_property
    def plain(self) -> str:
        return plainly(self.text, self.source.language)

    @cached_property
    def terms(self) -> Terms:
        return terms(self.text, self.source.language)

    @cached_property
    def naming(self) -> Terms:
        """Title, section and owner: what the passage is called."""
        source = self.source
        return terms(f"{source.title}. {source.section}. {self.owner}", source.language)

    @cached_property
    def figures(self) -> Figures:
        return figures(self.text, self.source.language)

    @cached_property
    def denials(self) -> list[Mark]:
        return denials(self.plain, self.source.language)

    @cached_property
    def modals(self) -> list[Mark]:
        return modals(self.plain, self.source.language)

    @cached_property
    def exception(self) -> Terms:
        """What stands after "med mindre": what may be, where the rule itself may not."""
        return terms(self.text[self._rule_end :], self.source.language)

    @cached_property
    def rule(self) -> Terms:
        """What stands before an exception."""
        return terms(self.text[: self._rule_end], self.source.language)

    @property
    def _rule_end(self) -> int:
        found = wording(self.source.language).find["exception"].search(self.text)
        return found.start() if found else len(self.text)

    def has(self, key: str) -> bool:
        """Whether the passage holds one of our words for something: "only", "absolutes"."""
        return bool(claim_words(self.source.language).find[key].search(self.text))

    def holds(self, key: str) -> bool:
        """As `has`, by the words that statements are read with: "exception", "competence"."""
        return bool(wording(self.source.language).find[key].search(self.text))


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All that a draft may rest on: the question, the passages, and the names that may be used."""

    question: str
    language: str
    passages: tuple[Passage, ...]
    names: tuple[str, ...] = ()
    below_threshold: bool = False
    """The governing passage is decided not to reach this purchase."""

    def cited(self, markers: Sequence[int]) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.marker in markers)

    @property
    def governing(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.governing)

    @cached_property
    def asked(self) -> tuple[Amount, ...]:
        return tuple(q.amount for q in quantities(self.question, self.language))

    @cached_property
    def question_terms(self) -> Terms:
        return terms(self.question, self.language)

    @cached_property
    def name_terms(self) -> Terms:
        found = terms(" ".join(self.names), self.language)
        for passage in self.passages:
            found |= passage.naming
        return found


def together(passages: Sequence[Passage]) -> Figures:
    """The figures of all passages as one."""
    read = [p.figures for p in passages]
    return Figures(
        amounts=tuple(a for f in read for a in f.amounts),
        loose=frozenset[str]().union(*(f.loose for f in read)),
        days=frozenset[str]().union(*(f.days for f in read)),
        currencies=frozenset[str]().union(*(f.currencies for f in read)),
        vat=frozenset[str]().union(*(f.vat for f in read)),
        periods=frozenset[str]().union(*(f.periods for f in read)),
        sides=frozenset[tuple[str, str]]().union(*(f.sides for f in read)),
    )


def words_together(passages: Sequence[Passage]) -> Terms:
    found = NOTHING
    for passage in passages:
        found |= passage.terms
    return found


def weight(passages: Sequence[Passage]) -> Weight:
    """That of the governing passage among them, else of the first."""
    first = next((p for p in passages if p.governing), passages[0])
    return WEIGHTS[first.force]
