"""Two texts in force that name different units for one thing: "Facilities runs the store", "the store is run by …".

Only sentences that say who answers for what are read, in the active and in the passive; what they speak of must be
the same in nearly every word, so that two tasks around one thing are not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.desk.norms import Norm
from assistant.desk.subjects import Subjects, stems
from assistant.desk.tension import Kind, Severity, Tension, made
from assistant.desk.words import desk_words
from assistant.maxims import Maxim
from ingest.plans import BlockKind
from ingest.wording import wording

_ACTOR, _THING = 4, 9
"""Words that name the unit, and what it answers for."""
_RARE = 3.0
"""Rarity of a word that by itself says what a sentence is about."""
_ALMOST_ALL = 0.75
"""Share of the weight of the shorter thing that both must name."""
_NEAR = 0.9
_LONGEST = 220
_TELLING, _MOST = 6, 60
"""Rarest words of a thing by which others are sought, and how many may share one."""
_STOP = re.compile(r"[,.;:()]")


@dataclass(frozen=True, slots=True)
class Charge:
    """Who answers for what, by the stems of their names."""

    norm: Norm
    actor: frozenset[str]
    thing: frozenset[str]


def find(governing: Sequence[Norm], subjects: Subjects) -> Iterator[Tension]:
    charges = [c for n in governing if not n.is_law and (c := charge(n)) is not None]
    for first, second in _pairs(charges, subjects):
        a, b = sorted((first.norm, second.norm), key=lambda n: (n.rank, n.statement.statement_id))
        alike = subjects.alike(a.wordy, b.wordy, subjects.meaning(a.statement, b.statement))
        if alike.meaning >= _NEAR:
            side, maxim = ("a", Maxim.HIGHER_BODY) if a.rank < b.rank else ("unresolved", Maxim.UNRESOLVED)
            yield made(Kind.RESPONSIBLE, a, b, side, maxim, Severity.MEDIUM, alike)


def _pairs(charges: Sequence[Charge], subjects: Subjects) -> Iterator[tuple[Charge, Charge]]:
    """Those of one thing and two units; only charges that share a word are held against one another."""
    by_word: dict[str, list[int]] = {}
    for i, each in enumerate(charges):
        telling = sorted(each.thing, key=lambda w: (-subjects.rarity(w), w))[:_TELLING]
        for word in telling:
            by_word.setdefault(word, []).append(i)
    near = {
        pair for members in by_word.values() if len(members) <= _MOST for pair in combinations(members, 2)
    }
    for i, j in sorted(near):
        first, second = charges[i], charges[j]
        apart = first.norm.plan is not second.norm.plan and not first.actor & second.actor
        if apart and _one_thing(first, second, subjects):
            yield first, second


def _one_thing(first: Charge, second: Charge, subjects: Subjects) -> bool:
    if first.norm.statement.language[:1] != second.norm.statement.language[:1]:
        return False

    def weight(words: frozenset[str]) -> float:
        return sum(subjects.rarity(w) ** 2 for w in words)

    shared = first.thing & second.thing
    telling = len(shared) >= 2 or any(subjects.rarity(w) >= _RARE for w in shared)
    least = min(weight(first.thing), weight(second.thing))
    return telling and weight(shared) >= _ALMOST_ALL * least and _limits(first) == _limits(second)


def _limits(charge: Charge) -> frozenset[tuple[float | None, float | None]]:
    return frozenset((a.low, a.high) for a in charge.norm.amounts if a.unit == "money")


def charge(norm: Norm) -> Charge | None:
    """Who answers for what by one sentence; None where it does not say so in words that are known."""
    if norm.statement.kind is BlockKind.TABLE_ROW or norm.target or len(norm.statement.text) > _LONGEST:
        return None
    text, language = norm.statement.text, norm.statement.language
    words = desk_words(language)
    if wording(language).find["plain_negation"].search(text):
        return None
    if match := words.find["charged"].search(text):
        actor, thing = _opening(text[match.end() :], _ACTOR), text[: match.start()]
    elif match := words.find["in_charge"].search(text):
        actor, thing = text[: match.start()], _opening(text[match.end() :], _THING)
        actor = " ".join(words.find["cleft"].sub(" ", actor.split(",")[-1]).split()[-_ACTOR:])
    else:
        return None
    who, what = frozenset(stems(actor, language)), frozenset(stems(thing, language))
    supplied = wording(language).bearers["supplier"].search(actor)
    return Charge(norm, who, what) if who and what and not supplied else None


def _opening(text: str, most: int) -> str:
    """The first words up to a stop or to a second thing that is said."""
    head = _STOP.split(text.strip(), maxsplit=1)[0]
    return " ".join(head.split()[:most])
