"""What a municipality's people have asked and checked, as pairs: a question and the statements in force that answer it.

From the trainer's bank come approved questions as a person would put them. From a file of feedback (the window's, or a
list of one's own) come questions that were starred or liked, with the statement that the assistant answers them by, and
questions that somebody has answered better: `{"question", "quote", "plan_id"}`, the sentence that should have been told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from assistant.answers import Outcome, Question, Role
from assistant.library import Library
from assistant.training import Trainer
from assistant.training.items import Item, State, fingerprint
from ingest.fold import folded_text
from ingest.store import StoredStatement

_QUOTED = 0.5
"""Share of a question's word pairs that stand in its answer from which it only quotes it: nobody asks so."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """`answers` are statements as the index makes vectors of them, with the context they lean on."""

    question: str
    language: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pairs, and how many questions were left out for which reason."""

    pairs: tuple[Pair, ...]
    left_out: Mapping[str, int]


class InForce:
    """The statements that may govern on a date."""

    def __init__(self, library: Library, as_of: date) -> None:
        self._stand: dict[str, list[tuple[str, str]]] = {}
        for document in library.in_force(as_of)[0]:
            stand = self._stand.setdefault(library.shelves[document].plan.plan_id, [])
            stand += [(folded_text(s.text), _embedded(s)) for s in library.statements_of(document)]

    @property
    def texts(self) -> tuple[str, ...]:
        """Each text once."""
        return tuple(dict.fromkeys(text for stand in self._stand.values() for _, text in stand))

    def find(self, quote: str, plan_id: str | None = None) -> str | None:
        """The statement that a quote is, else stands in, else holds the most of; of any plan where none is named."""
        said = folded_text(quote).strip()
        plans = self._stand if plan_id is None else [plan_id]
        stand = [each for plan in plans for each in self._stand.get(plan, [])]
        if not said:
            return None
        tests = (
            lambda text: text == said,
            lambda text: said in text,
            lambda text: text in said and len(text) * 2 > len(said),
        )
        return next((found for test in tests for text, found in stand if test(text)), None)


def gather(trainer: Trainer, rows: Sequence[Mapping[str, Any]], as_of: date) -> Gathered:
    """Pairs of the bank, then of feedback; questions that differ in marks and case alone are one.

    What a person checked in the bank stands before what the assistant answers.
    """
    in_force = InForce(trainer.library(), as_of)
    left_out: Counter[str] = Counter()
    checked = _together(_of_bank(trainer, in_force, as_of), left_out)
    known = frozenset(checked)
    corrected = _together(_corrected(rows, in_force, trainer.language, known), left_out)
    known |= frozenset(corrected)
    liked = _together(_liked(trainer, rows, in_force, as_of, known), left_out)
    return Gathered((*checked.values(), *corrected.values(), *liked.values()), dict(left_out))


def _together(found: Iterable[Pair | str], left_out: Counter[str]) -> dict[str, Pair]:
    """Pairs by their question, one with all answers where it is asked twice; reasons are counted."""
    pairs: dict[str, Pair] = {}
    for each in found:
        if isinstance(each, str):
            left_out[each] += 1
            continue
        key = fingerprint(each.question)
        before = pairs.get(key, each)
        pairs[key] = replace(before, answers=tuple(dict.fromkeys([*before.answers, *each.answers])))
    return pairs


def _of_bank(trainer: Trainer, in_force: InForce, as_of: date) -> Iterator[Pair | str]:
    for item in trainer.items(State.APPROVED):
        if item.municipality != trainer.municipality:
            yield "approved in another municipality"
        elif not item.asked:
            yield "not worded as a person would ask it"
        elif trainer.standing(item, as_of).is_stale:
            yield "approved, but the plans have changed since"
        else:
            yield from _of_item(item, in_force)


def _of_item(item: Item, in_force: InForce) -> Iterator[Pair | str]:
    found = [in_force.find(bound.text, bound.plan_id) for bound in item.key_statements]
    answers = tuple(text for text in dict.fromkeys(found) if text)
    for question in item.asked:
        if not answers:
            yield "answered by no statement in force"
        else:
            yield _pair(question, item.language, answers)


def _corrected(
    rows: Sequence[Mapping[str, Any]], in_force: InForce, language: str, known: frozenset[str]
) -> Iterator[Pair | str]:
    """Questions with the sentence that a person says answers them."""
    for row in rows:
        question, quote, plan = _asked(row), row.get("quote"), row.get("plan_id")
        if not question or not isinstance(quote, str) or fingerprint(question) in known:
            continue
        answer = in_force.find(quote, plan if isinstance(plan, str) else None)
        if answer is None:
            yield "corrected by a quote that stands in no statement in force"
        else:
            yield _pair(question, str(row.get("language") or language), (answer,))


def _liked(
    trainer: Trainer,
    rows: Sequence[Mapping[str, Any]],
    in_force: InForce,
    as_of: date,
    known: frozenset[str],
) -> Iterator[Pair | str]:
    """Questions that were starred or liked and by nobody disliked, as the assistant answers them."""
    disliked = {fingerprint(_asked(row)) for row in rows if row.get("verdict") == "down"}
    asked = dict.fromkeys(fingerprint(_asked(row)) for row in rows if _asked(row))
    corrected = {fingerprint(_asked(row)) for row in rows if isinstance(row.get("quote"), str)}
    liked = {fingerprint(_asked(row)): row for row in rows if _asked(row) and _is_liked(row)}
    for key in asked:
        if key in known or key in corrected:
            continue
        if key in disliked:
            yield "disliked, and not corrected"
        elif key not in liked:
            yield "neither starred, liked nor corrected"
        else:
            yield _answered(trainer, liked[key], in_force, as_of)


def _answered(trainer: Trainer, row: Mapping[str, Any], in_force: InForce, as_of: date) -> Pair | str:
    answer = trainer.assistant.ask(Question(text=_asked(row), as_of=as_of))[0]
    governing = answer.cited(Role.GOVERNING)
    if answer.outcome is not Outcome.ANSWERED or governing is None:
        return "liked, but the plans do not answer it now"
    source = governing.source
    if row.get("plan_id") not in (None, source.plan_id):
        return "liked, but answered by another plan now"
    text = in_force.find(source.quote, source.plan_id)
    if text is None:
        return "answered by no statement in force"
    return _pair(_asked(row), str(row.get("language") or trainer.language), (text,))


def _pair(question: str, language: str, answers: tuple[str, ...]) -> Pair | str:
    own = set(pairwise(_WORD.findall(question.lower())))
    said = {pair for text in answers for pair in pairwise(_WORD.findall(text.lower()))}
    if own and len(own & said) / len(own) > _QUOTED:
        return "only quotes its answer"
    return Pair(question.strip(), language, answers)


def _asked(row: Mapping[str, Any]) -> str:
    question = row.get("question")
    return question.strip() if isinstance(question, str) else ""


def _is_liked(row: Mapping[str, Any]) -> bool:
    starred = row.get("starred")
    return starred is True or (isinstance(starred, int) and starred > 0) or row.get("verdict") == "up"


def _embedded(statement: StoredStatement) -> str:
    return f"{statement.context} {statement.text}" if statement.context else statement.text
