"""A municipality's own pairs as teaching sets: what tempts is looked up in its index."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import Any

from eval.teaching.body import Body
from eval.teaching.material import Asked, TeachingSet
from eval.teaching.own_pairs import Pair
from eval.teaching.train import QUESTIONS

HELD = 0.2
"""Share of the pairs that is held out."""
MOST_STATEMENTS = 5_000
"""Statements of the index that are looked at; of more, as many at random beside the answers."""
_TEMPTING = 4
"""Statements nearest to a question that do not answer it, for each question of a set."""
_SAME = 0.93
"""Cosine between two statements from which they say the same: another plan's repetition is no wrong answer."""
_AROUND = 100
"""Other statements of the index that a set has around it; a step meets a few of them."""


def split_pairs(pairs: Sequence[Pair], share: float = HELD) -> tuple[list[Pair], list[Pair]]:
    """(to learn from, held out): no statement answers a question of both."""
    apart: set[str] = set()
    held: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: hashlib.sha256(p.answers[0].encode()).hexdigest()):
        if len(held) >= share * len(pairs):
            break
        apart.update(pair.answers)
        held = [p for p in pairs if apart & set(p.answers)]
    return [p for p in pairs if not apart & set(p.answers)], held


def pool_of(texts: Sequence[str], pairs: Sequence[Pair], rng: random.Random) -> list[str]:
    """The answers, and as many other statements as are looked at."""
    answers = list(dict.fromkeys(text for pair in pairs for text in pair.answers))
    others = sorted(set(texts) - set(answers))
    return [*answers, *rng.sample(others, min(len(others), max(0, MOST_STATEMENTS - len(answers))))]


def held_set(pairs: Sequence[Pair], pool: Sequence[str]) -> TeachingSet:
    """The pairs held out, among all statements that are looked at."""
    place = {text: i for i, text in enumerate(pool)}
    asked = [_asked(pair, place) for pair in pairs]
    return TeachingSet("own-held", tuple(pool), (), _language(pairs), tuple(asked))


def own_sets(body: Body, pairs: Sequence[Pair], pool: Sequence[str], rng: random.Random) -> list[TeachingSet]:
    """Sets of a step each: questions, their answers, what is nearest to them without answering, and others around."""
    mixed = list(pairs)
    rng.shuffle(mixed)
    steps = max(1, round(len(mixed) / QUESTIONS))
    vectors = body.encode([f"passage: {text}" for text in pool])
    return [_set(body, f"own-{i + 1:02}", mixed[i::steps], pool, vectors, rng) for i in range(steps)]


def _set(
    body: Body, set_id: str, pairs: Sequence[Pair], pool: Sequence[str], vectors: Any, rng: random.Random
) -> TeachingSet:
    where = {text: i for i, text in enumerate(pool)}
    cosine = body.encode([f"query: {pair.question}" for pair in pairs]) @ vectors.T
    tempting = [
        [pool[i] for i in _nearest(row, [where[a] for a in pair.answers], vectors)]
        for row, pair in zip(cosine, pairs, strict=True)
    ]
    answers = [text for pair in pairs for text in pair.answers]
    statements = tuple(dict.fromkeys([*answers, *(t for some in tempting for t in some)]))
    others = [text for text in pool if text not in set(statements)]
    place = {text: i for i, text in enumerate(statements)}
    asked = [_asked(p, place, some) for p, some in zip(pairs, tempting, strict=True)]
    around = tuple(rng.sample(others, min(_AROUND, len(others))))
    return TeachingSet(set_id, statements, around, _language(pairs), tuple(asked))


def _nearest(likeness: Any, answers: Sequence[int], vectors: Any) -> list[int]:
    """Places of what is likest to a question, without its answers and what says the same as one."""
    same = (vectors @ vectors[list(answers)].T).max(1).values >= _SAME
    order = likeness.masked_fill(same, -1.0).argsort(descending=True)[:_TEMPTING].tolist()
    return [i for i in order if not same[i]]


def _asked(pair: Pair, place: dict[str, int], tempting: Sequence[str] = ()) -> Asked:
    answers = tuple(place[a] for a in pair.answers)
    return Asked(pair.question, pair.language, answers, tuple(place[t] for t in tempting))


def _language(pairs: Sequence[Pair]) -> str:
    return pairs[0].language if pairs else ""
