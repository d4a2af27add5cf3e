"""What questions are made from: the rules that can be taught, and what else speaks to the same matter.

Read from one generation of an index for one date. Vectors come from the search files, so that no encoder is
loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import log

from assistant.authority import DUTIES, prevails
from assistant.desk.conflicts import tensions
from assistant.desk.norms import Norm
from assistant.desk.tension import Kind
from assistant.library import Library, Shelf
from assistant.maxims import Maxim
from assistant.stems import content_stems
from assistant.training.rules import (
    Contest,
    Rule,
    comparable,
    names_money,
    of_two_roles,
    pair_of,
    same,
)
from assistant.training.teachable import (
    gives_power,
    opening_noun,
    reads_alone,
    says_something,
    stands_for,
)
from assistant.training.topics import topic_of
from ingest.fold import folded_text
from ingest.plans import Force
from ingest.search_files import SearchFiles
from ingest.store import StoredStatement

_NEAR = 0.90
"""Cosine from which two statements may be on one matter, where their words agree too."""
_SAME = 0.985
"""Cosine and a tenth of the share of words: read off 60 pairs of three municipalities."""
_SHARED_BY_TARGETS = 0.66
"""Targets share their form, so that their words must agree more."""
_NEARLY_EQUAL = 0.97
_TWIN = 0.95
_SHARED_WORDS = 0.5
"""Share of the shorter statement's content words that both have."""

_LEAD = 2
"""Sentences before another in which what it speaks of is named."""
_KNOWN = 4
"""Sections in which a noun opens a sentence, from which it needs no introduction: the director, the supplier."""

_TAUGHT = frozenset(
    {Kind.LOOSENING, Kind.TIGHTENING, Kind.THRESHOLD, Kind.POWERS, Kind.MODALITY, Kind.RESTATED_LAW}
)
"""Tensions in which a buyer follows the one text and not the other."""
_DECIDING = frozenset(
    {Maxim.ADVICE_YIELDS, Maxim.MAY_TIGHTEN, Maxim.MAY_NOT_LOOSEN, Maxim.HIGHER_BODY, Maxim.LEX_SPECIALIS}
)
"""Maxims that set two rules of one matter apart beyond doubt."""


class Material:
    """The rules of one municipality on a date."""

    def __init__(self, library: Library, files: SearchFiles, as_of: date, language: str) -> None:
        """`language`: of the questions; names of levels are given in it."""
        self.library = library
        self.register = library.register
        self.as_of = as_of
        self.language = language
        self._files = files
        self._rows = {int(s): i for i, s in enumerate(files.statement)}

    @cached_property
    def everything(self) -> tuple[Rule, ...]:
        """Every statement that reads alone, in force or not, in the order of the register."""
        order = {plan.plan_id: place for place, plan in enumerate(self.register.plans)}
        shelves = sorted(self.library.shelves.items(), key=lambda s: (order[s[1].plan.plan_id], s[0]))
        return tuple(rule for document_id, shelf in shelves for rule in self._of_shelf(document_id, shelf))

    def _of_shelf(self, document_id: int, shelf: Shelf) -> Iterator[Rule]:
        prevailing = shelf.plan.authoritative_language
        before: list[StoredStatement] = []
        for statement in self.library.statements_of(document_id):
            lead, before = before[-_LEAD:], [*before[-_LEAD:], statement]
            if prevailing is not None and statement.language != prevailing:
                continue
            section = self.library.section(document_id, statement.section)
            one_page = len({span.page_index for span in statement.spans}) == 1
            if one_page and says_something(statement, shelf.plan) and reads_alone(statement, section):
                if not self._points_back(statement, lead, section.heading):
                    yield self.rule(statement, " ".join(section.path))

    def _points_back(self, statement: StoredStatement, lead: Sequence[StoredStatement], heading: str) -> bool:
        """Whether it opens with the definite form of a noun just named, that is nobody of the municipality's."""
        noun = opening_noun(statement.text, statement.language)
        said = " ".join([heading, *(s.text for s in lead if s.section == statement.section)])
        return bool(noun) and self._openers[noun] < _KNOWN and stands_for(noun, said)

    @cached_property
    def _openers(self) -> Counter[str]:
        """In how many sections a sentence opens with a definite noun: who acts opens many, what is explained one."""
        places = {
            (document_id, s.section, noun)
            for document_id in self.library.shelves
            for s in self.library.statements_of(document_id)
            if (noun := opening_noun(s.text, s.language))
        }
        return Counter(noun for _, _, noun in places)

    def rule(self, statement: StoredStatement, heading: str) -> Rule:
        """A statement as a rule; `heading` is that of its section, with those above it."""
        speaker = self.library.speaker(statement, 0.0, self.as_of, self.language)
        topic = topic_of(statement.text, heading, speaker.source.title)
        return Rule(statement, speaker, frozenset(content_stems(statement.text)), topic)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """What may govern, each matter once a plan: of twins the first stays."""
        kept: list[Rule] = []
        for rule in self.everything:
            if rule.governs and not any(self._twins(rule, other) for other in kept):
                kept.append(rule)
        return tuple(kept)

    @cached_property
    def silent(self) -> tuple[Rule, ...]:
        """What does not govern on the date: proposals, and what was replaced, repealed or is not yet in force."""
        return tuple(rule for rule in self.everything if not rule.governs)

    def _twins(self, rule: Rule, other: Rule) -> bool:
        return (
            rule.plan is other.plan
            and rule.statement.amounts == other.statement.amounts
            and self.shared_words(rule, other) >= _SHARED_WORDS
            and self.similarity(rule, other) >= _TWIN
        )

    # --- on one matter ----------------------------------------------------------------------

    def similarity(self, first: Rule, second: Rule) -> float:
        a, b = self._rows[first.statement.statement_id], self._rows[second.statement.statement_id]
        return float(self._files.vectors[a] @ self._files.vectors[b])

    def shared_words(self, first: Rule, second: Rule) -> float:
        """Share of the shorter one's content words that both have, rare words counting more."""
        shorter = min(self._weight(first.stems), self._weight(second.stems))
        return self._weight(first.stems & second.stems) / shorter if shorter else 0.0

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(log(1 + len(self.everything) / max(1, self._frequency[stem])) for stem in stems)

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(stem for rule in self.everything for stem in rule.stems)

    def near(self, first: Rule, second: Rule) -> bool:
        """Whether two may be on one matter: what is asked of the one might be answered with the other."""
        return (
            first is not second
            and bool(first.stems & second.stems)
            and self.shared_words(first, second) >= _SHARED_WORDS
            and self.similarity(first, second) >= _NEAR
        )

    def same_matter(self, first: Rule, second: Rule) -> bool:
        """Whether two surely are on one matter, told by vector and rare words together."""
        if not self.near(first, second):
            return False
        shared = self.shared_words(first, second)
        if first.force is Force.TARGET is second.force and shared < _SHARED_BY_TARGETS:
            return False
        return self.similarity(first, second) + shared / 10 >= _SAME

    def on_matter(self, rule: Rule, among: Sequence[Rule]) -> list[Rule]:
        """Others on the matter of `rule`, the likest first."""
        found = [other for other in among if self.same_matter(rule, other)]
        return sorted(found, key=lambda other: -self.similarity(rule, other))

    def replaced_by_own(self, rule: Rule) -> bool:
        """Whether the plan of a text not in force says something on the matter in force."""
        return any(other.plan is rule.plan for other in self.on_matter(rule, self.rules))

    @cached_property
    def contests(self) -> tuple[Contest, ...]:
        """Pairs in force, of different plans, that ask for different things on one matter, one to be followed."""
        known = {rule.statement.statement_id: rule for rule in self.everything}
        found = []
        for tension in tensions(self.library, self._files, self.as_of):
            a, b = (self._of_norm(norm, known) for norm in (tension.a, tension.b))
            if tension.kind not in _TAUGHT or not isinstance(tension.maxim, Maxim) or a is None or b is None:
                continue
            if tension.prevails in ("a", "b") and a.governs and b.governs:
                winner, loser = (a, b) if tension.prevails == "a" else (b, a)
                found.append(Contest(winner, loser, tension.maxim))
        pairs = {pair_of(contest.winner, contest.loser) for contest in found}
        return (*found, *(c for c in self._plain_contests() if pair_of(c.winner, c.loser) not in pairs))

    def _plain_contests(self) -> Iterator[Contest]:
        """Of the rules themselves: short sentences say too little for the plan owner's list, but not for a question."""
        for place, first in enumerate(self.rules):
            for second in self.rules[place + 1 :]:
                if first.plan is second.plan or not comparable(first, second) or of_two_roles(first, second):
                    continue
                if self.same_matter(first, second):
                    winner, maxim = prevails(first.speaker, second.speaker)
                    won, lost = (first, second) if winner is first.speaker else (second, first)
                    if maxim in _DECIDING:
                        yield Contest(won, lost, maxim)

    def _of_norm(self, norm: Norm, known: Mapping[int, Rule]) -> Rule | None:
        """The rule of a norm; None for a translation, and for a sentence that goes over a page break."""
        statement = norm.statement
        prevailing = norm.plan.authoritative_language
        if prevailing not in (None, statement.language) or len({s.page_index for s in statement.spans}) != 1:
            return None
        found = known.get(statement.statement_id)
        section = self.library.section(statement.document_id, statement.section)
        return found or self.rule(statement, " ".join(section.path))

    def askable(self, rule: Rule) -> bool:
        """Whether the rule may be taught: no other is followed in its place, and it is not mere advice on what may be.

        A handbook's amounts and permissions stand or fall with the texts that bind: it allows nothing by itself.
        """
        may = rule.force is Force.PERMISSION or gives_power(rule.statement) or names_money(rule)
        if may and not rule.speaker.binds:
            return False
        return self.beaten(rule) is None and not self._said_otherwise(rule)

    def _said_otherwise(self, rule: Rule) -> bool:
        """Whether another plan says nearly the same, in a way that nothing here can compare: "weekly", "monthly"."""
        return any(
            other.plan is not rule.plan
            and self.similarity(rule, other) >= _NEARLY_EQUAL
            and folded_text(other.text) != folded_text(rule.text)
            and not comparable(rule, other)
            for other in self.rules
        )

    def beaten(self, rule: Rule) -> Contest | None:
        """Where another rule in force is to be followed in its place.

        What a lower text tightens still holds, unless it only advised or aimed at less.
        """
        return next((c for c in self.contests if same(c.loser, rule) and _ends(c)), None)


def _ends(contest: Contest) -> bool:
    return contest.maxim is not Maxim.MAY_TIGHTEN or contest.loser.force not in DUTIES
